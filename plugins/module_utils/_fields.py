# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The fields that several session families share. The table of families is made of them.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family

GUID = "0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11"
JOB_GUID = "8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4"
POINT_GUID = "d19f6a02-4f6b-4c1d-8f5e-2a3b4c5d6e7f"

JOB_STATES = "V(Starting), V(Working), V(Pausing), V(Resuming), V(Stopping), V(Idle) or V(Stopped)"
SHORT_STATES = "V(Starting), V(Working), V(Stopping) or V(Stopped)"
TASK_STATES = "V(Pending), V(InProgress) or V(Completed)"
SYSTEM_STATES = "V(InProgress), V(CompletedSuccessfully), V(CompletedWarning) or V(Failed)"


def common(kind: str, title: str, uid_kind: str, states: str, name: str) -> tuple[_family.Field, ...]:
    """Return the fields that every session has; only the words and samples of the documentation differ by family."""
    return (
        _family.Field("kind", "The family that was read.", kind, computed=True),
        _family.Field("id", "GUID of the session.", GUID, type="id", element="UID", filter="UID"),
        _family.Field("uid", "Full id of the session.", f"urn:veeam:{uid_kind}:{GUID}", element="UID", filter="UID"),
        _family.Field("name", f"Name of the {title}.", name, element="Name", filter="Name"),
        _family.Field(
            "state",
            f"State of the session: {states}. Others are passed through.",
            _usual_end(states),
            element="State",
            filter="State",
        ),
        _family.Field(
            "result",
            "V(Success), V(Warning) or V(Failed), null while there is none. Others are passed through.",
            "Failed",
            type="result",
            element="Result",
            filter="Result",
        ),
        _family.Field(
            "running", "Whether the session has not finished. Only its state decides.", False, type="bool", computed=True
        ),
        _family.Field(
            "creation_time",
            "When the session started, UTC.",
            "2026-03-01T20:00:09.607Z",
            type="time",
            element="CreationTimeUTC",
            filter="CreationTime",
        ),
        _family.Field(
            "end_time",
            "When the session ended, UTC, null while it runs.",
            "2026-03-01T20:12:54.717Z",
            type="time",
            element="EndTimeUTC",
            filter="EndTime",
        ),
        _family.Field(
            "duration",
            "Seconds from start to end, for a running session up to the server's now.",
            765,
            type="int",
            computed=True,
        ),
        _family.Field(
            "backup_server",
            "The backup server that ran the session (its C(id) and C(name)), null when EM does not say.",
            {"id": "5b3e9c64-7c0f-4f3c-8a55-0d7f1a2b3c4d", "name": "vbr01.example.com"},
            type="server",
            link=("Up", "BackupServer"),
            filter="BackupServerName",
        ),
    )


def _usual_end(states: str) -> str:
    """Return the last of the states in a text: the one that means that the session is over."""
    return states.rpartition("V(")[2].rstrip(")")


def adapted(fields: t.Iterable[_family.Field], **changes: t.Mapping[str, t.Any]) -> tuple[_family.Field, ...]:
    """Return the fields with changes to some of them: name of the field to its changed attributes."""
    return tuple(field._replace(**changes.get(field.name, {})) for field in fields)


def unfiltered(fields: t.Iterable[_family.Field]) -> tuple[_family.Field, ...]:
    """Return the fields of a family that the server cannot select by anything."""
    return tuple(field._replace(filter=None) for field in fields)


JOB = (
    _family.Field("job_id", "GUID of the job.", JOB_GUID, type="id", element="JobUid", filter="JobUid"),
    _family.Field("job_uid", "Full id of the job.", f"urn:veeam:Job:{JOB_GUID}", element="JobUid", filter="JobUid"),
    _family.Field("job_name", "Name of the job.", "Daily SQL", element="JobName", filter="JobName"),
)
POLICY = (
    _family.Field("policy_id", "GUID of the CDP policy.", JOB_GUID, type="id", element="PolicyUid", filter="PolicyUid"),
    _family.Field(
        "policy_uid", "Full id of the CDP policy.", f"urn:veeam:CdpPolicy:{JOB_GUID}", element="PolicyUid", filter="PolicyUid"
    ),
    _family.Field("policy_name", "Name of the CDP policy.", "Tier 1", element="PolicyName", filter="PolicyName"),
    _family.Field("policy_type", "Type of the CDP policy.", "CdpReplica", element="PolicyType"),
)
PROGRESS = _family.Field(
    "progress",
    "Progress in percent. V(0) is common, even when the session is over.",
    100,
    type="int",
    element="Progress",
)
IS_RETRY = _family.Field(
    "is_retry", "Whether the session is itself a retry.", False, type="bool", element="IsRetry", filter="IsRetry"
)
FAILURE = _family.Field(
    "failure_message", "Why the session failed, null when EM does not say.", "Not enough space", element="FailureMessage"
)


def job_type(sample: str, filter_name: str = "JobType") -> _family.Field:
    """Return the field of the type of a job. Restore and cloud failover sessions are filtered by another name of it."""
    return _family.Field("job_type", "Type of the job.", sample, element="JobType", filter=filter_name)


MACHINE = _family.Field("vm_name", "Name of the machine.", "sql01", element="VmDisplayName", filter="VmDisplayName")
REASON = _family.Field("reason", "Why the task failed or warned.", "Not enough space", element="Reason", filter="Reason")
TOTAL_SIZE = _family.Field("total_size", "Bytes processed.", 12884901888, type="int", element="TotalSize", filter="TotalSize")


def owner(element: str, uid_kind: str) -> _family.Field:
    """Return the field by which a task session names the session that it belongs to, whose ids are called uid_kind."""
    return _family.Field(
        "session_id",
        "GUID of the session that the task belongs to.",
        GUID,
        type="id",
        element=element,
        filter=element,
        refers_to=uid_kind,
    )


def restore_point(link_type: str, made_or_used: str = "that the task made") -> _family.Field:
    """Return the field of the restore point that a session is about."""
    return _family.Field(
        "restore_point_id",
        f"GUID of the restore point {made_or_used}, null when EM does not say.",
        POINT_GUID,
        type="id",
        link=("Related", link_type),
    )


RESTORE_POINTS = _family.Field(
    "restore_point_ids",
    "GUIDs of the restore points that the session made.",
    [POINT_GUID],
    type="ids",
    link=("Related", "RestorePoint"),
)
PARENT = _family.Field(
    "parent_id",
    "GUID of the session of the agent job that a machine's session is part of, null for all others.",
    GUID,
    type="id",
    link=("Up", "BackupJobSession"),
)

FAILOVER_PLAN = _family.Field(
    "cloud_failover_plan_name",
    "Name of the failover plan, null when EM does not say.",
    "Plan of tenant A",
    element="CloudFailoverPlanName",
)
# EM names the items of this list like the list itself.
FAILOVER_TASKS = _family.Field(
    "failover_tasks",
    "What the session did for each machine, null when EM lists none.",
    [{"vm_name": "sql01", "state": "Stopped", "result": "Success"}],
    type="list",
    element="CloudFailoverTasks",
    contains=(
        _family.Field("vm_name", "Name of the machine.", "sql01", element="VmName"),
        _family.Field(
            "replica_point_id",
            "GUID of the restore point of the replica.",
            POINT_GUID,
            type="link_id",
            element="VmReplicaPointLink",
        ),
        _family.Field("state", "State of the task.", "Stopped", element="State"),
        _family.Field(
            "result",
            "V(Success), V(Warning) or V(Failed), null while there is none.",
            "Success",
            type="result",
            element="Result",
        ),
        _family.Field("creation_time", "When it started, UTC.", "2026-03-01T20:00:09Z", type="time", element="CreationTimeUTC"),
        _family.Field(
            "end_time", "When it ended, UTC, null while it runs.", "2026-03-01T20:02:11Z", type="time", element="EndTimeUTC"
        ),
        PROGRESS,
        FAILURE,
    ),
)

# The two families of CDP name these fields in filters as the elements are named, all other families do not.
CDP_FILTERS: t.Mapping[str, t.Mapping[str, t.Any]] = {
    "id": {"filter": "Id"},
    "uid": {"filter": "Id"},
    "creation_time": {"filter": "CreationTimeUTC"},
    "end_time": {"filter": "EndTimeUTC"},
}

# Fields that EM selects task sessions by, although no task session has them.
JOB_OF_A_TASK = tuple(field for field in JOB if field.name != "job_uid")
