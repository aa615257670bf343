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

from ansible_collections.backupops.veeam_em.plugins.module_utils._alike import (
    AGENT_TYPES,
    NAS_TYPES,
    TASK_LIKE,
    VM_TYPES,
    backup_family,
    job_family,
    task_family,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family, Field
from ansible_collections.backupops.veeam_em.plugins.module_utils._fields import (
    CDP_FILTERS,
    FAILOVER_PLAN,
    FAILOVER_TASKS,
    FAILURE,
    IS_RETRY,
    JOB_OF_A_TASK,
    JOB_STATES,
    MACHINE,
    POLICY,
    PROGRESS,
    SHORT_STATES,
    SYSTEM_STATES,
    adapted,
    common,
    job_type,
    owner,
    restore_point,
    unfiltered,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._related import AGENTS, EVENTS, tasks

BACKUP = backup_family(
    "backup",
    "backup job session",
    "Daily SQL@2026-03-01 20:00:09",
    "Backup",
    path="backupSessions",
    includes=(tasks("backup_task"),),
)

AGENT_BACKUP = backup_family(
    "agent_backup",
    "agent backup session",
    "Laptops - pc17@2026-03-01 20:00:31",
    "AgentManagement",
    path="agents/backupSessions",
    single="backupSessions",
    types=AGENT_TYPES,
    other_types=(*VM_TYPES, *NAS_TYPES),
    includes=(tasks("backup_task"), AGENTS),
)

NAS_BACKUP = backup_family(
    "nas_backup",
    "file share backup session",
    "Team shares@2026-03-01 20:00:09",
    "NasBackup",
    path="nas/backupSessions",
    single="backupSessions",
    types=NAS_TYPES,
    other_types=(*VM_TYPES, *AGENT_TYPES),
    includes=(tasks("backup_task"),),
)

BACKUP_TASK = task_family(
    "backup_task",
    "backup task session",
    "backupTaskSessions",
    "BackupTaskSession",
    owner("JobSessionUid", "BackupJobSession"),
    Field("vm_uid", "Id of the machine in its platform.", "urn:VMware:Vm:5f0c9d1e.vm-123", element="VmUid"),
    restore_point("VmRestorePoint"),
    selectors=JOB_OF_A_TASK,
    options=(*TASK_LIKE, "job"),
)

REPLICA = job_family(
    "replica",
    "replica job session",
    "ReplicaJobSession",
    "To site B@2026-03-01 20:00:09",
    "Replica",
    path="replicaSessions",
    includes=(tasks("replica_task"),),
)

REPLICA_TASK = task_family(
    "replica_task",
    "replica task session",
    "replicaTaskSessions",
    "ReplicaTaskSession",
    owner("JobSessionUid", "ReplicaJobSession"),
    restore_point("VmReplicaPoint"),
    selectors=JOB_OF_A_TASK,
    options=(*TASK_LIKE, "job"),
)

RESTORE = Family(
    kind="restore",
    title="restore session",
    path="restoreSessions",
    uid_kind="RestoreSession",
    fields=(
        *common("restore", "restore session", "RestoreSession", SHORT_STATES, "FLR_[sql01]@2026-03-01 20:00:09"),
        job_type("FileLevelRestore", filter_name="Type"),
        MACHINE,
        PROGRESS,
        FAILURE,
        restore_point("VmRestorePoint", "that was restored"),
        Field(
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
SYSTEM = Family(
    kind="system",
    title="system session",
    path="systemSessions",
    uid_kind="SystemSession",
    has_query=False,
    readers="Portal Administrator",
    item="Sessions",
    fields=(
        *adapted(
            unfiltered(common("system", "system session", "SystemSession", SYSTEM_STATES, "Collect Job @2026-03-01 20:00:09")),
            state={"sample": "Failed"},
            result={"element": "Result/Result"},
        ),
        Field("session_type", "What EM did.", "CollectJob", element="SessionType"),
        Field("raw_result", "The result in the word that EM sent.", "Failed", element="Result/Result"),
        Field("message", "What EM says about the result.", "The server is not available.", element="Result/Message"),
        Field("is_canceled", "Whether the session was canceled.", False, type="bool", element="Result/IsCanceled"),
    ),
    finished=("CompletedSuccessfully", "CompletedWarning", "Failed"),
    options=("sessions", "session_type"),
    includes=(EVENTS,),
)

# In lists the sessions of this family have another name than alone.
CDP_REPLICA = Family(
    kind="cdp_replica",
    title="CDP policy session",
    path="cdpReplicaSessions",
    uid_kind="CdpReplicaSession",
    item="CdpPolicySession",
    fields=(
        *adapted(
            common("cdp_replica", "CDP policy session", "CdpReplicaSession", JOB_STATES, "Tier 1@2026-03-01 20:00:09"),
            **CDP_FILTERS,
        ),
        *POLICY,
        PROGRESS,
        *adapted((IS_RETRY,), is_retry={"filter": None}),
        *adapted((FAILURE,), failure_message={"filter": "FailureMessage"}),
    ),
    finished=("Stopped",),
    options=("sessions", "query", "server", "policy", "retry"),
    job=("policy_id", "policy_name"),
    includes=(tasks("cdp_replica_task"),),
)

CDP_REPLICA_TASK = task_family(
    "cdp_replica_task",
    "CDP task session",
    "cdpReplicaTaskSessions",
    "CdpReplicaTaskSession",
    owner("PolicySessionUid", "CdpReplicaSession"),
    filters={**CDP_FILTERS, "result": {"filter": None}},
    options=TASK_LIKE,
)

CLOUD_FAILOVER = Family(
    kind="cloud_failover",
    title="cloud failover session",
    path="cloud/failoverSessions",
    uid_kind="CloudFailoverSession",
    fields=(
        *common("cloud_failover", "cloud failover session", "CloudFailoverSession", SHORT_STATES, "Plan of tenant A"),
        job_type("FailoverPlan", filter_name="Type"),
        PROGRESS,
        *adapted((FAILURE,), failure_message={"filter": "FailureMessage"}),
        FAILOVER_PLAN,
        FAILOVER_TASKS,
    ),
    finished=("Stopped",),
    options=("sessions", "query", "server", "job_type"),
    open_collection=True,
    readers="Portal Administrator, or for sessions of the last 30 days without the option filter Portal User or a restore operator",
)

FAMILIES: t.Mapping[str, Family] = {
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
