# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by tests/tools/update_docs.py from the tables in plugins/module_utils: change those.

"""The options of em_backup_session."""

from __future__ import annotations


class ModuleDocFragment:
    """The options of em_backup_session."""

    DOCUMENTATION = r"""
options:
  id:
    description:
      - Stop these sessions, given as GUID or as full id (C(urn:veeam:...)). An unknown one is an error, one that
        has stopped already stays as it is.
      - An empty list stops nothing.
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
  backup_server:
    description:
      - Only sessions of the backup servers with these names.
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
  filter:
    description:
      - An expression in the query language of EM, for example V(Result==Failed;JobType!=NasBackup).
      - All other conditions hold as well.
    type: str
  match:
    description:
      - Only sessions whose returned keys (those of M(backupops.veeam_em.em_backup_session_info)) match these regular
        expressions (Python's, searched anywhere in the value).
    type: dict
  all:
    description:
      - Stop every session that runs.
    type: bool
    default: false
  state:
    description:
      - The state that the sessions should have.
    type: str
    default: stopped
    choices:
      - stopped
  max_stops:
    description:
      - Fail before anything is stopped when more sessions than this would be stopped.
    type: int
  wait:
    description:
      - Wait until the sessions have stopped.
      - EM only triggers the stop. Without waiting, the task ends when EM has accepted or refused it, after 60 seconds
        at the latest, and RV(sessions[].state) is what it was then.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait at most. What has not stopped by then is a failure.
    type: int
    default: 3600
  wait_interval:
    description:
      - Seconds between two looks. Each look takes one query per 100 sessions.
    type: int
    default: 10
"""
