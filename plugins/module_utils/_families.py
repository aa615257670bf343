# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The table of session families: where each lives in EM, how its records read, how it is selected.

PRIVATE to the collection: everything here may change without notice.
Readers, queries, results, argument specs, documentation and return values all come from this table.
Adding a family is one entry here (its fields, its paths), a module that is only documentation, mock data and tests.
"""

from __future__ import annotations

import dataclasses
import typing as t


@dataclasses.dataclass(frozen=True)
class Field:
    """One key of a session in the result.

    element: name of the XML element or attribute and of the JSON member. link: (Rel, Type) of the links that it is read from.
    filter: the server's name for it in a filter and for sorting, where it has one: not always the element's name.
    computed: the result builds it by itself from other fields.
    """

    name: str
    description: str
    sample: t.Any
    type: str = "str"  # str, int, bool, time, id, server, ids
    element: str | None = None
    link: tuple[str, str] | None = None
    filter: str | None = None
    computed: bool = False


@dataclasses.dataclass(frozen=True)
class Include:
    """Related sessions that can be asked for: which family, by which of its fields they point to their session."""

    name: str
    kind: str
    by: str


@dataclasses.dataclass(frozen=True)
class Family:
    """One kind of session.

    path: the collection. root, entity, items: XML names of the collection, of one session alone, and of one in a list.
    query_type: None where EM has no query for the family; its options are then applied here.
    finished: states that mean the session is over; any other one means that it runs. job: the fields by which summaries group.
    options: names of the groups of options (_session_options.py) that the module offers. readers: who may read it, for messages.
    """

    kind: str
    title: str
    path: str
    uid_kind: str
    query_type: str | None
    root: str
    entity: str
    items: tuple[str, ...]
    fields: tuple[Field, ...]
    finished: tuple[str, ...]
    options: tuple[str, ...]
    job: tuple[str, str] | None = None
    includes: tuple[Include, ...] = ()
    readers: str = "Portal Administrator or Portal User"

    def field(self, name: str) -> Field | None:
        """Return the field of that name, None when the family has none."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def titles(self) -> str:
        """The title in the plural."""
        return f"{self.title}s"


def _common(title: str, sample: str, uid_kind: str, states: str, finished: str) -> tuple[Field, ...]:
    """Return the fields that every session has; only the words of the documentation differ by family."""
    guid = "0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11"
    return (
        Field("kind", "The family that was read.", sample, computed=True),
        Field("id", "GUID of the session.", guid, type="id", element="UID", filter="UID"),
        Field("uid", "Full id of the session.", f"urn:veeam:{uid_kind}:{guid}", element="UID", filter="UID"),
        Field("name", f"Name of the {title}.", "Daily SQL@2026-03-01 20:00:09", element="Name", filter="Name"),
        Field(
            "state",
            f"State of the session: {states}. Others are passed through.",
            finished,
            element="State",
            filter="State",
        ),
        Field(
            "result",
            "V(Success), V(Warning) or V(Failed), null while there is none. Others are passed through.",
            "Failed",
            type="result",
            element="Result",
            filter="Result",
        ),
        Field(
            "running",
            "Whether the session has not finished. Only its state decides.",
            False,
            type="bool",
            computed=True,
        ),
        Field(
            "creation_time",
            "When the session started, UTC.",
            "2026-03-01T20:00:09.607Z",
            type="time",
            element="CreationTimeUTC",
            filter="CreationTime",
        ),
        Field(
            "end_time",
            "When the session ended, UTC, null while it runs.",
            "2026-03-01T20:12:54.717Z",
            type="time",
            element="EndTimeUTC",
            filter="EndTime",
        ),
        Field(
            "duration",
            "Seconds from start to end, for a running session up to the server's now.",
            765,
            type="int",
            computed=True,
        ),
        Field(
            "backup_server",
            "The backup server that ran the session (its C(id) and C(name)), null when EM does not say.",
            {"id": "5b3e9c64-7c0f-4f3c-8a55-0d7f1a2b3c4d", "name": "vbr01.example.com"},
            type="server",
            link=("Up", "BackupServerReference"),
            filter="BackupServerName",
        ),
    )


_JOB_STATES = "V(Starting), V(Working), V(Pausing), V(Resuming), V(Stopping), V(Idle) or V(Stopped)"
_TASK_STATES = "V(Pending), V(InProgress) or V(Completed)"

_JOB = (
    Field(
        "job_id",
        "GUID of the job.",
        "8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4",
        type="id",
        element="JobUid",
        filter="JobUid",
    ),
    Field(
        "job_uid",
        "Full id of the job.",
        "urn:veeam:Job:8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4",
        element="JobUid",
        filter="JobUid",
    ),
    Field("job_name", "Name of the job.", "Daily SQL", element="JobName", filter="JobName"),
)
_JOB_TYPE = Field("job_type", "Type of the job.", "Backup", element="JobType", filter="JobType")
_PROGRESS = Field(
    "progress",
    "Progress in percent. V(0) is common, even when the session is over.",
    100,
    type="int",
    element="Progress",
)
_IS_RETRY = Field("is_retry", "Whether the session is itself a retry.", False, type="bool", element="IsRetry", filter="IsRetry")
_FAILURE = Field("failure_message", "Why the session failed, null when EM does not say.", None, element="FailureMessage")

BACKUP = Family(
    kind="backup",
    title="backup job session",
    path="backupSessions",
    uid_kind="BackupJobSession",
    query_type="BackupJobSession",
    root="BackupJobSessions",
    entity="BackupJobSession",
    items=("BackupJobSession",),
    fields=(
        *_common("backup job session", "backup", "BackupJobSession", _JOB_STATES, "Stopped"),
        *_JOB,
        _JOB_TYPE,
        _PROGRESS,
        _IS_RETRY,
        _FAILURE,
        Field(
            "restore_point_ids",
            "GUIDs of the restore points that the session made.",
            ["d19f6a02-4f6b-4c1d-8f5e-2a3b4c5d6e7f"],
            type="ids",
            link=("Related", "RestorePointReference"),
        ),
        Field(
            "parent_id",
            "GUID of the session that this one is part of: of a machine's agent session. Null for all others.",
            None,
            type="id",
            link=("Up", "BackupJobSessionReference"),
        ),
    ),
    finished=("Stopped",),
    options=("sessions", "query", "server", "job", "job_type", "retry"),
    job=("job_id", "job_name"),
    includes=(Include("tasks", "backup_task", "session_id"),),
)

BACKUP_TASK = Family(
    kind="backup_task",
    title="backup task session",
    path="backupTaskSessions",
    uid_kind="BackupTaskSession",
    query_type="BackupTaskSession",
    root="BackupTaskSessions",
    entity="BackupTaskSession",
    items=("BackupTaskSession",),
    fields=(
        *_common("backup task session", "backup_task", "BackupTaskSession", _TASK_STATES, "Completed"),
        Field(
            "session_id",
            "GUID of the job session that the task belongs to.",
            "0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11",
            type="id",
            element="JobSessionUid",
            filter="JobSessionUid",
        ),
        Field("vm_name", "Name of the machine.", "sql01", element="VmDisplayName", filter="VmDisplayName"),
        Field("vm_uid", "Id of the machine in its platform.", "urn:VMware:Vm:5f0c9d1e.vm-123", element="VmUid"),
        Field("reason", "Why the task failed or warned.", "Not enough space", element="Reason", filter="Reason"),
        Field("total_size", "Bytes processed.", 12884901888, type="int", element="TotalSize", filter="TotalSize"),
        Field(
            "restore_point_id",
            "GUID of the restore point that the task made.",
            "d19f6a02-4f6b-4c1d-8f5e-2a3b4c5d6e7f",
            type="id",
            link=("Related", "VmRestorePoint"),
        ),
    ),
    finished=("Completed",),
    options=("sessions", "query", "server", "machine", "parent_session"),
)

FAMILIES: t.Mapping[str, Family] = {family.kind: family for family in (BACKUP, BACKUP_TASK)}
