# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup job sessions, those of agents and file shares among them, and their task sessions."""

from __future__ import annotations

from ..roles import ADMINISTRATOR
from ..schema import Element, Kind, LinkRule, Listing, Values
from .common import JOB_ELEMENTS, TASK_FIELDS, UP_TO_SERVER, alternates, job_fields, task_elements

JOB_TYPES = (
    "Backup",
    "BackupCopy",
    "ImmediateBackupCopy",
    "ImmediateBackupCopyWorker",
    "AgentBackup",
    "AgentManagement",
    "NasBackup",
)
AGENT_TYPES = frozenset({"AgentBackup", "AgentManagement"})
NAS_TYPES = frozenset({"NasBackup"})


def is_agent(values: Values) -> bool:
    """A session of an agent job, container or child: its job lives under /agents."""
    return values["job_type"] in AGENT_TYPES


def is_not_agent(values: Values) -> bool:
    """Any other session; file share sessions too link to /jobs."""
    return not is_agent(values)


def is_agent_container(values: Values) -> bool:
    """The session of an agent job as a whole, with child sessions per machine."""
    return bool(values["job_type"] == "AgentBackup")


def has_parent(values: Values) -> bool:
    """A child session, per machine, of an agent container."""
    return bool(values.get("parent_id"))


BACKUP = Kind(
    name="backup",
    type="BackupJobSession",
    root="BackupJobSessions",
    path="backupSessions",
    query_type="BackupJobSession",
    stoppers=ADMINISTRATOR,
    end_progress=100,
    elements=JOB_ELEMENTS,
    links=(
        UP_TO_SERVER,
        LinkRule("Up", "JobReference", "jobs/{job_id}", "{job_name}", when=is_not_agent),
        LinkRule("Up", "JobReference", "agents/jobs/{job_id}", "{job_name}", when=is_agent),
        LinkRule("Up", "BackupJobSessionReference", "backupSessions/{parent_id}", "Parent session", when=has_parent),
        LinkRule(
            "Alternate",
            "BackupJobSessionReferenceList",
            "backupSessions/{id}/agentManagementSessions",
            when=is_agent_container,
        ),
        *alternates("BackupJobSession", "backupSessions"),
        LinkRule("Down", "BackupTaskSessionReferenceList", "backupSessions/{id}/taskSessions"),
        LinkRule("Stop", None, "backupSessions/{id}?action=stop", shape="entity"),
        LinkRule(
            "Related",
            "RestorePointReference",
            "restorePoints/{each_id}",
            "{each_name}",
            shape="entity",
            each="restore_points",
        ),
    ),
    listings=(
        Listing("backupSessions"),
        Listing("agents/backupSessions", types=AGENT_TYPES),
        Listing("nas/backupSessions", types=NAS_TYPES),
        Listing("backupSessions/{id}/agentManagementSessions", owner="BackupJobSession", owner_key="parent_id"),
        Listing("jobs/{id}/backupSessions", owner="Job", owner_key="job_id", readers=ADMINISTRATOR),
        Listing(
            "agents/jobs/{id}/backupSessions",
            types=AGENT_TYPES,
            owner="AgentBackupJob",
            owner_key="job_id",
            readers=ADMINISTRATOR,
        ),
        Listing("nas/jobs/{id}/backupSessions", types=NAS_TYPES, owner="NasJob", owner_key="job_id"),
    ),
    fields=job_fields(JOB_TYPES),
)

BACKUP_TASK = Kind(
    name="backup_task",
    type="BackupTaskSession",
    root="BackupTaskSessions",
    path="backupTaskSessions",
    query_type="BackupTaskSession",
    finished_states=("Completed",),
    parent="backup",
    attributes=(("VmDisplayName", "vm_name"),),
    elements=(
        *task_elements("JobSessionUid", "BackupJobSession"),
        Element("VmUid", "vm_uid", derived=True),
    ),
    links=(
        UP_TO_SERVER,
        LinkRule("Up", "BackupJobSessionReference", "backupSessions/{session_id}", "{session_name}"),
        *alternates("BackupTaskSession", "backupTaskSessions"),
        LinkRule(
            "Related",
            "VmRestorePoint",
            "vmRestorePoints/{each_id}?format=Entity",
            "{each_name}",
            shape="entity",
            each="restore_points",
        ),
    ),
    listings=(
        Listing("backupTaskSessions"),
        Listing("backupSessions/{id}/taskSessions", owner="BackupJobSession", owner_key="session_id"),
    ),
    fields=TASK_FIELDS,
)
