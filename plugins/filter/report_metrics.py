# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that makes metrics of a report."""

from __future__ import annotations

DOCUMENTATION = r"""
name: report_metrics
short_description: Makes metrics for Prometheus of a report
version_added: 1.0.0
author:
  - The backupops.veeam_em authors (@backupops)
description:
  - Returns gauges in the text format of Prometheus, for the textfile collector of its node exporter.
positional: _input
options:
  _input:
    description: What P(backupops.veeam_em.session_report#filter) returned.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Read the sessions of the last week
  backupops.veeam_em.em_backup_session_info:
    created_after: 7d
  register: backups

- name: Write the metrics
  ansible.builtin.copy:
    content: "{{ sources | backupops.veeam_em.session_report | backupops.veeam_em.report_metrics }}"
    dest: /tmp/veeam_em.prom
    mode: "0644"
  delegate_to: localhost
  vars:
    sources: "{{ [{'em': 'em.example.com', 'sessions': backups.sessions}] }}"
"""

RETURN = r"""
_value:
  description: The text.
  type: str
  sample: 'veeam_em_job_healthy{em="em.example.com",kind="backup",backup_server="vbr01.example.com",job_name="Daily SQL"} 1'
"""

import typing as t

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _metrics


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filter by its name."""
        return {"report_metrics": _metrics.metrics_of}
