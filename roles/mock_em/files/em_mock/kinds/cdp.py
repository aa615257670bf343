# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CDP sessions, of policies instead of jobs, and their task sessions. Names and filters are peculiar."""

from __future__ import annotations

from dataclasses import replace

from ..roles import ADMINISTRATOR
from ..schema import Element, Field, Kind, LinkRule, Listing
from .common import (
    JOB_STATES,
    NAME_FIELD,
    RESULT_FIELD,
    RUN_ELEMENTS,
    SERVER_FIELDS,
    TASK_STATES,
    UP_TO_SERVER,
    UTC_TIME_FIELDS,
    VM_FIELD,
    alternates,
    task_elements,
)

ID_FIELD = Field("Id", "id", "uid")

CDP_REPLICA = Kind(
    name="cdp_replica",
    type="CdpReplicaSession",
    root="CdpReplicaSessions",
    item="CdpPolicySession",
    path="cdpReplicaSessions",
    query_type="CdpReplicaSession",
    elements=(
        Element("PolicyUid", "policy_id", "urn", urn="CdpPolicy"),
        Element("PolicyName", "policy_name"),
        Element("PolicyType", "policy_type"),
        *RUN_ELEMENTS,
        Element("IsRetry", "is_retry", "bool", derived=True),
    ),
    links=(
        UP_TO_SERVER,
        LinkRule("Up", "CdpPolicyReference", "cdpPolicies/{policy_id}", "{policy_name}"),
        *alternates("CdpReplicaSession", "cdpReplicaSessions"),
        LinkRule("Down", "CdpReplicaTaskSessionReferenceList", "cdpReplicaSessions/{id}/cdpReplicaTaskSessions"),
    ),
    listings=(
        Listing("cdpReplicaSessions"),
        Listing(
            "cdpPolicies/{id}/cdpReplicaSessions",
            owner="CdpPolicy",
            owner_key="policy_id",
            recent_only=False,
            readers=ADMINISTRATOR,
        ),
    ),
    fields=(
        ID_FIELD,
        NAME_FIELD,
        Field("PolicyUid", "policy_id", "uid"),
        Field("PolicyName", "policy_name"),
        *SERVER_FIELDS,
        *UTC_TIME_FIELDS,
        Field("State", "state", "enum", JOB_STATES),
        RESULT_FIELD,
        Field("FailureMessage", "failure_message"),
    ),
)

CDP_REPLICA_TASK = Kind(
    name="cdp_replica_task",
    type="CdpReplicaTaskSession",
    root="CdpReplicaTaskSessions",
    path="cdpReplicaTaskSessions",
    href_path="replicaTaskSessions",
    query_type="CdpReplicaTaskSession",
    finished_states=("Completed",),
    parent="cdp_replica",
    attributes=(("VmDisplayName", "vm_name"),),
    elements=tuple(
        replace(element, absent_if_empty=element.name == "Reason")
        for element in task_elements("PolicySessionUid", "CdpReplicaSession")
    ),
    links=(
        UP_TO_SERVER,
        LinkRule("Up", "CdpReplicaSessionReference", "cdpReplicaSessions/{session_id}", "{session_name}"),
        *alternates("CdpReplicaTaskSession", "cdpReplicaTaskSessions"),
    ),
    listings=(
        Listing("cdpReplicaTaskSessions"),
        Listing(
            "cdpReplicaSessions/{id}/cdpReplicaTaskSessions",
            owner="CdpReplicaSession",
            owner_key="session_id",
        ),
    ),
    fields=(
        ID_FIELD,
        NAME_FIELD,
        Field("PolicySessionUid", "session_id", "uid"),
        Field("PolicySessionName", "session_name"),
        *SERVER_FIELDS,
        *UTC_TIME_FIELDS,
        Field("State", "state", "enum", TASK_STATES),
        Field("Reason", "reason"),
        Field("TotalSize", "total_size", "int"),
        VM_FIELD,
    ),
)
