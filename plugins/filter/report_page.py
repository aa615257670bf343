# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that makes a page of a report."""

from __future__ import annotations

DOCUMENTATION = r"""
name: report_page
short_description: Makes a page of a report
version_added: 1.0.0
author:
  - The backupops.veeam_em authors (@backupops)
description:
  - Renders a template of Jinja with RV(backupops.veeam_em.session_report#filter:_value) as C(report). Whatever the template
    puts into the page is escaped, which P(ansible.builtin.template#module) does not do.
  - The template has the filters C(spoken) (seconds in words) and C(moment) (a time without seconds) besides those of Jinja.
positional: _input, template
options:
  _input:
    description: What P(backupops.veeam_em.session_report#filter) returned.
    type: dict
    required: true
  template:
    description: The text of the template.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Read the sessions of the last week
  backupops.veeam_em.em_backup_session_info:
    created_after: 7d
  register: backups

- name: Make a page of one line
  ansible.builtin.debug:
    msg: "{{ sources | backupops.veeam_em.session_report | backupops.veeam_em.report_page(template) }}"
  vars:
    sources: "{{ [{'em': 'em.example.com', 'sessions': backups.sessions}] }}"
    template: "{{ lookup('ansible.builtin.file', 'page.html.j2') }}"
"""

RETURN = r"""
_value:
  description: The page.
  type: str
  sample: "<!doctype html>..."
"""

import typing as t

import jinja2
from ansible.errors import AnsibleFilterError

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _page


def report_page(report: t.Mapping[str, t.Any], template: str) -> str:
    """Return the page that a template makes of a report."""
    try:
        return _page.page_of(report, template)
    except jinja2.TemplateError as exc:
        raise AnsibleFilterError(f"report_page cannot render the template: {exc}") from exc


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filter by its name."""
        return {"report_page": report_page}
