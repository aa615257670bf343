#!/usr/bin/python

# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: em_task_info
short_description: Read tasks of Veeam Backup Enterprise Manager
version_added: 1.0.0
author: The backupops.veeam_em authors (@backupops)
description:
  - Reads what has come of actions that Enterprise Manager (EM) accepted, such as the start of a job.
  - EM knows a task only inside the logon session that made it, so O(session_token) is needed, the one with which the action was
    asked for.
  - A task that has finished says whether the action was accepted by the backup server, not that it is done.
extends_documentation_fragment:
  - backupops.veeam_em.attributes.info
  - backupops.veeam_em.connection
  - backupops.veeam_em.task
seealso:
  - module: backupops.veeam_em.em_logon_session
  - module: backupops.veeam_em.em_backup_session
"""

EXAMPLES = r"""
- name: Start a job by the API and follow its task
  module_defaults:
    group/backupops.veeam_em.em:
      hostname: em.example.com
  block:
    - name: Log on
      backupops.veeam_em.em_logon_session:
        username: EXAMPLE\backup-operator
        password: "{{ em_password }}"
      register: logon
      no_log: true

    - name: Start the job
      ansible.builtin.uri:
        url: https://em.example.com:9398/api/jobs/8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4?action=start
        method: POST
        headers:
          X-RestSvcSessionId: "{{ logon.session_token }}"
          Accept: application/json
        status_code: 202
      register: started
      no_log: true

    - name: Wait until EM has dealt with it
      backupops.veeam_em.em_task_info:
        session_token: "{{ logon.session_token }}"
        task_id: ["{{ started.json.TaskId | default(started.json.taskId) }}"]
      register: task
      until: task.tasks[0].finished
      retries: 30
      delay: 2
  always:
    - name: Log out
      backupops.veeam_em.em_logon_session:
        hostname: em.example.com
        session_token: "{{ logon.session_token }}"
        session_id: "{{ logon.session_id }}"
        state: absent
      when: logon.session_token is defined
"""

RETURN = r"""
tasks:
  description: The tasks, in the order of O(task_id).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the task, which counts inside its logon session.
      returned: always
      type: str
      sample: task-1
    operation:
      description: What EM was asked to do.
      returned: always
      type: str
      sample: StopJobSession
    state:
      description: V(Running), V(OperationFinished) or V(Finished). Others are passed through.
      returned: always
      type: str
      sample: Finished
    finished:
      description: Whether EM is done with the task, its own data included.
      returned: always
      type: bool
      sample: true
    success:
      description: Whether the operation was accepted, null while it is not known.
      returned: always
      type: bool
      sample: true
    message:
      description: What EM says about it.
      returned: always
      type: str
      sample: Job Session "Daily SQL@2026-03-01 20:00:09" triggered to stop.
"""

from ansible_collections.backupops.veeam_em.plugins.module_utils._packed import compile_once


def main() -> None:
    compile_once()
    from ansible_collections.backupops.veeam_em.plugins.module_utils._task_info import run_task_info

    run_task_info()


if __name__ == "__main__":
    main()
