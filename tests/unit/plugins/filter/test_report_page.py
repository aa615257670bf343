# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter report_page, as a playbook calls it."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.backupops.veeam_em.plugins.filter.report_page import FilterModule
from ansible_collections.backupops.veeam_em.plugins.filter.session_report import session_report

report_page = FilterModule().filters()["report_page"]


def test_a_template_makes_the_page() -> None:
    assert report_page(session_report([]), "<p>{{ report.totals.sessions }} {{ '<' }}</p>") == "<p>0 &lt;</p>"


@pytest.mark.parametrize("template", ["{% if %}", "{{ report.nothing.such }}"])
def test_a_wrong_template_is_one_clear_error(template: str) -> None:
    with pytest.raises(AnsibleFilterError, match="report_page cannot render the template: "):
        report_page(session_report([]), template)
