# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by tests/tools/update_docs.py from the tables in plugins/module_utils: change those.

"""The options by which sessions are selected."""

from __future__ import annotations


class ModuleDocFragment:
    """The options by which sessions are selected."""

    DOCUMENTATION = r"""
options:
  id:
    description:
      - Read these sessions, given as GUID or as full id (C(urn:veeam:...)), in this order. An unknown one is an
        error.
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
  result:
    description:
      - Only sessions with one of these results, in any case.
      - A running session has the result V(None).
    type: list
    elements: str
  running:
    description:
      - Only sessions that have not finished, or with V(false) only finished ones.
    type: bool
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
  ended_after:
    description:
      - Only sessions that ended at this time or later.
      - An ISO 8601 time (an offset is honoured, without one it is UTC), or an age such as V(90m), V(24h) or V(7d),
        counted back from the server's clock.
    type: str
  ended_before:
    description:
      - Only sessions that ended before this time.
      - An ISO 8601 time (an offset is honoured, without one it is UTC), or an age such as V(90m), V(24h) or V(7d),
        counted back from the server's clock.
    type: str
  match:
    description:
      - 'Only sessions whose returned values match these regular expressions (Python''s, searched anywhere in the
        value): what the query language of EM cannot say.'
      - Applied to each session as it is read, before O(limit) and before RV(summary).
    type: dict
  sort_by:
    description:
      - A returned key to sort by. Without it the newest sessions come first, those named by O(id) in the order
        given.
      - By a key that the server cannot sort on, everything selected is read before O(limit) cuts it.
    type: str
  sort_order:
    description:
      - Direction of O(sort_by).
    type: str
    default: desc
    choices:
      - asc
      - desc
  limit:
    description:
      - Return at most so many sessions, and read no more than that takes.
    type: int
  fields:
    description:
      - Return only these keys of each session.
    type: list
    elements: str
  summary_only:
    description:
      - Return no sessions, only RV(summary).
    type: bool
    default: false
"""

    QUERY = r"""
options:
  filter:
    description:
      - An expression in the query language of EM, for example V(Result==Failed;JobType!=NasBackup).
      - All other conditions hold as well.
    type: str
  page_size:
    description:
      - Sessions per page of a query.
    type: int
    default: 500
notes:
  - Only sessions of the last 30 days are read, unless one of the four options of time, O(id), O(running=true) or, for task
    sessions, C(session_id) is given. O(created_after=400d) looks further back, for example.
"""

    SERVER = r"""
options:
  backup_server:
    description:
      - Only sessions of the backup servers with these names.
    type: list
    elements: str
"""

    JOB = r"""
options:
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
"""

    JOB_TYPE = r"""
options:
  job_type:
    description:
      - Only sessions of these types of jobs, in any case.
    type: list
    elements: str
"""

    RETRY = r"""
options:
  is_retry:
    description:
      - Only sessions that are retries, or with V(false) only first runs.
    type: bool
"""

    POLICY = r"""
options:
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
"""

    SESSION_TYPE = r"""
options:
  session_type:
    description:
      - Only sessions of these types, such as V(CollectJob) or V(DatabaseMaintenance), in any case.
    type: list
    elements: str
"""

    MACHINE = r"""
options:
  vm_name:
    description:
      - Only sessions of the machines with these names.
    type: list
    elements: str
"""

    PARENT_SESSION = r"""
options:
  session_id:
    description:
      - Only sessions that belong to these sessions.
    type: list
    elements: str
"""

    INCLUDE_BACKUP = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(tasks) adds its task sessions, V(links) adds the links that EM sent.'
      - Sessions that belong to them are fetched with few requests, however many sessions there are.
    type: list
    elements: str
    choices:
      - tasks
      - links
"""

    INCLUDE_AGENT_BACKUP = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(tasks) adds its task sessions, V(agents) adds to the session of an
        agent job the sessions of its machines, V(links) adds the links that EM sent.'
      - Sessions that belong to them are fetched with few requests, however many sessions there are.
    type: list
    elements: str
    choices:
      - tasks
      - agents
      - links
"""

    INCLUDE_NAS_BACKUP = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(tasks) adds its task sessions, V(links) adds the links that EM sent.'
      - Sessions that belong to them are fetched with few requests, however many sessions there are.
    type: list
    elements: str
    choices:
      - tasks
      - links
"""

    INCLUDE_REPLICA = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(tasks) adds its task sessions, V(links) adds the links that EM sent.'
      - Sessions that belong to them are fetched with few requests, however many sessions there are.
    type: list
    elements: str
    choices:
      - tasks
      - links
"""

    INCLUDE_RESTORE = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(links) adds the links that EM sent.'
    type: list
    elements: str
    choices:
      - links
"""

    INCLUDE_SYSTEM = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(events) adds what the session logged, which takes one request for
        each session, V(links) adds the links that EM sent.'
    type: list
    elements: str
    choices:
      - events
      - links
"""

    INCLUDE_BACKUP_TASK = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(links) adds the links that EM sent.'
    type: list
    elements: str
    choices:
      - links
"""

    INCLUDE_REPLICA_TASK = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(links) adds the links that EM sent.'
    type: list
    elements: str
    choices:
      - links
"""

    INCLUDE_CDP_REPLICA = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(tasks) adds its task sessions, V(links) adds the links that EM sent.'
      - Sessions that belong to them are fetched with few requests, however many sessions there are.
    type: list
    elements: str
    choices:
      - tasks
      - links
"""

    INCLUDE_CDP_REPLICA_TASK = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(links) adds the links that EM sent.'
    type: list
    elements: str
    choices:
      - links
"""

    INCLUDE_CLOUD_FAILOVER = r"""
options:
  include:
    description:
      - 'Add related facts to each session: V(links) adds the links that EM sent.'
    type: list
    elements: str
    choices:
      - links
"""
