# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module em_logon_session, run as Ansible runs it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.modules import em_backup_session_info
from ansible_collections.backupops.veeam_em.plugins.modules.em_logon_session import main
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for, run_module, sent

NOBODY = {"username": None, "password": None}
Run = t.Callable[..., t.Any]


@pytest.fixture
def run(em: MockEm, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_with(check: bool = False, main: t.Callable[[], None] = main, **options: t.Any) -> t.Any:
        return run_module(main, {**options_for(em), **options}, capsys, check=check)

    return run_with


def given(result: dict[str, t.Any]) -> dict[str, t.Any]:
    return {**NOBODY, "session_token": result["session_token"], "session_id": result["session_id"]}


@pytest.mark.parametrize("check", [False, True])
def test_present(em: MockEm, run: Run, check: bool) -> None:
    result = run(check)
    (session,) = em.logon_sessions
    assert result["changed"] is True
    assert (result["session_token"], result["session_id"]) == (session.token, session.id)


def test_the_token_serves_other_tasks(em: MockEm, run: Run) -> None:
    token = run()["session_token"]
    em.add_session()
    result = run(main=em_backup_session_info.main, session_token=token, **NOBODY)
    assert result["count"] == 1
    assert len(sent(em, "POST")) == 1
    assert len(em.logon_sessions) == 1


def test_absent_and_absent_again(em: MockEm, run: Run) -> None:
    options = given(run())
    assert run(state="absent", **options)["changed"] is True
    assert em.logon_sessions == []
    assert run(state="absent", **options)["changed"] is False


def test_absent_in_check_mode(em: MockEm, run: Run) -> None:
    options = given(run())
    assert run(True, state="absent", **options)["changed"] is True
    assert len(em.logon_sessions) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"session_token": "x", **NOBODY}, "username"),
        ({"state": "absent"}, "session_token"),
        ({"state": "absent", "session_token": "x"}, "session_id"),
        ({"state": "absent", "session_token": "x", "session_id": "4711"}, "session_id"),
        ({"state": "gone"}, "state"),
    ],
)
def test_options_at_fault(em: MockEm, run: Run, options: dict[str, t.Any], words: str) -> None:
    result = run(**options)
    assert result["error"]["kind"] == "request"
    assert words in result["msg"]
    assert list(em.requests) == []


def test_credentials_that_are_not_accepted(run: Run) -> None:
    assert run(password="wrong")["error"]["kind"] == "authentication"
