#!/usr/bin/python

# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: em_logon_session
short_description: Log on to Veeam Backup Enterprise Manager once for several tasks
version_added: 1.0.0
author: The backupops.veeam_em authors (@backupops)
description:
  - Every module of the collection logs on and out by itself. With many tasks, one logon session can be shared instead.
  - Log on with O(state=present), give the returned RV(session_token) to the other tasks, and log out with O(state=absent)
    in an C(always) section. A logon session ends by itself after 15 idle minutes.
  - O(state=present) needs O(username) and O(password); O(state=absent) needs O(session_token) and O(session_id).
  - The token is as good as the password while it lives, and it can be made from the id. Register it in a task with C(no_log=true).
extends_documentation_fragment:
  - backupops.veeam_em.attributes.logon
  - backupops.veeam_em.connection
  - backupops.veeam_em.logon
"""

EXAMPLES = r"""
- name: One logon for several tasks
  module_defaults:
    group/backupops.veeam_em.em:
      hostname: em.example.com
  block:
    - name: Log on
      backupops.veeam_em.em_logon_session:
        username: EXAMPLE\backup-reader
        password: "{{ em_password }}"
      register: logon
      no_log: true

    - name: Read what failed
      backupops.veeam_em.em_backup_session_info:
        session_token: "{{ logon.session_token }}"
        result: [Failed]

    - name: Read what runs
      backupops.veeam_em.em_backup_session_info:
        session_token: "{{ logon.session_token }}"
        running: true
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
session_token:
  description: Token of the new logon session, for the option O(session_token) of other tasks.
  returned: when O(state=present)
  type: str
  sample: NmYxZDA5YzItNWU3Yi00YTNkLThjMTAtMmI5ZTRmNmE3ZDgx
session_id:
  description: Id of the new logon session, for O(session_id) when it is logged out.
  returned: when O(state=present)
  type: str
  sample: 6f1d09c2-5e7b-4a3d-8c10-2b9e4f6a7d81
"""

from ansible_collections.backupops.veeam_em.plugins.module_utils._packed import compile_once


def main() -> None:
    compile_once()
    from ansible_collections.backupops.veeam_em.plugins.module_utils._logon_session import run_logon_session

    run_logon_session()


if __name__ == "__main__":
    main()
