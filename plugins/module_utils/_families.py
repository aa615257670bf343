# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The table of session families: where each lives in EM, how its records read, how it is selected.

PRIVATE to the collection: everything here may change without notice.
Readers, queries, results, argument specs, documentation and return values all come from this table.
Adding a family is one entry here (its fields, its paths), a module that is only documentation, mock data and tests.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _alike, _family, _fields, _related

BACKUP = _alike.backup_family(
    "backup",
    "backup job session",
    "Daily SQL@2026-03-01 20:00:09",
    "Backup",
    path="backupSessions",
    includes=(_related.tasks("backup_task"),),
)

AGENT_BACKUP = _alike.backup_family(
    "agent_backup",
    "agent backup session",
    "Laptops - pc17@2026-03-01 20:00:31",
    "AgentManagement",
    path="agents/backupSessions",
    single="backupSessions",
    types=_alike.AGENT_TYPES,
    other_types=(*_alike.VM_TYPES, *_alike.NAS_TYPES),
    includes=(_related.tasks("backup_task"), _related.AGENTS),
)

NAS_BACKUP = _alike.backup_family(
    "nas_backup",
    "file share backup session",
    "Team shares@2026-03-01 20:00:09",
    "NasBackup",
    path="nas/backupSessions",
    single="backupSessions",
    types=_alike.NAS_TYPES,
    other_types=(*_alike.VM_TYPES, *_alike.AGENT_TYPES),
    includes=(_related.tasks("backup_task"),),
)

BACKUP_TASK = _alike.task_family(
    "backup_task",
    "backup task session",
    "backupTaskSessions",
    "BackupTaskSession",
    _fields.owner("JobSessionUid", "BackupJobSession"),
    _family.Field("vm_uid", "Id of the machine in its platform.", "urn:VMware:Vm:5f0c9d1e.vm-123", element="VmUid"),
    _fields.restore_point("VmRestorePoint"),
    selectors=_fields.JOB_OF_A_TASK,
    options=(*_alike.TASK_LIKE, "job"),
)

REPLICA = _alike.job_family(
    "replica",
    "replica job session",
    "ReplicaJobSession",
    "To site B@2026-03-01 20:00:09",
    "Replica",
    path="replicaSessions",
    includes=(_related.tasks("replica_task"),),
)

REPLICA_TASK = _alike.task_family(
    "replica_task",
    "replica task session",
    "replicaTaskSessions",
    "ReplicaTaskSession",
    _fields.owner("JobSessionUid", "ReplicaJobSession"),
    _fields.restore_point("VmReplicaPoint"),
    selectors=_fields.JOB_OF_A_TASK,
    options=(*_alike.TASK_LIKE, "job"),
)

RESTORE = _family.Family(
    kind="restore",
    title="restore session",
    path="restoreSessions",
    uid_kind="RestoreSession",
    fields=(
        *_fields.common("restore", "restore session", "RestoreSession", _fields.SHORT_STATES, "FLR_[sql01]@2026-03-01 20:00:09"),
        _fields.job_type("FileLevelRestore", filter_name="Type"),
        _fields.MACHINE,
        _fields.PROGRESS,
        _fields.FAILURE,
        _fields.restore_point("VmRestorePoint", "that was restored"),
        _family.Field(
            "restored_obj_ref",
            "Id of the restored object in its platform.",
            "urn:VMware:Vm:5f0c9d1e.vm-123",
            element="RestoredObjRef",
        ),
    ),
    finished=("Stopped",),
    options=("sessions", "query", "server", "job_type", "machine"),
    open_collection=True,
    readers="Portal Administrator, Portal User or a restore operator",
)

# EM has no query for its own jobs. Their result is an element inside an element of the same name.
SYSTEM = _family.Family(
    kind="system",
    title="system session",
    path="systemSessions",
    uid_kind="SystemSession",
    has_query=False,
    readers="Portal Administrator",
    item="Sessions",
    fields=(
        *_fields.adapted(
            _fields.unfiltered(
                _fields.common(
                    "system", "system session", "SystemSession", _fields.SYSTEM_STATES, "Collect Job @2026-03-01 20:00:09"
                )
            ),
            state={"sample": "Failed"},
            result={"element": "Result/Result"},
        ),
        _family.Field("session_type", "What EM did.", "CollectJob", element="SessionType"),
        _family.Field("raw_result", "The result in the word that EM sent.", "Failed", element="Result/Result"),
        _family.Field("message", "What EM says about the result.", "The server is not available.", element="Result/Message"),
        _family.Field("is_canceled", "Whether the session was canceled.", False, type="bool", element="Result/IsCanceled"),
    ),
    finished=("CompletedSuccessfully", "CompletedWarning", "Failed"),
    options=("sessions", "session_type"),
    includes=(_related.EVENTS,),
)

# In lists the sessions of this family have another name than alone.
CDP_REPLICA = _family.Family(
    kind="cdp_replica",
    title="CDP policy session",
    path="cdpReplicaSessions",
    uid_kind="CdpReplicaSession",
    item="CdpPolicySession",
    fields=(
        *_fields.adapted(
            _fields.common(
                "cdp_replica", "CDP policy session", "CdpReplicaSession", _fields.JOB_STATES, "Tier 1@2026-03-01 20:00:09"
            ),
            **_fields.CDP_FILTERS,
        ),
        *_fields.POLICY,
        _fields.PROGRESS,
        *_fields.adapted((_fields.IS_RETRY,), is_retry={"filter": None}),
        *_fields.adapted((_fields.FAILURE,), failure_message={"filter": "FailureMessage"}),
    ),
    finished=("Stopped",),
    options=("sessions", "query", "server", "policy", "retry"),
    job=("policy_id", "policy_name"),
    includes=(_related.tasks("cdp_replica_task"),),
)

CDP_REPLICA_TASK = _alike.task_family(
    "cdp_replica_task",
    "CDP task session",
    "cdpReplicaTaskSessions",
    "CdpReplicaTaskSession",
    _fields.owner("PolicySessionUid", "CdpReplicaSession"),
    filters={**_fields.CDP_FILTERS, "result": {"filter": None}},
    options=_alike.TASK_LIKE,
)

CLOUD_FAILOVER = _family.Family(
    kind="cloud_failover",
    title="cloud failover session",
    path="cloud/failoverSessions",
    uid_kind="CloudFailoverSession",
    fields=(
        *_fields.common(
            "cloud_failover", "cloud failover session", "CloudFailoverSession", _fields.SHORT_STATES, "Plan of tenant A"
        ),
        _fields.job_type("FailoverPlan", filter_name="Type"),
        _fields.PROGRESS,
        *_fields.adapted((_fields.FAILURE,), failure_message={"filter": "FailureMessage"}),
        _fields.FAILOVER_PLAN,
        _fields.FAILOVER_TASKS,
    ),
    finished=("Stopped",),
    options=("sessions", "query", "server", "job_type"),
    open_collection=True,
    readers="Portal Administrator, or for sessions of the last 30 days without the option filter Portal User or a restore operator",
)

FAMILIES: t.Mapping[str, _family.Family] = {
    family.kind: family
    for family in (
        BACKUP,
        AGENT_BACKUP,
        NAS_BACKUP,
        REPLICA,
        RESTORE,
        SYSTEM,
        BACKUP_TASK,
        REPLICA_TASK,
        CDP_REPLICA,
        CDP_REPLICA_TASK,
        CLOUD_FAILOVER,
    )
}
