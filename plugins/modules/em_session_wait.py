#!/usr/bin/python

# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: em_session_wait
short_description: Wait until sessions of Veeam Backup Enterprise Manager have finished
version_added: 1.0.0
author: The backupops.veeam_em authors (@backupops)
description:
  - Waits until no session that is selected runs, of one kind or of several at once. It is the gate before a maintenance window.
  - Or waits until given sessions have finished, or those that run at the beginning.
  - What Enterprise Manager (EM) knows of a session can lag behind the backup server by minutes; O(stable_for) guards against that,
    and against the pause between two sessions of a job.
  - The state of a session decides whether it runs, not its result. A policy of continuous data protection has a session that runs
    all the time, and those of backup copy jobs are C(Idle) day and night; leave them out by O(match).
  - A name that no session has selects nothing, so that nothing is waited for.
notes:
  - The task logs on once for the whole wait. A logon session that ends meanwhile is renewed, unless only O(session_token) is given.
  - A short time in which EM cannot be asked does not end the wait.
extends_documentation_fragment:
  - backupops.veeam_em.attributes.wait
  - backupops.veeam_em.connection
  - backupops.veeam_em.wait
seealso:
  - module: backupops.veeam_em.em_backup_session
  - module: backupops.veeam_em.em_backup_session_info
"""

EXAMPLES = r"""
- name: Wait for up to an hour until neither backups nor restores have run for two minutes
  backupops.veeam_em.em_session_wait:
    hostname: em.example.com
    username: EXAMPLE\backup-reader
    password: "{{ em_password }}"
    kinds: [backup, restore]
    match: {state: '^(?!Idle$)'} # without backup copy jobs, which idle day and night
    stable_for: 120
    wait_timeout: 3600

- name: Wait for the sessions of one job that run now, with the connection in the environment
  backupops.veeam_em.em_session_wait:
    job_name: [Daily SQL]
    until: finished
    wait_interval: 30

- name: Wait for one session
  backupops.veeam_em.em_session_wait:
    id: [0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11]
    until: finished
"""

RETURN = r"""
waited:
  description: Seconds that the task waited.
  returned: always but for an error before the first look
  type: int
  sample: 340
sessions:
  description:
    - What ran at the last look, empty when the wait was successful. The keys are those of the info module of the session's kind.
  returned: always but for an error before the first look
  type: list
  elements: dict
  sample: []
history:
  description: What changed during the wait, beginning with the first look.
  returned: always but for an error before the first look
  type: list
  elements: dict
  contains:
    time:
      description: When it was seen, UTC, by the server's clock.
      returned: always
      type: str
      sample: '2026-03-01T20:10:00Z'
    running:
      description: How many of the sessions ran then.
      returned: always
      type: int
      sample: 3
msg:
  description: What the task would wait for.
  returned: in check mode
  type: str
  sample: 'It would wait for 1 session: Daily SQL@2026-03-01 20:00:09 (Working).'
"""

from ansible_collections.backupops.veeam_em.plugins.module_utils._packed import compile_once


def main() -> None:
    compile_once()
    from ansible_collections.backupops.veeam_em.plugins.module_utils._session_wait import run_session_wait

    run_session_wait()


if __name__ == "__main__":
    main()
