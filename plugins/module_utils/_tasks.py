# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Tasks of EM: what an action that was accepted is doing.

PRIVATE to the collection: everything here may change without notice.
A task exists only inside the logon session that made it. It goes Running, OperationFinished, Finished; its result is there from
OperationFinished on, and says that the action was triggered, not that it is done.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _client, _pages, _records

_SHAPE = _records.Shape(roots=("Tasks", "Task"), items=("Task",), container="Tasks")
# EM answers 500, not 404, for a task that the logon session does not know.
_UNKNOWN = frozenset({404, 500})


_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class EmTask(t.NamedTuple):
    """One task. success and message are None while there is no result."""

    id: str
    operation: str | None
    state: str | None
    success: bool | None
    message: str | None

    @classmethod
    def from_record(cls, record: _records.Record) -> EmTask:
        """Return the task that a record describes."""
        result = record.get("result")
        result = result if isinstance(result, dict) else {}
        success, state, message = result.get("success"), _text(record.get("state")), _text(result.get("message"))
        return cls(
            id=_text(record.get("task_id")) or "",
            operation=_text(record.get("operation")),
            state=state,
            success=None if success is None else str(success).lower() == "true",
            # before the task has finished, EM only repeats its state there
            message=None if message == state else message,
        )

    @property
    def decided(self) -> bool:
        """Whether the action was accepted or refused by now."""
        return self.success is not None or self.finished

    @property
    def finished(self) -> bool:
        """Whether EM is done with the task."""
        return self.state == "Finished"

    def entry(self) -> dict[str, t.Any]:
        """Return the task as the modules return it."""
        return {**self._asdict(), "finished": self.finished}


def is_task_id(text: str) -> bool:
    """Tell whether text can be the id of a task, which goes into a URL: EM counts task-1, task-2 and so on."""
    return _ID.fullmatch(text) is not None


def read_tasks(client: _client.EmClient, ids: t.Collection[str] | None) -> dict[str, EmTask]:
    """Return those of the tasks, or all of them, that the logon session still knows, by one request however many they are."""
    alone = ids is not None and len(ids) == 1
    path = f"tasks/{next(iter(ids))}" if ids and alone else "tasks"
    request = _pages.Request(path, "Cannot read tasks", _SHAPE, nothing=_UNKNOWN if alone else frozenset())
    tasks = [EmTask.from_record(record) for record in _pages.read_page(client, request, _records.Paging(), set())]
    return {task.id: task for task in tasks if ids is None or task.id in ids}


def _text(value: t.Any) -> str | None:
    """Return the text of an element, None for one that holds something else."""
    return value if isinstance(value, str) else None
