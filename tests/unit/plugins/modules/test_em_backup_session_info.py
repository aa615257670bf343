# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module em_backup_session_info, run as Ansible runs it."""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.modules.session_info import Run, SessionInfoTests


class TestBackupSessionInfo(SessionInfoTests):
    kind = "backup"

    def test_what_is_known_of_a_session_that_failed(self, em: MockEm, run: Run) -> None:
        guid = em.add_session(job_name="Daily SQL", result="Failed", failure_message="no space", tasks=2)
        em.add_session(job_name="Daily SQL", state="Working")
        (session,) = run(result=["Failed"], include=["tasks"])["sessions"]
        assert (session["id"], session["job_name"], session["failure_message"]) == (guid, "Daily SQL", "no space")
        assert [task["session_id"] for task in session["tasks"]] == [guid, guid]

    def test_values_of_options_are_converted(self, em: MockEm, run: Run) -> None:
        for name in "AB":
            em.add_session(job_name=name)
        assert run(job_name="A", running="no", limit="5", match={"progress": 100})["count"] == 1

    def test_what_em_does_not_understand_is_said_in_its_words(self, em: MockEm, run: Run) -> None:
        result = run(filter="Nonsense==1")
        assert result["error"]["kind"] == "request"
        assert "Nonsense" in result["msg"]
        assert em.logon_sessions == []
