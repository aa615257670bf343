# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of EM."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._tasks import EmTask, read_tasks
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import body_of, client_of, sent

MEDIA = pytest.mark.parametrize("media_type", ["xml", "json"])


def start_tasks(em: MockEm, client: EmClient, number: int = 1) -> None:
    """Stop so many sessions: their tasks are task-1, task-2 and so on."""
    for dummy in range(number):
        client.post(f"backupSessions/{em.add_session(state='Working')}?action=stop", "Cannot stop").close()


@pytest.mark.parametrize(
    ("record", "success", "message", "decided"),
    [
        ({"task_id": "task-1", "state": "Running"}, None, None, False),
        ({"task_id": "task-1", "state": "Running", "result": None}, None, None, False),
        ({"state": "OperationFinished", "result": {"success": "true", "message": "OperationFinished"}}, True, None, True),
        ({"state": "Finished", "result": {"success": "true", "message": "Ok"}}, True, "Ok", True),
        ({"state": "Finished", "result": {"success": "False", "message": "no"}}, False, "no", True),
        ({"state": "Finished", "result": {"success": "false"}}, False, None, True),
        ({"state": "Finished"}, None, None, True),
        ({"state": "Finished", "result": "odd"}, None, None, True),
    ],
)
def test_what_a_record_says(record: dict[str, t.Any], success: bool | None, message: str | None, decided: bool) -> None:
    task = EmTask.from_record(record)
    assert (task.success, task.message, task.decided) == (success, message, decided)


@pytest.mark.parametrize("name", ["tasks.xml", "tasks.em12.json", "tasks.em13.json"])
def test_the_tasks_are_the_same_in_every_representation(em: MockEm, name: str) -> None:
    em.replay.add("tasks", body_of(name))
    with client_of(em) as client:
        tasks = read_tasks(client, ["task-1", "task-2", "task-3", "task-4"])
    assert tasks == {
        "task-1": EmTask("task-1", "StopJobSession", "Running", None, None),
        "task-2": EmTask("task-2", "StopJobSession", "OperationFinished", True, None),
        "task-3": EmTask("task-3", "StopJobSession", "Finished", False, "The session cannot be stopped."),
    }


@MEDIA
def test_one_task_is_read_by_its_id(em: MockEm, media_type: str) -> None:
    em.settings.task_seconds = 10
    with client_of(em, media_type=media_type) as client:
        start_tasks(em, client)
        states = []
        for dummy in range(3):
            states.append(read_tasks(client, {"task-1"})["task-1"].state)
            em.clock.advance(7)
    assert states == ["Running", "OperationFinished", "Finished"]
    assert sent(em, "GET") == ["tasks/task-1"] * 3


@MEDIA
def test_many_tasks_are_read_by_one_request(em: MockEm, media_type: str) -> None:
    with client_of(em, media_type=media_type) as client:
        start_tasks(em, client, 3)
        assert set(read_tasks(client, ["task-1", "task-3"])) == {"task-1", "task-3"}
    assert sent(em, "GET") == ["tasks"]


@MEDIA
@pytest.mark.parametrize("wanted", [["task-7"], ["task-7", "task-8"]])
def test_a_task_that_the_logon_session_does_not_know_is_left_out(em: MockEm, wanted: list[str], media_type: str) -> None:
    """For one, EM answers 500."""
    with client_of(em, media_type=media_type) as client:
        assert read_tasks(client, wanted) == {}


@pytest.mark.parametrize("wanted", [["task-1"], ["task-1", "task-2"]])
@pytest.mark.parametrize(("status", "kind"), [(403, "permission"), (400, "request"), (503, "server")])
def test_what_goes_wrong(em: MockEm, wanted: list[str], status: int, kind: str) -> None:
    em.faults.add(kind="status", status=status, path="tasks")
    with client_of(em, retries=0) as client, pytest.raises(errors.EmError, match=r"^Cannot read tasks") as caught:
        read_tasks(client, wanted)
    assert caught.value.kind == kind


@pytest.mark.parametrize("wanted", [["task-1"], ["task-1", "task-2"]])
def test_broken_tasks(em: MockEm, wanted: list[str]) -> None:
    em.replay.add("tasks", b"<Tasks")
    em.replay.add("tasks/task-1", b"<Task")
    with client_of(em) as client, pytest.raises(errors.ProtocolViolation, match=r"^Cannot read tasks"):
        read_tasks(client, wanted)


@pytest.mark.parametrize("wanted", [["task-1"], ["task-1", "task-2"]])
def test_tasks_whose_body_breaks_off_are_read_again(em: MockEm, wanted: list[str]) -> None:
    with client_of(em) as client:
        start_tasks(em, client, 2)
        em.faults.add(kind="truncate", path="tasks", times=2)
        assert set(read_tasks(client, wanted)) == set(wanted)
