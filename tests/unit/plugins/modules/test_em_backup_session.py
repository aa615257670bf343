# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module em_backup_session, run as Ansible runs it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.modules.em_backup_session import main
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for, run_module, sent

UNKNOWN = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
Run = t.Callable[..., t.Any]


@pytest.fixture
def run(em: MockEm, capsys: pytest.CaptureFixture[str]) -> Run:
    em.settings.task_seconds = em.settings.stop_seconds = 0

    def run_with(check: bool = False, diff: bool = False, **options: t.Any) -> t.Any:
        return run_module(main, {**options_for(em), **options}, capsys, check=check, diff=diff)

    return run_with


def posts(em: MockEm) -> list[str]:
    return sent(em, "POST", "backupSessions/")


def test_success_and_a_second_run(em: MockEm, run: Run) -> None:
    guid = em.add_session(job_name="A", state="Working")
    first = run(id=[guid])
    assert (first["changed"], first["stopped_count"], first["still_running"]) == (True, 1, [])
    assert (first["sessions"][0]["previous_state"], first["sessions"][0]["state"]) == ("Working", "Stopped")
    second = run(id=[guid])
    assert (second["changed"], second["stopped_count"]) == (False, 0)
    assert len(posts(em)) == 1
    assert em.logon_sessions == []


def test_check_mode_with_diff(em: MockEm, run: Run) -> None:
    guid = em.add_session(job_name="A", state="Working")
    result = run(check=True, diff=True, job_name=["A"])
    assert (result["changed"], result["stopped_count"]) == (True, 1)
    assert result["diff"] == {"before": {"sessions": {guid: "Working"}}, "after": {"sessions": {guid: "Stopped"}}}
    assert posts(em) == []


def test_without_a_wish_for_it_there_is_no_diff(em: MockEm, run: Run) -> None:
    em.add_session(state="Working")
    assert "diff" not in run(all=True)


def test_the_result_is_what_is_documented(em: MockEm, run: Run) -> None:
    em.add_session(state="Working")
    result = run(all=True)
    assert {"sessions", "stopped_count", "still_running", "changed"} <= set(result)
    names = "id name job_name job_type previous_state state result changed stopped msg"
    assert list(result["sessions"][0]) == names.split()


def test_refused_for_want_of_a_role(em: MockEm, run: Run) -> None:
    guid = em.add_session(state="Working")
    result = run(id=[guid], username="viewer")
    assert (result["failed"], result["changed"], result["still_running"]) == (True, False, [guid])
    assert (result["error"]["kind"], result["error"]["status"]) == ("permission", 403)


def test_a_stop_that_does_not_end_in_time(em: MockEm, run: Run) -> None:
    guid = em.add_session(state="Working")
    em.faults.add(kind="stop_never_ends")
    result = run(id=[guid], wait_timeout=0)
    assert (result["failed"], result["changed"], result["still_running"]) == (True, True, [guid])
    assert result["error"]["kind"] == "wait_timeout"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "Nothing says which sessions"),
        ({"all": False}, "Nothing says which sessions"),
        ({"filter": "  "}, "filter"),
        ({"max_stops": 1}, "Nothing says which sessions"),
        ({"all": True, "max_stops": 0}, "max_stops"),
        ({"id": [UNKNOWN], "job_name": ["A"]}, "mutually exclusive"),
        ({"id": [UNKNOWN], "match": {"name": "A"}}, "mutually exclusive"),
        ({"id": [UNKNOWN], "all": True}, "all"),
        ({"all": True, "job_name": ["A"]}, "all"),
        ({"all": True, "state": "started"}, "state"),
        ({"created_before": "soon"}, "created_before"),
    ],
)
def test_options_at_fault_stop_nothing(em: MockEm, run: Run, options: dict[str, t.Any], words: str) -> None:
    em.add_session(job_name="A", state="Working")
    result = run(**options)
    assert result["failed"] is True
    assert result["error"]["kind"] == "request"
    assert words in result["msg"]
    assert posts(em) == []


def test_all_may_be_false_beside_what_selects(em: MockEm, run: Run) -> None:
    """Playbooks give it as a variable."""
    em.add_session(job_name="A", state="Working")
    em.add_session(job_name="B", state="Working")
    assert run(all=False, job_name=["A"])["stopped_count"] == 1


def test_an_unknown_id_stops_nothing(em: MockEm, run: Run) -> None:
    result = run(id=[em.add_session(state="Working"), UNKNOWN])
    assert result["error"]["kind"] == "not_found"
    assert UNKNOWN in result["msg"]
    assert posts(em) == []
