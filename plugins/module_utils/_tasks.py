# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Tasks of EM: what an action that was accepted is doing.

PRIVATE to the collection: everything here may change without notice.
A task exists only inside the logon session that made it. It goes Running, OperationFinished, Finished; its result is there from
OperationFinished on, and says that the action was triggered, not that it is done.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._statuses import error_of

_SHAPE = Shape(roots=("Tasks",), items=("Task",), container="Tasks")
_DOING = "Cannot read tasks"


@dataclasses.dataclass(frozen=True)
class EmTask:
    """One task. success and message are None while there is no result."""

    id: str
    operation: str | None
    state: str | None
    success: bool | None
    message: str | None

    @classmethod
    def from_record(cls, record: Record) -> EmTask:
        """Return the task that a record describes."""
        result = record.get("result")
        result = result if isinstance(result, dict) else {}
        success = result.get("success")
        return cls(
            id=str(record.get("task_id") or ""),
            operation=record.get("operation"),
            state=record.get("state"),
            success=None if success is None else str(success).lower() == "true",
            # before the task has finished, EM only repeats its state there
            message=None if result.get("message") == record.get("state") else result.get("message"),
        )

    @property
    def decided(self) -> bool:
        """Whether the action was accepted or refused by now."""
        return self.success is not None or self.state == "Finished"


def read_tasks(client: EmClient, ids: t.Collection[str]) -> dict[str, EmTask]:
    """Return those of the tasks that the logon session still knows, by one request however many they are."""
    if len(ids) == 1:
        return _read_one(client, next(iter(ids)))
    with client.get("tasks", _DOING) as answer:
        if answer.status != 200:
            raise error_of(answer, _DOING)
        try:
            tasks = [EmTask.from_record(record) for record in answer.records(_SHAPE, Paging())]
        except EmError as error:
            raise error.while_doing(_DOING) from None
    return {task.id: task for task in tasks if task.id in ids}


def _read_one(client: EmClient, task_id: str) -> dict[str, EmTask]:
    with client.get(f"tasks/{task_id}", _DOING) as answer:
        # EM answers 500, not 404, for a task that the logon session does not know
        if answer.status in (404, 500):
            return {}
        if answer.status != 200:
            raise error_of(answer, _DOING)
        return {task_id: EmTask.from_record(answer.small()[1])}
