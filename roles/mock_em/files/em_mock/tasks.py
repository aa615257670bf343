# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""EM's tasks: what became of an action, seen only inside the logon session that asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .content import Link, Member, Resource, Style

RUNNING_SHARE = 0.6
"""The part of a task's time that it is Running; then it is OperationFinished, as EM collects the data."""


@dataclass
class Task:
    """A task and how it will end."""

    id: str
    operation: str
    started: datetime
    success: bool
    message: str

    def state(self, now: datetime, task_seconds: float) -> str:
        """Running, then (if it succeeds) OperationFinished, then Finished."""
        age = (now - self.started).total_seconds()
        if age >= task_seconds:
            return "Finished"
        return "Running" if age < task_seconds * RUNNING_SHARE or not self.success else "OperationFinished"

    def resource(self, state: str, style: Style) -> Resource:
        """The task as a body; there is a Result once it is no longer Running."""
        path = f"tasks/{self.id}"
        link_type = "Task" if style.em_version < 13 else None
        return Resource(
            "Task",
            "resource",
            {"Type": "Task", "Href": style.href(path)},
            links=[Link("Delete", style.link(path), link_type)],
            members=[
                Member("TaskId", self.id),
                Member("State", state),
                Member("Operation", self.operation),
                Member("Result", None if state == "Running" else self._result(state, style)),
            ],
        )

    def _result(self, state: str, style: Style) -> Resource:
        message = self.message if state == "Finished" else state
        return Resource("Result", attributes=(("Success", self.success),), members=[Member("Message", message, derived=True)])
