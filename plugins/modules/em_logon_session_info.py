#!/usr/bin/python

# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: em_logon_session_info
short_description: Read logon sessions of Veeam Backup Enterprise Manager
version_added: 1.0.0
author: The backupops.veeam_em authors (@backupops)
description:
  - Reads the logon sessions of the REST API that Enterprise Manager (EM) shows to the account.
  - It is not documented whether those of other accounts are among them.
notes:
  - The task logs on once and always logs out, unless O(session_token) is given; its own logon session is among those it returns.
  - With the id of a logon session its token can be made. Register the result in a task with C(no_log=true) where logs are read by
    others.
extends_documentation_fragment:
  - backupops.veeam_em.attributes.info
  - backupops.veeam_em.connection
seealso:
  - module: backupops.veeam_em.em_logon_session
"""

EXAMPLES = r"""
- name: Who is logged on
  backupops.veeam_em.em_logon_session_info:
    hostname: em.example.com
    username: EXAMPLE\backup-reader
    password: "{{ em_password }}"
  register: logons

- name: Show the accounts
  ansible.builtin.debug:
    msg: "{{ logons.logon_sessions | map(attribute='user_name') | unique }}"
"""

RETURN = r"""
logon_sessions:
  description: The logon sessions.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: GUID of the logon session.
      returned: always
      type: str
      sample: 6f1d09c2-5e7b-4a3d-8c10-2b9e4f6a7d81
    user_name:
      description: The account that logged on.
      returned: always
      type: str
      sample: EXAMPLE\backup-reader
    current:
      description: Whether it is the one that this task uses, null when neither EM nor the token tells it.
      returned: always
      type: bool
      sample: true
"""

from ansible_collections.backupops.veeam_em.plugins.module_utils._packed import compile_once


def main() -> None:
    compile_once()
    from ansible_collections.backupops.veeam_em.plugins.module_utils._logon_session_info import run_logon_session_info

    run_logon_session_info()


if __name__ == "__main__":
    main()
