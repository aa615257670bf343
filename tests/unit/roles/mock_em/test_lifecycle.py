# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from .conftest import Client


def state_of(client: Client, identity: str) -> list[str | None]:
    root = client.get(f"/backupSessions/{identity}?format=Entity").xml
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
