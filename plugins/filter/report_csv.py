# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that makes comma-separated values of sessions."""

from __future__ import annotations

DOCUMENTATION = r"""
name: report_csv
short_description: Makes comma-separated values of sessions
version_added: 1.0.0
author:
  - The backupops.veeam_em authors (@backupops)
description:
  - One line for each session, the newest first. It begins with a byte order mark, by which spreadsheets know UTF-8.
  - A cell that a spreadsheet would execute (C(=), C(+), C(-), C(@) at its beginning) gets an apostrophe before it.
positional: _input
options:
  _input:
    description: What O(backupops.veeam_em.session_report#filter:_input) takes.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Read the sessions of the last week
  backupops.veeam_em.em_backup_session_info:
    created_after: 7d
  register: backups

- name: Write them for a spreadsheet
  ansible.builtin.copy:
    content: "{{ sources | backupops.veeam_em.report_csv }}"
    dest: sessions.csv
    mode: "0640"
  delegate_to: localhost
  vars:
    sources: "{{ [{'em': 'em.example.com', 'sessions': backups.sessions}] }}"
"""

RETURN = r"""
_value:
  description: The text.
  type: str
  sample: "em,kind,job_name,name,state,result\\r\\n"
"""

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _report, _spreadsheet


def report_csv(sources: t.Sequence[t.Mapping[str, t.Any]]) -> str:
    """Return the sessions that were read as comma-separated values."""
    try:
        return _spreadsheet.csv_of(_report.sessions_of([_report.Source.of(source) for source in sources]))
    except (KeyError, TypeError) as exc:
        raise AnsibleFilterError(f"report_csv: {exc}") from exc


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filter by its name."""
        return {"report_csv": report_csv}
