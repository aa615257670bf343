# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replica job sessions and their task sessions. Nothing here can be stopped, only the job."""

from __future__ import annotations

from ..roles import ADMINISTRATOR
from ..schema import Kind, LinkRule, Listing
from .common import JOB_ELEMENTS, TASK_FIELDS, UP_TO_SERVER, alternates, job_fields, task_elements

REPLICA = Kind(
    name="replica",
    type="ReplicaJobSession",
    root="ReplicaJobSessions",
    path="replicaSessions",
    query_type="ReplicaJobSession",
    end_progress=100,
    elements=JOB_ELEMENTS,
    links=(
        UP_TO_SERVER,
        LinkRule("Up", "JobReference", "jobs/{job_id}", "{job_name}"),
        *alternates("ReplicaJobSession", "replicaSessions"),
        # So misspelt in the documented bodies of all versions; the documented URL, which is served, is not.
        LinkRule("Down", "ReplicaTaskSessionReferenceList", "replicaSessions/{id}/repicaTaskSessions"),
    ),
    listings=(
        Listing("replicaSessions"),
        Listing("jobs/{id}/replicaSessions", owner="Job", owner_key="job_id", readers=ADMINISTRATOR),
    ),
    fields=job_fields(("Replica",)),
)

REPLICA_TASK = Kind(
    name="replica_task",
    type="ReplicaTaskSession",
    root="ReplicaTaskSessions",
    path="replicaTaskSessions",
    query_type="ReplicaTaskSession",
    finished_states=("Completed",),
    parent="replica",
    attributes=(("VmDisplayName", "vm_name"),),
    elements=task_elements("JobSessionUid", "ReplicaJobSession"),
    links=(
        UP_TO_SERVER,
        LinkRule("Up", "ReplicaJobSessionReference", "replicaSessions/{session_id}", "{session_name}"),
        *alternates("ReplicaTaskSession", "replicaTaskSessions"),
        LinkRule(
            "Related",
            "VmReplicaPoint",
            "vmReplicaPoints/{each_id}?format=Entity",
            "{each_name}",
            shape="entity",
            each="replica_points",
        ),
    ),
    listings=(
        Listing("replicaTaskSessions"),
        Listing("replicaSessions/{id}/replicaTaskSessions", owner="ReplicaJobSession", owner_key="session_id"),
    ),
    fields=TASK_FIELDS,
)
