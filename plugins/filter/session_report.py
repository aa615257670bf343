# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that makes a report of sessions."""

from __future__ import annotations

DOCUMENTATION = r"""
name: session_report
short_description: Makes a report of the sessions of one or many Enterprise Managers
version_added: 1.0.0
author:
  - The backupops.veeam_em authors (@backupops)
description:
  - Counts the sessions of each kind, judges the jobs, tells failures with their machines and with what became of them, and lays out
    a timeline.
  - The role P(backupops.veeam_em.session_report#role) reads what this takes, and writes what it returns into files.
extends_documentation_fragment:
  - backupops.veeam_em.judging
positional: _input
options:
  _input:
    description:
      - One element for each Enterprise Manager, with C(em), its name, and C(sessions), as the info modules return them.
      - It may have C(earlier) (older sessions of jobs without one in the period), C(tasks) (task sessions that failed or warned),
        C(jobs) (as O(backupops.veeam_em.job_verdicts#filter:known)), C(notes) (what could not be told), C(now) (its time) and
        C(error) (why nothing could be read).
    type: list
    elements: dict
    required: true
  period:
    description: How long back the sessions were read, as an age such as V(7d).
    type: str
    default: 7d
  kinds:
    description: Which kinds of sessions were read.
    type: list
    elements: str
    default: [backup, replica]
  now:
    description: The end of the period, as ISO 8601. The default is the latest C(now) of the elements, else the controller's clock.
    type: str
"""

EXAMPLES = r"""
- name: Read the sessions of the last week
  backupops.veeam_em.em_backup_session_info:
    created_after: 7d
  register: backups

- name: How much of it went well, retries understood
  ansible.builtin.debug:
    msg: "{{ report.totals.runs_ok }} of {{ report.totals.runs }} runs, {{ report.totals.success_rate }} %"
  vars:
    report: "{{ [{'em': 'em.example.com', 'sessions': backups.sessions}] | backupops.veeam_em.session_report }}"
"""

RETURN = r"""
_value:
  description:
    - The report. C(totals) and C(families) have figures, C(attention) has the verdicts that are not healthy and C(jobs) all of
      them, C(failures) the sessions that failed, C(timeline) bars, C(ems) what was read of whom.
  type: dict
  sample:
    generated: '2026-03-02T06:00:00Z'
    period: {start: '2026-02-23T06:00:00Z', end: '2026-03-02T06:00:00Z'}
    totals: {sessions: 212, running: 2, success: 198, warning: 8, failed: 4, runs: 206, runs_ok: 205, success_rate: 99.5}
"""

import time
import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.backupops.veeam_em.plugins.module_utils import _families, _values
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _ages, _report, _rules


def session_report(
    sources: t.Sequence[t.Mapping[str, t.Any]],
    period: str = "7d",
    kinds: t.Sequence[str] = ("backup", "replica"),
    now: str | None = None,
    **asked: t.Any,
) -> dict[str, t.Any]:
    """Return the report. asked: the options of rulebook_of()."""
    try:
        read = [_report.Source.of(source) for source in sources]
        latest = max((source.now for source in read if source.now), default=None)
        moment = _values.epoch_of(_values.parse_moment(now or latest or _values.text_of(time.time()), 0)) or 0.0
        unknown = [str(kind) for kind in kinds if kind not in _families.FAMILIES]
        if isinstance(kinds, str) or unknown:
            raise ValueError(f"kinds has {kinds!r}, which is no list of {', '.join(_families.FAMILIES)}.")
        start = moment - _ages.seconds_of(period, "period")
        return _report.report_of(read, list(dict.fromkeys(kinds)), _rules.rulebook_of(**asked), start, moment)
    except KeyError as exc:
        raise AnsibleFilterError(f"session_report needs the key {exc} of each session; do not leave it out of fields.") from exc
    except (TypeError, ValueError) as exc:
        raise AnsibleFilterError(f"session_report: {exc}") from exc


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filter by its name."""
        return {"session_report": session_report}
