# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module em_session_wait, run as Ansible runs it."""

from __future__ import annotations

import typing as t
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.backupops.veeam_em.plugins.modules.em_session_wait import main
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.processes import until
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for, run_module, sent

Run = t.Callable[..., t.Any]


@pytest.fixture
def run(em: MockEm, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_with(check: bool = False, **options: t.Any) -> t.Any:
        return run_module(main, {**options_for(em), **options}, capsys, check=check)

    return run_with


def test_nothing_runs(run: Run) -> None:
    result = run()
    assert (result["changed"], result["waited"], result["sessions"]) == (False, 0, [])
    assert [entry["running"] for entry in result["history"]] == [0]
    assert "msg" not in result


def test_time_is_up(em: MockEm, run: Run) -> None:
    em.add_session(state="Working", name="Daily SQL@2026-03-01 20:00:09")
    result = run(wait_timeout=1, wait_interval=1)
    assert (result["failed"], result["changed"], result["error"]["kind"]) == (True, False, "wait_timeout")
    assert result["msg"].startswith("1 session did not finish within 1 s (wait_timeout): Daily SQL@2026-03-01 20:00:09 (Working).")
    assert [session["name"] for session in result["sessions"]] == ["Daily SQL@2026-03-01 20:00:09"]
    assert (result["waited"], [entry["running"] for entry in result["history"]]) == (1, [1])
    assert em.logon_sessions == []


def test_a_session_finishes_meanwhile(em: MockEm, run: Run) -> None:
    guid = em.add_session(state="Working")

    def end_it() -> None:
        # only when the answer has its status, the session is in it as it was
        if until(lambda: any(entry.path == "/api/query" and entry.status for entry in list(em.requests))):
            em.change_session(guid, state="Stopped", result="Success")

    with ThreadPoolExecutor() as pool:
        pool.submit(end_it)
        result = run(wait_interval=1)
    assert [entry["running"] for entry in result["history"]] == [1, 0]
    assert len(sent(em, "POST")) == 1


def test_check_mode(em: MockEm, run: Run) -> None:
    em.add_session(state="Working", name="Daily SQL@2026-03-01 20:00:09")
    result = run(check=True)
    assert result["msg"] == "It would wait for 1 session: Daily SQL@2026-03-01 20:00:09 (Working)."
    assert (result["changed"], len(result["sessions"])) == (False, 1)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kinds": ["nonsense"]}, "kinds"),
        ({"until": "never"}, "until"),
        ({"id": ["3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"], "job_name": ["x"]}, "mutually exclusive"),
        ({"running": True}, "Unsupported parameters"),
    ],
)
def test_wrong_options(run: Run, options: dict[str, t.Any], words: str) -> None:
    result = run(**options)
    assert (result["failed"], result["error"]["kind"]) == (True, "request")
    assert words in result["msg"]
