#!/usr/bin/python

# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: em_query_info
short_description: Query anything of Veeam Backup Enterprise Manager
version_added: 1.0.0
author: The backupops.veeam_em authors (@backupops)
description:
  - Reads what a query of Enterprise Manager (EM) selects, of any type that its query service knows.
  - It is the way to everything that the other modules of the collection do not name. Sessions are better read by the modules for
    them, which know how each kind of session is selected and what its values mean.
  - The values of a resource are text, as EM wrote them, lists and dictionaries; their keys are EM's names in snake_case.
extends_documentation_fragment:
  - backupops.veeam_em.attributes.info
  - backupops.veeam_em.connection
  - backupops.veeam_em.resources
seealso:
  - module: backupops.veeam_em.em_backup_session_info
"""

EXAMPLES = r"""
- name: Failed replica sessions in EM's own words, with the links to their jobs and servers
  backupops.veeam_em.em_query_info:
    hostname: em.example.com
    username: EXAMPLE\backup-reader
    password: "{{ em_password }}"
    type: ReplicaJobSession
    filter: Result==Failed
    fields: [name, job_name, end_time_utc, links]

- name: The newest sessions of a job, with the connection in the environment
  backupops.veeam_em.em_query_info:
    type: BackupJobSession
    filter: JobName=="Daily SQL"
    sort_by: CreationTime
    sort_order: desc
    limit: 5
"""

RETURN = r"""
resources:
  description: The resources. Besides the keys below each has what EM sent for it.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: GUID of the resource, for a task its id, null where EM gives none.
      returned: always
      type: str
      sample: 8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4
    uid:
      description: Full id of the resource, null where EM gives none.
      returned: always
      type: str
      sample: urn:veeam:Job:8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4
    name:
      description: Name of the resource, null where EM gives none.
      returned: always
      type: str
      sample: Daily SQL
count:
  description: How many resources are returned.
  returned: success
  type: int
  sample: 1
truncated:
  description: Whether O(limit) cut the list.
  returned: success
  type: bool
  sample: false
"""

from ansible_collections.backupops.veeam_em.plugins.module_utils._packed import compile_once


def main() -> None:
    compile_once()
    from ansible_collections.backupops.veeam_em.plugins.module_utils._query_info import run_query_info

    run_query_info()


if __name__ == "__main__":
    main()
