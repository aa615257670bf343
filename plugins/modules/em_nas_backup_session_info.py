#!/usr/bin/python

# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: em_nas_backup_session_info
short_description: Read file share backup sessions of Veeam Backup Enterprise Manager
version_added: 1.0.0
author: The backupops.veeam_em authors (@backupops)
description:
  - Reads the sessions of file share (NAS) backup jobs that Enterprise Manager (EM) knows.
  - Without options that select, those of the last 30 days, in one request.
notes:
  - The task logs on once and always logs out, unless O(session_token) is given.
extends_documentation_fragment:
  - backupops.veeam_em.attributes.info
  - backupops.veeam_em.connection
  - backupops.veeam_em.sessions
  - backupops.veeam_em.sessions.query
  - backupops.veeam_em.sessions.server
  - backupops.veeam_em.sessions.job
  - backupops.veeam_em.sessions.job_type
  - backupops.veeam_em.sessions.retry
  - backupops.veeam_em.sessions.include_nas_backup
seealso:
  - module: backupops.veeam_em.em_backup_session_info
  - module: backupops.veeam_em.em_backup_task_session_info
  - module: backupops.veeam_em.em_logon_session
"""

EXAMPLES = r"""
- name: Which file share backups did not succeed this week
  backupops.veeam_em.em_nas_backup_session_info:
    hostname: em.example.com
    username: EXAMPLE\backup-reader
    password: "{{ em_password }}"
    result: [Failed, Warning]
    created_after: 7d

- name: The sessions of one job, however old, with the connection in the environment
  backupops.veeam_em.em_nas_backup_session_info:
    job_id: [8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4]
    created_after: 400d
    include: [tasks]
"""

RETURN = r"""
sessions:
  description: The file share backup sessions. Elements that the collection does not know come along in snake_case.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: The family that was read.
      returned: always
      type: str
      sample: nas_backup
    id:
      description: GUID of the session.
      returned: always
      type: str
      sample: 0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11
    uid:
      description: Full id of the session.
      returned: always
      type: str
      sample: urn:veeam:BackupJobSession:0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11
    name:
      description: Name of the file share backup session.
      returned: always
      type: str
      sample: Team shares@2026-03-01 20:00:09
    state:
      description: 'State of the session: V(Starting), V(Working), V(Pausing), V(Resuming), V(Stopping), V(Idle)
        or V(Stopped). Others are passed through.'
      returned: always
      type: str
      sample: Stopped
    result:
      description: V(Success), V(Warning) or V(Failed), null while there is none. Others are passed through.
      returned: always
      type: str
      sample: Failed
    running:
      description: Whether the session has not finished. Only its state decides.
      returned: always
      type: bool
      sample: false
    creation_time:
      description: When the session started, UTC.
      returned: always
      type: str
      sample: '2026-03-01T20:00:09.607Z'
    end_time:
      description: When the session ended, UTC, null while it runs.
      returned: always
      type: str
      sample: '2026-03-01T20:12:54.717Z'
    duration:
      description: Seconds from start to end, for a running session up to the server's now.
      returned: always
      type: int
      sample: 765
    backup_server:
      description: The backup server that ran the session (its C(id) and C(name)), null when EM does not say.
      returned: always
      type: dict
      sample:
        id: 5b3e9c64-7c0f-4f3c-8a55-0d7f1a2b3c4d
        name: vbr01.example.com
    job_id:
      description: GUID of the job.
      returned: always
      type: str
      sample: 8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4
    job_uid:
      description: Full id of the job.
      returned: always
      type: str
      sample: urn:veeam:Job:8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4
    job_name:
      description: Name of the job.
      returned: always
      type: str
      sample: Daily SQL
    job_type:
      description: Type of the job.
      returned: always
      type: str
      sample: NasBackup
    progress:
      description: Progress in percent. V(0) is common, even when the session is over.
      returned: always
      type: int
      sample: 100
    is_retry:
      description: Whether the session is itself a retry.
      returned: always
      type: bool
      sample: false
    failure_message:
      description: Why the session failed, null when EM does not say.
      returned: always
      type: str
      sample: Not enough space
    restore_point_ids:
      description: GUIDs of the restore points that the session made.
      returned: always
      type: list
      elements: str
      sample:
        - d19f6a02-4f6b-4c1d-8f5e-2a3b4c5d6e7f
    parent_id:
      description: GUID of the session of the agent job that a machine's session is part of, null for all others.
      returned: always
      type: str
      sample: 0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11
    tasks:
      description: The sessions of the kind C(backup_task) that belong to this one, newest first.
      returned: when O(include) has V(tasks)
      type: list
      elements: dict
      sample:
        - kind: backup_task
          vm_name: sql01
          result: Failed
          reason: Not enough space
    links:
      description: The links that EM sent. Hosts and paths in them can be wrong.
      returned: when O(include) has V(links)
      type: list
      elements: dict
      sample:
        - rel: Up
          type: BackupServerReference
          name: vbr01.example.com
      contains:
        rel:
          description: What the link is to the session.
          returned: always
          type: str
          sample: Up
        type:
          description: Type of what it leads to.
          returned: always
          type: str
          sample: BackupServerReference
        name:
          description: Name of what it leads to.
          returned: always
          type: str
          sample: vbr01.example.com
        href:
          description: Where it leads to.
          returned: always
          type: str
          sample: https://em.example.com:9398/api/backupServers/5b3e9c64-7c0f-4f3c-8a55-0d7f1a2b3c4d
count:
  description: How many sessions are returned.
  returned: success
  type: int
  sample: 1
truncated:
  description: Whether O(limit) cut the list.
  returned: success
  type: bool
  sample: false
summary:
  description: Figures over all sessions that matched and were read.
  returned: success
  type: dict
  contains:
    total:
      returned: always
      description: How many sessions.
      type: int
      sample: 42
    running:
      returned: always
      description: How many of them have not finished.
      type: int
      sample: 2
    by_state:
      returned: always
      description: How many in each state.
      type: dict
      sample:
        Stopped: 40
        Working: 2
    by_result:
      returned: always
      description: How many with each result, those without one under C(none).
      type: dict
      sample:
        Failed: 3
        Success: 37
        none: 2
    oldest:
      returned: always
      description: The earliest creation time, UTC.
      type: str
      sample: '2026-02-01T20:00:09.607Z'
    newest:
      returned: always
      description: The latest creation time, UTC.
      type: str
      sample: '2026-03-01T20:00:09.607Z'
    by_job:
      returned: always
      description: The same for each job, by name. C(last_) is of the session that finished last.
      type: list
      elements: dict
      sample:
        - job_id: 8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4
          job_name: Daily SQL
          total: 3
          running: 1
          by_result:
            Failed: 1
            Success: 1
            none: 1
          last_result: Success
          last_end_time: '2026-03-01T20:12:54.717Z'
"""

from ansible_collections.backupops.veeam_em.plugins.module_utils._packed import compile_once


def main() -> None:
    compile_once()
    from ansible_collections.backupops.veeam_em.plugins.module_utils._info import run_session_info

    run_session_info("nas_backup")


if __name__ == "__main__":
    main()
