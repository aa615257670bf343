# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS

from .conftest import Client


def state_of(client: Client, identity: str, kind: str = "backup") -> list[str | None]:
    root = client.get(f"/{KINDS[kind].path}/{identity}?format=Entity").xml
    return [root.findtext(name) for name in ("State", "Result", "EndTimeUTC")]


@pytest.mark.parametrize("result", ["Success", "Warning", "Failed"])
def test_a_planned_end(client: Client, result: str) -> None:
    identity = client.mock.add_session(state="Working", tasks=1, planned_end=60, planned_result=result)
    assert state_of(client, identity) == ["Working", "None", None]
    client.mock.clock.advance(61)
    state = state_of(client, identity)
    assert state[:2] == ["Stopped", result]
    assert state[2]
    task = client.get(f"/backupSessions/{identity}/taskSessions?format=Entity").xml[0]
    assert [task.findtext(name) for name in ("State", "Result")] == ["Completed", result]


def test_a_stop_overrules_a_planned_end(client: Client) -> None:
    identity = client.mock.add_session(state="Working", planned_end=60)
    client.mock.settings.change({"stop_seconds": 600})
    client.post(f"/backupSessions/{identity}?action=stop")
    client.mock.clock.advance(120)
    assert state_of(client, identity)[0] == "Stopping"
    client.mock.clock.advance(600)
    assert state_of(client, identity)[:2] == ["Stopped", "Failed"]


def test_a_second_stop_does_not_begin_anew(client: Client) -> None:
    identity = client.mock.add_session(state="Working")
    client.mock.settings.change({"stop_seconds": 600})
    client.post(f"/backupSessions/{identity}?action=stop")
    client.mock.clock.advance(400)
    assert client.post(f"/backupSessions/{identity}?action=stop").status == 202
    client.mock.clock.advance(201)
    assert state_of(client, identity)[0] == "Stopped"


def test_what_was_rendered_before_a_change_is_rendered_anew(client: Client) -> None:
    client.mock.add_session(name="a", state="Working", planned_end=60)
    for path in ("/backupSessions?format=Entity", "/query?type=BackupJobSession&format=Entities"):
        assert [item.text for item in client.get(path).xml.iter("State")] == ["Working"]
    client.mock.clock.advance(61)
    for path in ("/backupSessions?format=Entity", "/query?type=BackupJobSession&format=Entities"):
        assert [item.text for item in client.get(path).xml.iter("State")] == ["Stopped"]


def test_a_filter_sees_the_change(client: Client) -> None:
    client.mock.add_session(name="a", state="Working", planned_end=60)
    path = "/query?type=BackupJobSession&filter=State!=Stopped"
    assert len(list(client.get(path).xml.iter("Ref"))) == 1
    client.mock.clock.advance(61)
    assert len(list(client.get(path).xml.iter("Ref"))) == 0


@pytest.mark.parametrize("kind", ["replica", "restore", "cdp_replica", "cloud_failover"])
def test_every_family_ends_on_the_clock(client: Client, kind: str) -> None:
    identity = client.mock.add_session(kind, state="Working", planned_end=60)
    assert state_of(client, identity, kind) == ["Working", "None", None]
    client.mock.clock.advance(61)
    assert state_of(client, identity, kind)[:2] == ["Stopped", "Success"]
    assert state_of(client, identity, kind)[2]
    progress = client.get(f"/{KINDS[kind].path}/{identity}?format=Entity").xml.findtext("Progress")
    assert progress == ("0" if kind == "cdp_replica" else "100")


@pytest.mark.parametrize(
    ("given", "state", "result"),
    [
        ({}, "CompletedSuccessfully", "CompletedSuccessfully"),
        ({"planned_result": "Warning"}, "CompletedWarning", "Warning"),
        ({"planned_result": "Failed"}, "Failed", "Failed"),
    ],
)
def test_the_end_of_a_system_session(client: Client, given: dict[str, str], state: str, result: str) -> None:
    identity = client.mock.add_session("system", state="InProgress", planned_end=60, **given)
    client.mock.clock.advance(61)
    root = client.get(f"/systemSessions/{identity}").xml
    assert (root.findtext("State"), root.findtext("Result/Result")) == (state, result)
    assert root.find("Result/Progress") is None


@pytest.mark.parametrize("kind", ["replica", "cdp_replica"])
def test_task_sessions_end_with_their_session(client: Client, kind: str) -> None:
    client.mock.add_session(kind, state="Working", planned_end=60, planned_result="Warning", tasks=1)
    client.mock.clock.advance(61)
    task = client.get(f"/{KINDS[f'{kind}_task'].path}?format=Entity").xml[0]
    assert [task.findtext(name) for name in ("State", "Result")] == ["Completed", "Warning"]


def test_machines_in_a_failover_end_with_it(client: Client) -> None:
    over = {"vm_name": "over", "state": "Stopped", "result": "Failed", "end_time": -5}
    values = {"state": "Working", "failover_tasks": [{"vm_name": "a"}, over]}
    identity = client.mock.add_session("cloud_failover", planned_end=60, **values)
    client.mock.clock.advance(61)
    tasks = client.get(f"/cloud/failoverSessions/{identity}?format=Entity").xml.find("CloudFailoverTasks")
    assert tasks is not None
    assert [(task.findtext("State"), task.findtext("Result")) for task in tasks] == [("Stopped", "Success"), ("Stopped", "Failed")]
    assert all(task.find("EndTimeUTC") is not None for task in tasks)
