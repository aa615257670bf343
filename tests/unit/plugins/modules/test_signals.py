# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A module that is told to end closes its logon session first. It runs as a process of its own."""

from __future__ import annotations

import signal
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.processes import module_process, until
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for


@pytest.mark.parametrize(
    ("module", "options", "fault", "path"),
    [
        ("em_backup_session_info", {}, {"kind": "delay", "path": "backupSessions"}, "/api/backupSessions"),
        ("em_backup_session_info", {"limit": 1}, {"kind": "drip", "path": "query", "size": 200}, "/api/query"),
        ("em_backup_session", {"all": True, "wait_interval": 30}, {"kind": "stop_never_ends"}, "/api/tasks"),
    ],
)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_logon_session_is_closed(
    em: MockEm, module: str, options: dict[str, t.Any], fault: dict[str, t.Any], path: str, number: signal.Signals
) -> None:
    em.settings.task_seconds = 0
    for dummy in range(3):
        em.add_session(state="Working")
    em.faults.add(seconds=30, **fault)
    with module_process(module, {**options_for(em), **options}) as process:
        assert until(lambda: any(entry.path.startswith(path) for entry in list(em.requests)) or process.poll() is not None)
        assert len(em.logon_sessions) == 1, process.stderr.read() if process.poll() is not None and process.stderr else ""
        process.send_signal(number)
        assert until(lambda: em.logon_sessions == [])
        error = process.communicate(timeout=20)[1]
    assert process.returncode != 0
    if number is signal.SIGTERM:
        assert (process.returncode, error) == (128 + signal.SIGTERM, "")
