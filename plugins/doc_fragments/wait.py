# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by tests/tools/update_docs.py from the tables in plugins/module_utils: change those.

"""The options of em_session_wait."""

from __future__ import annotations


class ModuleDocFragment:
    """The options of em_session_wait."""

    DOCUMENTATION = r"""
options:
  kinds:
    description:
      - Which sessions to look at. V(backup) holds those of agents and file shares as well.
      - With several kinds, an option that selects must be one that all of them have.
    type: list
    elements: str
    default:
      - backup
    choices:
      - backup
      - agent_backup
      - nas_backup
      - replica
      - restore
      - system
      - backup_task
      - replica_task
      - cdp_replica
      - cdp_replica_task
      - cloud_failover
  id:
    description:
      - Look at these sessions only, given as GUID or as full id (C(urn:veeam:...)). An unknown one is an error.
      - Excludes the options that select.
    type: list
    elements: str
  name:
    description:
      - Only sessions with one of these names, exactly.
    type: list
    elements: str
  state:
    description:
      - Only sessions in one of these states, in any case.
    type: list
    elements: str
  created_after:
    description:
      - Only sessions that started at this time or later.
      - An ISO 8601 time (an offset is honoured, without one it is UTC), or an age such as V(90m), V(24h) or V(7d),
        counted back from the server's clock.
    type: str
  created_before:
    description:
      - Only sessions that started before this time.
      - An ISO 8601 time (an offset is honoured, without one it is UTC), or an age such as V(90m), V(24h) or V(7d),
        counted back from the server's clock.
    type: str
  match:
    description:
      - Only sessions whose returned keys (those of the info module of their kind) match these regular expressions
        (Python's, searched anywhere in the value).
    type: dict
  filter:
    description:
      - An expression in the query language of EM, for example V(Result==Failed;JobType!=NasBackup).
      - All other conditions hold as well.
    type: str
  backup_server:
    description:
      - Only sessions of the backup servers with these names.
    type: list
    elements: str
  job_name:
    description:
      - Only sessions of the jobs with these names, exactly.
    type: list
    elements: str
  job_id:
    description:
      - Only sessions of these jobs, given as GUID or as full id.
    type: list
    elements: str
  job_type:
    description:
      - Only sessions of these types of jobs, in any case.
    type: list
    elements: str
  is_retry:
    description:
      - Only sessions that are retries, or with V(false) only first runs.
    type: bool
  policy_name:
    description:
      - Only sessions of the CDP policies with these names, exactly.
    type: list
    elements: str
  policy_id:
    description:
      - Only sessions of these CDP policies, given as GUID or as full id.
    type: list
    elements: str
  session_type:
    description:
      - Only sessions of these types, such as V(CollectJob) or V(DatabaseMaintenance), in any case.
    type: list
    elements: str
  vm_name:
    description:
      - Only sessions of the machines with these names.
    type: list
    elements: str
  session_id:
    description:
      - Only sessions that belong to these sessions.
    type: list
    elements: str
  until:
    description:
      - V(idle) waits until no session that is selected runs, those that start meanwhile included.
      - V(finished) waits until those have finished that run at the beginning, whatever starts meanwhile.
    type: str
    default: idle
    choices:
      - idle
      - finished
  stable_for:
    description:
      - Seconds that nothing may have run before the wait is over; what starts meanwhile begins them anew.
    type: int
    default: 0
  wait_timeout:
    description:
      - Seconds to wait at most. What still runs then is a failure, which names it.
    type: int
    default: 3600
  wait_interval:
    description:
      - Seconds between two looks. Each look takes a query for each of O(kinds), with O(id) one for a hundred sessions.
      - Looks come every ten minutes at least, which keeps the logon session open.
    type: int
    default: 10
"""
