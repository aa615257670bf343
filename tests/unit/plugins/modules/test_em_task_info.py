# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module em_task_info, run as Ansible runs it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.modules.em_task_info import main
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import add_running, client_of, options_for, run_module, sent

NOBODY: dict[str, t.Any] = {"username": None, "password": None}


@pytest.mark.parametrize("check", [False, True])
def test_a_task_of_the_logon_session(em: MockEm, capsys: pytest.CaptureFixture[str], check: bool) -> None:
    em.settings.task_seconds = 0
    with client_of(em) as client:
        client.post(f"backupSessions/{add_running(em)[0]}?action=stop", "Cannot stop").close()
        options = {**options_for(em), **NOBODY, "session_token": em.logon_sessions[0].token, "task_id": ["task-1"]}
        result = run_module(main, options, capsys, check=check)
        assert len(em.logon_sessions) == 1
    assert result["changed"] is False
    assert [(task["id"], task["finished"], task["success"]) for task in result["tasks"]] == [("task-1", True, True)]


def test_without_a_token_there_are_no_tasks(em: MockEm, capsys: pytest.CaptureFixture[str]) -> None:
    result = run_module(main, {**options_for(em), "task_id": ["task-1"]}, capsys)
    assert (result["failed"], result["error"]["kind"]) == (True, "request")
    assert "session_token" in result["msg"]
    assert sent(em, "POST") == []


def test_an_unknown_task(em: MockEm, capsys: pytest.CaptureFixture[str]) -> None:
    with client_of(em):
        options = {**options_for(em), **NOBODY, "session_token": em.logon_sessions[0].token, "task_id": ["task-7"]}
        result = run_module(main, options, capsys)
    assert (result["failed"], result["error"]["kind"]) == (True, "not_found")
    assert "task-7" in result["msg"]
