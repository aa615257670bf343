#!/usr/bin/python

# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: em_backup_session
short_description: Stop backup job sessions of Veeam Backup Enterprise Manager
version_added: 1.0.0
author: The backupops.veeam_em authors (@backupops)
description:
  - Stops running sessions of backup jobs, backup copy jobs, agent jobs and file share jobs, and waits until they have stopped.
  - Sessions are chosen by O(id), by at least one of the options that select, or by O(all), never by leaving everything out.
    Options that select choose among running sessions only. A name that no session has selects nothing, and nothing is stopped.
  - Sessions of backup copy jobs are C(Idle) while they wait for something to copy, day and night, and count as running. Leave them
    out by O(match).
  - Each session gets one request to stop. Only after its answer was lost, or said that the server could not handle it (429, 5xx),
    and the session was read twice and found untouched, it gets another one. A session that EM refuses to stop does not keep the
    others from being stopped; the task fails at its end and tells the outcome of each.
  - The account needs the role Portal Administrator in Enterprise Manager.
notes:
  - The task logs on once and always logs out, unless O(session_token) is given.
extends_documentation_fragment:
  - backupops.veeam_em.attributes.stop
  - backupops.veeam_em.connection
  - backupops.veeam_em.stop
seealso:
  - module: backupops.veeam_em.em_backup_session_info
"""

EXAMPLES = r"""
- name: What would be stopped (nothing is, in check mode)
  backupops.veeam_em.em_backup_session:
    hostname: em.example.com
    username: EXAMPLE\backup-admin
    password: "{{ em_password }}"
    job_name: [Daily SQL]
  check_mode: true
  register: would_stop

- name: Stop what runs of one job, but never more than three sessions
  backupops.veeam_em.em_backup_session:
    job_name: [Daily SQL]
    max_stops: 3
    wait_timeout: 900

- name: Stop two sessions without waiting for their end
  backupops.veeam_em.em_backup_session:
    id: "{{ would_stop.sessions | map(attribute='id') }}"
    wait: false
"""

RETURN = r"""
sessions:
  description: The sessions that were chosen, and what came of each.
  returned: always, but not when the options are at fault or EM could not be read
  type: list
  elements: dict
  contains:
    id:
      description: GUID of the session.
      returned: always
      type: str
      sample: 0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11
    name:
      description: Name of the session.
      returned: always
      type: str
      sample: Daily SQL@2026-03-01 20:00:09
    job_name:
      description: Name of the job.
      returned: always
      type: str
      sample: Daily SQL
    job_type:
      description: Type of the job.
      returned: always
      type: str
      sample: Backup
    previous_state:
      description: Its state before anything was done.
      returned: always
      type: str
      sample: Working
    state:
      description: Its state at the end of the task, null when EM no longer knows it. In check mode the one it would have.
      returned: always
      type: str
      sample: Stopped
    result:
      description: Its result at the end of the task, null while there is none. A session that was stopped usually failed.
      returned: always
      type: str
      sample: Failed
    changed:
      description: >-
        Whether EM accepted our stop. Where its answer was lost, and the session is over or stopping afterwards, it counts as
        accepted.
      returned: always
      type: bool
      sample: true
    stopped:
      description: Whether it is stopped now.
      returned: always
      type: bool
      sample: true
    msg:
      description: What EM said, or why it was not stopped.
      returned: always
      type: str
      sample: Job Session "Daily SQL@2026-03-01 20:00:09" triggered to stop.
stopped_count:
  description: How many stops EM accepted.
  returned: as RV(sessions)
  type: int
  sample: 1
still_running:
  description: Ids of the chosen sessions that have not stopped.
  returned: as RV(sessions)
  type: list
  elements: str
  sample: []
"""

from ansible_collections.backupops.veeam_em.plugins.module_utils._packed import compile_once


def main() -> None:
    compile_once()
    from ansible_collections.backupops.veeam_em.plugins.module_utils._backup_session import run_backup_session

    run_backup_session()


if __name__ == "__main__":
    main()
