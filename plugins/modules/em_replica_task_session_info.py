#!/usr/bin/python

# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: em_replica_task_session_info
short_description: Read replica task sessions of Veeam Backup Enterprise Manager
version_added: 1.0.0
author: The backupops.veeam_em authors (@backupops)
description:
  - 'Reads the task sessions of replication jobs that Enterprise Manager (EM) knows: what one session did for one machine.'
  - Without options that select, those of the last 30 days, in one request.
  - A running task can have a result already; only its state tells whether it has finished.
notes:
  - The task logs on once and always logs out, unless O(session_token) is given.
extends_documentation_fragment:
  - backupops.veeam_em.attributes.info
  - backupops.veeam_em.connection
  - backupops.veeam_em.sessions
  - backupops.veeam_em.sessions.query
  - backupops.veeam_em.sessions.server
  - backupops.veeam_em.sessions.machine
  - backupops.veeam_em.sessions.parent_session
  - backupops.veeam_em.sessions.job
  - backupops.veeam_em.sessions.include_replica_task
seealso:
  - module: backupops.veeam_em.em_replica_session_info
  - module: backupops.veeam_em.em_logon_session
"""

EXAMPLES = r"""
- name: Why machines were not replicated in the last 24 hours
  backupops.veeam_em.em_replica_task_session_info:
    hostname: em.example.com
    username: EXAMPLE\backup-reader
    password: "{{ em_password }}"
    result: [Failed]
    created_after: 24h
    fields: [vm_name, reason, session_id]

- name: The tasks of one job, with the connection in the environment
  backupops.veeam_em.em_replica_task_session_info:
    job_name: [To site B]
    created_after: 7d
"""

RETURN = r"""
sessions:
  description: The replica task sessions. Elements that the collection does not know come along in snake_case.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: The family that was read.
      returned: always
      type: str
      sample: replica_task
    id:
      description: GUID of the session.
      returned: always
      type: str
      sample: 0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11
    uid:
      description: Full id of the session.
      returned: always
      type: str
      sample: urn:veeam:ReplicaTaskSession:0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11
    name:
      description: Name of the replica task session.
      returned: always
      type: str
      sample: sql01@2026-03-01 20:00:31
    state:
      description: 'State of the session: V(Pending), V(InProgress) or V(Completed). Others are passed through.'
      returned: always
      type: str
      sample: Completed
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
    session_id:
      description: GUID of the session that the task belongs to.
      returned: always
      type: str
      sample: 0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11
    vm_name:
      description: Name of the machine.
      returned: always
      type: str
      sample: sql01
    reason:
      description: Why the task failed or warned.
      returned: always
      type: str
      sample: Not enough space
    total_size:
      description: Bytes processed.
      returned: always
      type: int
      sample: 12884901888
    restore_point_id:
      description: GUID of the restore point that the task made, null when EM does not say.
      returned: always
      type: str
      sample: d19f6a02-4f6b-4c1d-8f5e-2a3b4c5d6e7f
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
"""

from ansible_collections.backupops.veeam_em.plugins.module_utils._packed import compile_once


def main() -> None:
    compile_once()
    from ansible_collections.backupops.veeam_em.plugins.module_utils._info import run_session_info

    run_session_info("replica_task")


if __name__ == "__main__":
    main()
