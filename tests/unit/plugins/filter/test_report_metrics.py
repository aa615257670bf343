# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter report_metrics, as a playbook calls it."""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.filter.report_metrics import FilterModule
from ansible_collections.backupops.veeam_em.plugins.filter.session_report import session_report
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import session


def test_a_report_becomes_metrics() -> None:
    report = session_report([{"em": "a", "sessions": [session(5)]}])
    assert 'veeam_em_up{em="a"} 1' in FilterModule().filters()["report_metrics"](report).splitlines()
