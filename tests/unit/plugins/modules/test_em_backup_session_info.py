# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module em_backup_session_info, run as Ansible runs it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.modules.em_backup_session_info import main
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for, run_module, sent

UNKNOWN = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
Run = t.Callable[..., t.Any]


@pytest.fixture
def run(em: MockEm, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_with(check: bool = False, **options: t.Any) -> t.Any:
        return run_module(main, {**options_for(em), **options}, capsys, check=check)

    return run_with


def test_success(em: MockEm, run: Run) -> None:
    guid = em.add_session(job_name="Daily SQL", result="Failed", failure_message="no space")
    em.add_session(job_name="Daily SQL", state="Working")
    result = run(result=["Failed"], include=["tasks"])
    assert (result["changed"], result["count"], result["truncated"]) == (False, 1, False)
    (session,) = result["sessions"]
    assert (session["id"], session["job_name"], session["failure_message"]) == (guid, "Daily SQL", "no space")
    assert session["tasks"] == []
    assert result["summary"]["by_result"] == {"Failed": 1}
    assert em.logon_sessions == []


def test_the_whole_collection(small_em: MockEm, run: Run) -> None:
    result = run(**options_for(small_em))
    assert result["count"] == result["summary"]["total"] == len(result["sessions"]) > 30
    times = [session["creation_time"].rstrip("Z") for session in result["sessions"]]
    assert times == sorted(times, reverse=True)
    assert sent(small_em, "GET") == ["backupSessions?format=Entity"]


def test_the_result_is_the_same_in_check_mode(em: MockEm, run: Run) -> None:
    em.add_session()
    assert run(check=True)["sessions"] == run()["sessions"]


def test_values_of_options_are_converted(em: MockEm, run: Run) -> None:
    for name in "AB":
        em.add_session(job_name=name)
    assert run(job_name="A", running="no", limit="5", match={"progress": 100})["count"] == 1


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ({"id": [UNKNOWN]}, "not_found", UNKNOWN),
        ({"created_after": "soon"}, "request", "created_after"),
        ({"filter": "Nonsense==1"}, "request", "Nonsense"),
        ({"sort_by": "nonsense"}, "request", "sort_by"),
        ({"limit": 0}, "request", "limit"),
        ({"include": ["nonsense"]}, "request", "include"),
        ({"sort_order": "up"}, "request", "sort_order"),
        ({"all": True}, "request", "all"),
        ({"password": "wrong"}, "authentication", "user@domain"),
        ({"username": "guest"}, "authentication", "role"),
    ],
)
def test_failure(em: MockEm, run: Run, options: dict[str, t.Any], kind: str, words: str) -> None:
    result = run(**options)
    assert result["failed"] is True
    assert result["error"]["kind"] == kind
    assert words in result["msg"]
    assert "Traceback" not in str(result)
    assert em.logon_sessions == []


@pytest.mark.parametrize(
    "name",
    [
        *("name", "state", "result", "running", "created_after", "created_before", "ended_after", "ended_before"),
        *("match", "filter", "backup_server", "job_name", "job_id", "job_type", "is_retry"),
    ],
)
def test_id_excludes_what_selects(em: MockEm, run: Run, name: str) -> None:
    value: t.Any = {"running": True, "is_retry": True, "match": {"name": "x"}}.get(name, "24h")
    result = run(id=[UNKNOWN], **{name: value})
    assert result["error"]["kind"] == "request"
    assert "mutually exclusive" in result["msg"]
    assert list(em.requests) == []
