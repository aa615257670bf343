# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rulebook that comes with the collection, run by its name, against a simulated EM and a simulated controller."""

from __future__ import annotations

import pathlib

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.rulebook.controller import TOKEN, Controller
from ansible_collections.backupops.veeam_em.tests.rulebook.running import Rulebook


def test_a_job_that_fails_run_after_run_starts_the_job_template(em: MockEm, controller: Controller, tmp_path: pathlib.Path) -> None:
    rulebook = Rulebook(
        "backupops.veeam_em.em_sessions",
        em,
        tmp_path,
        *("--controller-url", controller.url, "--controller-token", TOKEN),
        em_job_template=controller.template,
        em_interval=1,
    )
    with rulebook.running():
        for dummy in range(2):
            em.clock.advance(60)
            em.add_session(
                job_name="SQL",
                state="Stopped",
                result="Failed",
                failure_message="Not enough space on the disk",
                creation_time=-30,
                end_time=-10,
            )
        rulebook.until("the job template is started", lambda: bool(controller.launched))
        em.add_session(job_name="Web", state="Working", creation_time=0)
        em.clock.advance(13 * 3600)
        rulebook.until("the session that takes too long is shown", lambda: "has taken" in rulebook.log)
    (launched,) = controller.launched
    extra_vars = launched["extra_vars"]
    assert (extra_vars["job_name"], extra_vars["failures"]) == ("SQL", 2)
    assert extra_vars["reason"] == "Not enough space on the disk"
    assert extra_vars["ansible_eda"]["event"]["event"] == "persistently_failed"
    assert rulebook.log.count("failed: Not enough space on the disk") == 2
    # the cursor is where it is by default
    (cursor,) = (tmp_path / "home" / ".local" / "state" / "backupops.veeam_em").glob("*.json")
    assert cursor.name == f"em_sessions_127.0.0.1_{em.port}_backup.json"
