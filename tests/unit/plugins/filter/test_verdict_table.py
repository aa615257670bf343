# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter verdict_table, as a playbook calls it."""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.filter.job_verdicts import job_verdicts
from ansible_collections.backupops.veeam_em.plugins.filter.verdict_table import FilterModule
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import NOW, session


def test_verdicts_become_lines() -> None:
    lines = FilterModule().filters()["verdict_table"](job_verdicts([session(5, 1, "Failed")], now=NOW))
    assert lines == [
        "JOB        VERDICT  LAST RESULT  LAST SUCCESS  WHY",
        "Daily SQL  failed   Failed       -             the last session ended with Failed: Not enough space",
    ]
