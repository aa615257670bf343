# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter report_csv, as a playbook calls it."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.backupops.veeam_em.plugins.filter.report_csv import FilterModule
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import session

report_csv = FilterModule().filters()["report_csv"]


def test_sources_become_lines() -> None:
    text = report_csv([{"em": "a", "sessions": [session(5)]}, {"em": "b", "sessions": [session(4)]}])
    assert [line.partition(",")[0] for line in text.splitlines()] == ["\ufeffem", "b", "a"]


def test_what_is_no_source_is_one_clear_error() -> None:
    with pytest.raises(AnsibleFilterError, match="report_csv: "):
        report_csv([{"sessions": []}])
