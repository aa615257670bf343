# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that makes a table of verdicts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: verdict_table
short_description: Makes a table of verdicts to be read in the output of a playbook
version_added: 1.0.0
author:
  - The backupops.veeam_em authors (@backupops)
description:
  - Returns the lines of a table, each a string, so that P(ansible.builtin.debug#module) and P(ansible.builtin.assert#module) show
    them below each other.
positional: _input
options:
  _input:
    description: What P(backupops.veeam_em.job_verdicts#filter) returned, or some of it.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Read what backup jobs did in the last two weeks
  backupops.veeam_em.em_backup_session_info:
    created_after: 14d
  register: backups

- name: Show how the jobs are
  ansible.builtin.debug:
    msg: "{{ backups.sessions | backupops.veeam_em.job_verdicts(max_age='26h') | backupops.veeam_em.verdict_table }}"
"""

RETURN = r"""
_value:
  description: The lines of the table, a head first.
  type: list
  elements: str
  sample:
    - JOB        VERDICT  LAST RESULT  LAST SUCCESS  WHY
    - Daily SQL  failed   Failed       1 d 1 h ago   the last session ended with Failed
"""

import typing as t

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _verdict_table


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filter by its name."""
        return {"verdict_table": _verdict_table.lines_of}
