# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module em_logon_session_info, run as Ansible runs it."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.modules.em_logon_session_info import main
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for, run_module


@pytest.mark.parametrize("check", [False, True])
def test_its_own_logon_session_is_the_current_one(em: MockEm, capsys: pytest.CaptureFixture[str], check: bool) -> None:
    result = run_module(main, options_for(em), capsys, check=check)
    assert result["changed"] is False
    (entry,) = result["logon_sessions"]
    assert (entry["user_name"], entry["current"]) == ("EM01\\operator", True)
    assert em.logon_sessions == []
