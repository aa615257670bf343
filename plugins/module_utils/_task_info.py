# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What the module em_task_info does: what the actions of a logon session have come to.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _client,
    _errors,
    _module,
    _options,
    _outcome,
    _selection,
    _tasks,
)

TASK_OPTIONS: tuple[_options.Option, ...] = (
    _options.Option(
        "task_id",
        (
            "Read these tasks, such as V(task-1), in this order. An unknown one is an error.",
            "Without it, all tasks of the logon session are read.",
        ),
        type="list",
        elements="str",
    ),
)


def run_task_info() -> None:
    """Run the module as the main program."""
    _module.run(TaskInfo, TASK_OPTIONS)


class TaskInfo:
    """One task of the module. Raises BadRequest for an id that is none, and without a token."""

    def __init__(self, options: _selection.Options) -> None:
        if not options["session_token"]:
            raise _errors.BadRequest("Give session_token: EM knows a task only inside the logon session that made it.")
        self._ids: list[str] | None = options["task_id"] and list(dict.fromkeys(options["task_id"]))
        for task_id in self._ids or ():
            if not _tasks.is_task_id(task_id):
                raise _errors.BadRequest(f"The option task_id has {task_id!r}, which is no id of a task such as task-1.")

    def perform(self, client: _client.EmClient, check_mode: bool) -> _outcome.Outcome:
        """Return the tasks. Raises NotFound naming those that the logon session does not know."""
        tasks = {} if self._ids == [] else _tasks.read_tasks(client, self._ids)
        if client.logons:
            raise _errors.AuthenticationFailed(
                "Cannot read tasks: the logon session of session_token has ended, and its tasks with it. Look at what they did."
            )
        missing = [task_id for task_id in self._ids or () if task_id not in tasks]
        if missing:
            raise _errors.NotFound(
                f"Cannot read tasks: the logon session of session_token knows no task {', '.join(missing)}. Tasks are known only"
                " inside the logon session that made them.",
                path="/api/tasks",
            )
        return _outcome.Outcome({"tasks": [tasks[task_id].entry() for task_id in (self._ids or tasks)]})
