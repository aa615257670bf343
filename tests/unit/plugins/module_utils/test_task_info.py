# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module em_task_info does."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._task_info import TaskInfo
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import add_running, client_of, sent

TASK = {
    "id": "task-1",
    "operation": "StopJobSession",
    "state": "Finished",
    "success": True,
    "message": 'Job Session "Daily SQL@2026-03-01 20:00:09" triggered to stop.',
    "finished": True,
}


@pytest.fixture
def token(em: MockEm) -> t.Iterator[str]:
    """Return the token of a logon session with two tasks that have finished."""
    em.settings.task_seconds = em.settings.stop_seconds = 0
    with client_of(em) as client:
        for guid in add_running(em, 2, name="Daily SQL@2026-03-01 20:00:09"):
            client.post(f"backupSessions/{guid}?action=stop", "Cannot stop").close()
        yield em.logon_sessions[0].token


def read(em: MockEm, token: str, task_id: list[str] | None = None, **changes: t.Any) -> list[dict[str, t.Any]]:
    task = TaskInfo({"task_id": task_id, "session_token": token})
    with client_of(em, **{"username": None, "password": None, "session_token": token, **changes}) as client:
        entries: list[dict[str, t.Any]] = task.perform(client, False).result["tasks"]
    return entries


@pytest.mark.parametrize(("version", "media_type"), [(12, "xml"), (12, "json"), (13, "json")])
def test_one_task(em: MockEm, token: str, version: int, media_type: str) -> None:
    em.settings.em_version = version
    assert read(em, token, ["task-1"], media_type=media_type) == [TASK]
    assert sent(em, "GET") == ["tasks/task-1"]


def test_several_tasks_in_the_order_given(em: MockEm, token: str) -> None:
    assert [task["id"] for task in read(em, token, ["task-2", "task-1", "task-2"])] == ["task-2", "task-1"]
    assert sent(em, "GET") == ["tasks"]


def test_all_tasks(em: MockEm, token: str) -> None:
    assert sorted(task["id"] for task in read(em, token)) == ["task-1", "task-2"]


def test_no_task_is_no_request(em: MockEm, token: str) -> None:
    assert read(em, token, []) == []
    assert sent(em, "GET") == []


def test_a_task_that_runs_has_no_result(em: MockEm, token: str) -> None:
    em.settings.task_seconds = 1000
    with client_of(em, username=None, password=None, session_token=token) as client:
        client.post(f"backupSessions/{add_running(em)[0]}?action=stop", "Cannot stop").close()
    (task,) = read(em, token, ["task-3"])
    assert (task["state"], task["finished"], task["success"], task["message"]) == ("Running", False, None, None)


@pytest.mark.parametrize("wanted", [["task-7"], ["task-1", "task-7"]])
def test_an_unknown_task_is_named(em: MockEm, token: str, wanted: list[str]) -> None:
    with pytest.raises(errors.NotFound, match="knows no task task-7"):
        read(em, token, wanted)


@pytest.mark.parametrize("wanted", ["", "task 1", "../jobs", "task-1?x=y", "task-1\r\nX: y"])
def test_what_is_no_id_goes_into_no_url(wanted: str) -> None:
    with pytest.raises(errors.BadRequest, match="no id of a task"):
        TaskInfo({"task_id": [wanted], "session_token": "abc"})


def test_a_logon_session_that_has_ended_took_its_tasks_along(em: MockEm, token: str) -> None:
    em.clock.advance(1000)
    with pytest.raises(errors.AuthenticationFailed, match="has ended"):
        read(em, token, ["task-1"])
    with pytest.raises(errors.AuthenticationFailed, match="and its tasks with it"):
        read(em, token, ["task-1"], username="operator", password="demo-password")
