# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter that judges jobs by their sessions."""

from __future__ import annotations

DOCUMENTATION = r"""
name: job_verdicts
short_description: Judges jobs by their sessions
version_added: 1.0.0
author:
  - The backupops.veeam_em authors (@backupops)
description:
  - Tells of each job whether it does what is asked of it, from the sessions that the info modules returned.
  - The last finished session decides. A run and its retries are one, so that a failed session whose retry succeeded is healthy.
  - While a session runs that began in time, its job is not stale. Backup copy jobs and CDP policies, which run day and night, are
    never over-running, and not stale while a session of theirs runs; the sessions of copy workers are judged as jobs of their own.
  - Sessions of the single machines of an agent job are judged with the session of the job, not for themselves.
  - Sessions that belong to no job or policy, such as restores, are left out.
extends_documentation_fragment:
  - backupops.veeam_em.judging
positional: _input
options:
  _input:
    description: The sessions, of one Enterprise Manager. Their keys RV(_value[].kind), C(state), C(result), C(running) and those
      of job and times are needed.
    type: list
    elements: dict
    required: true
  known:
    description:
      - What P(backupops.veeam_em.em_query_info#module) returned of the types C(Job), C(AgentBackupJob) and C(NasJob).
      - Such a job without any session is V(never_ran), or V(disabled) where its schedule is off.
    type: list
    elements: dict
    default: []
  kinds:
    description: Which kinds of sessions were read, so that only jobs of these are missed.
    type: list
    elements: str
    default: [backup, replica]
  now:
    description: The time to judge at, as ISO 8601, best by the clock of Enterprise Manager. The default is the controller's clock.
    type: str
"""

EXAMPLES = r"""
- name: Read what backup and replica jobs did in the last two weeks
  backupops.veeam_em.em_backup_session_info:
    created_after: 14d
  register: backups

- name: No job may be without a success of the last 26 hours
  ansible.builtin.assert:
    that: unhealthy | length == 0
    fail_msg: "{{ unhealthy | backupops.veeam_em.verdict_table }}"
  vars:
    unhealthy: "{{ backups.sessions | backupops.veeam_em.job_verdicts(max_age='26h', ignore_jobs=['Test *'])
      | rejectattr('healthy') }}"
"""

RETURN = r"""
_value:
  description: A verdict for each job, the gravest first, then by name.
  type: list
  elements: dict
  contains:
    kind:
      description: The kind of its sessions.
      type: str
      returned: always
      sample: backup
    job_id:
      description: GUID of the job or policy.
      type: str
      returned: always
      sample: 8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4
    job_name:
      description: Name of the job or policy.
      type: str
      returned: always
      sample: Daily SQL
    job_type:
      description: Type of the job or policy.
      type: str
      returned: always
      sample: Backup
    backup_server:
      description: Name of the backup server that runs it. Several can have jobs of one name.
      type: str
      returned: always
      sample: vbr01.example.com
    verdict:
      description: V(healthy), V(running) (its first session that was read has not ended), V(disabled) (it never ran, and its
        schedule is off), or what is wrong, V(failed), V(over_running), V(never_ran), V(stale) or V(warning).
      type: str
      returned: always
      sample: failed
    healthy:
      description: Whether all that is asked of the job holds.
      type: bool
      returned: always
      sample: false
    reasons:
      description: What is wrong, the gravest first.
      type: list
      elements: str
      returned: always
      sample: ["the last session ended with Failed: Not enough space"]
    last_result:
      description: Result of the session that finished last.
      type: str
      returned: always
      sample: Failed
    last_end_time:
      description: When that session ended, UTC.
      type: str
      returned: always
      sample: '2026-03-01T20:12:54.717Z'
    last_success_time:
      description: When the last successful session ended, UTC.
      type: str
      returned: always
      sample: '2026-02-28T20:11:02.33Z'
    age:
      description: Seconds since then.
      type: int
      returned: always
      sample: 90143
    running:
      description: Whether a session of the job runs.
      type: bool
      returned: always
      sample: false
    running_for:
      description: Seconds that the longest running session has run.
      type: int
      returned: always
      sample: 765
    failures:
      description: How many runs failed in a row up to now.
      type: int
      returned: always
      sample: 2
    persistently_failed:
      description: Whether the job failed with no later success.
      type: bool
      returned: always
      sample: true
    message:
      description: What Enterprise Manager said of the last failure or warning.
      type: str
      returned: always
      sample: Not enough space
"""

import time
import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.backupops.veeam_em.plugins.module_utils import _values
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _known_jobs, _rules, _verdicts


def job_verdicts(
    sessions: t.Sequence[t.Mapping[str, t.Any]],
    known: t.Sequence[t.Mapping[str, t.Any]] = (),
    kinds: t.Sequence[str] = ("backup", "replica"),
    now: str | None = None,
    **asked: t.Any,
) -> list[dict[str, t.Any]]:
    """Return the verdict of each job as a dict. asked: the options of rulebook_of()."""
    try:
        moment = time.time() if not now else _values.epoch_of(_values.parse_moment(now, time.time())) or 0.0
        verdicts = _verdicts.judge(sessions, _rules.rulebook_of(**asked), moment, _known_jobs.known_jobs_of(known, kinds))
    except KeyError as exc:
        raise AnsibleFilterError(f"job_verdicts needs the key {exc} of each session; do not leave it out of fields.") from exc
    except (TypeError, ValueError) as exc:
        raise AnsibleFilterError(f"job_verdicts: {exc}") from exc
    return [verdict._asdict() for verdict in verdicts]


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filter by its name."""
        return {"job_verdicts": job_verdicts}
