# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What session families have in common: three kinds of backup sessions, three of task sessions. The table is made of it.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t
from types import MappingProxyType

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family, _fields

# What tells the families of backup sessions apart. Other types of jobs are passed through.
AGENT_TYPES = ("AgentBackup", "AgentManagement")
NAS_TYPES = ("NasBackup",)
VM_TYPES = ("Backup", "BackupCopy", "ImmediateBackupCopy", "ImmediateBackupCopyWorker")

JOB_LIKE = ("sessions", "query", "server", "job", "job_type", "retry")
TASK_LIKE = ("sessions", "query", "server", "machine", "parent_session")


def job_family(kind: str, title: str, uid_kind: str, name: str, job: str, *own: _family.Field, **settings: t.Any) -> _family.Family:
    """Return a family of the runs of jobs. name, job: samples of the names of a session and of the type of a job."""
    return _family.Family(
        kind=kind,
        title=title,
        uid_kind=uid_kind,
        fields=(
            *_fields.common(kind, title, uid_kind, _fields.JOB_STATES, name),
            *_fields.JOB,
            _fields.job_type(job),
            _fields.PROGRESS,
            _fields.IS_RETRY,
            _fields.FAILURE,
            *own,
        ),
        finished=("Stopped",),
        options=JOB_LIKE,
        job=("job_id", "job_name"),
        **settings,
    )


def backup_family(kind: str, title: str, name: str, job: str, **settings: t.Any) -> _family.Family:
    """Return a family of backup job sessions: agents and file shares have collections, not entities, of their own."""
    return job_family(kind, title, "BackupJobSession", name, job, _fields.RESTORE_POINTS, _fields.PARENT, **settings)


def task_family(
    kind: str,
    title: str,
    path: str,
    uid_kind: str,
    owner_field: _family.Field,
    *own: _family.Field,
    filters: t.Mapping[str, t.Mapping[str, t.Any]] = MappingProxyType({}),
    **settings: t.Any,
) -> _family.Family:
    """Return a family of task sessions: what one session did for one machine. filters: other filter names of common fields."""
    return _family.Family(
        kind=kind,
        title=title,
        path=path,
        uid_kind=uid_kind,
        fields=(
            *_fields.adapted(_fields.common(kind, title, uid_kind, _fields.TASK_STATES, "sql01@2026-03-01 20:00:31"), **filters),
            owner_field,
            _fields.MACHINE,
            _fields.REASON,
            _fields.TOTAL_SIZE,
            *own,
        ),
        finished=("Completed",),
        **settings,
    )
