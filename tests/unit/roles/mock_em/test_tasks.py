# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import timedelta

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.content import Style
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.tasks import Task
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.times import parse_given_time

NOW = parse_given_time("2026-01-02T03:04:05Z")


def states(success: bool, task_seconds: float = 10) -> list[str]:
    task = Task("task-1", "StopJobSession", NOW, success, "message")
    return [task.state(NOW + timedelta(seconds=seconds), task_seconds) for seconds in (0, 5, 9, 10, 99)]


def test_a_task_that_succeeds_is_operation_finished_for_a_while() -> None:
    assert states(success=True) == ["Running", "Running", "OperationFinished", "Finished", "Finished"]


def test_a_task_that_fails_is_running_until_it_is_finished() -> None:
    assert states(success=False) == ["Running", "Running", "Running", "Finished", "Finished"]


def test_without_a_duration_it_is_finished_at_once() -> None:
    assert states(success=True, task_seconds=0) == ["Finished"] * 5


@pytest.mark.parametrize(("em_version", "link_type"), [(12, "Task"), (13, None)])
def test_the_delete_link_has_a_type_in_old_versions(em_version: int, link_type: str | None) -> None:
    task = Task("task-1", "StopJobSession", NOW, True, "message")
    links = task.resource("Running", Style(em_version, "own", "other")).links
    assert links is not None
    assert [(link.rel, link.href, link.type) for link in links] == [("Delete", "https://other/api/tasks/task-1", link_type)]
