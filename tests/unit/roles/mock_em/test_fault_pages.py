# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that move or lie while they are read."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.faults import Fault

from .conftest import Client

BY_TIME = "/query?type=BackupJobSession&sortAsc=CreationTime&pageSize=2"


def page(client: Client, number: int = 1) -> list[str]:
    """The names on a page."""
    return [str(ref.get("Name")) for ref in client.get(f"{BY_TIME}&page={number}").xml.iter("Ref")]


@pytest.fixture
def five(client: Client) -> Client:
    """A client of a server with five sessions, named by their age, the oldest first."""
    for number in range(5):
        client.mock.add_session(name=str(number), creation_time=-100 + number)
    return client


@pytest.mark.parametrize(("which", "left"), [("newest", ["0", "1", "2"]), ("oldest", ["2", "3", "4"])])
def test_sessions_vanish_before_a_request(five: Client, which: str, left: list[str]) -> None:
    five.mock.faults.add(kind="vanish", path="query", after=1, times=1, sessions=2, which=which)
    assert page(five) == ["0", "1"]
    assert page(five) + page(five, 2) == left
    assert sorted(page(five)) == left[:2]


def test_more_than_there_are_can_vanish(five: Client) -> None:
    five.mock.faults.add(kind="vanish", sessions=9, times=1)
    assert page(five) == []


def test_sessions_appear_before_a_request(five: Client) -> None:
    five.mock.faults.add(kind="appear", path="query", after=1, times=1, sessions=3)
    info = [five.get(BY_TIME).xml.find("PagingInfo") for dummy in range(2)]
    assert [one is not None and one.get("PagesCount") for one in info] == ["3", "4"]


def test_every_page_can_bring_the_same_sessions(five: Client) -> None:
    five.mock.faults.add(kind="same_page", after=1)
    assert [page(five, number) for number in (2, 2, 7)] == [["2", "3"], ["0", "1"], ["0", "1"]]
    info = five.get(f"{BY_TIME}&page=7").xml.find("PagingInfo")
    assert info is not None
    assert (info.get("PageNum"), info.get("PagesCount")) == ("7", "3")


@pytest.mark.parametrize("values", [{"which": "fairest"}, {"when": "never"}])
def test_what_makes_no_sense(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be one of"):
        Fault("vanish", **values)


def test_a_session_is_taken_away(five: Client) -> None:
    identity = five.mock.add_session(job_id="a0000000-0000-4000-8000-000000000001", tasks=1)
    assert five.control("DELETE", "sessions", {"id": identity}).status == 200
    assert five.get(f"/backupSessions/{identity}").status == 404
    assert five.control("DELETE", "sessions", {"id": identity}).status == 400


def test_a_task_session_is_taken_away(five: Client) -> None:
    identity = five.mock.add_session(tasks=2)
    tasks = five.get(f"/backupSessions/{identity}/taskSessions?format=Entity").xml
    five.mock.remove_session(str(tasks[0].get("UID")).rpartition(":")[2], "backup_task")
    assert len(five.get(f"/backupSessions/{identity}/taskSessions").xml) == 1
