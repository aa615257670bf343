# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one table of entities: what they are called, which elements and links they have, what queries know of them.

Order matters everywhere: elements and links are printed as listed, as the documented bodies show them. A further
family is a further entry in KINDS, with its defaults in ``defaults.py``.
"""

from __future__ import annotations

from .roles import ADMINISTRATOR
from .schema import Element, Field, Kind, LinkRule, Listing, Record, Values

RESULTS = ("None", "Success", "Warning", "Failed")
JOB_STATES = ("Starting", "Stopping", "Working", "Pausing", "Resuming", "Stopped", "Idle")
TASK_STATES = ("InProgress", "Pending", "Completed")
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


UP_TO_SERVER = LinkRule("Up", "BackupServerReference", "backupServers/{server_id}", "{server_name}")

BACKUP = Kind(
    name="backup",
    type="BackupJobSession",
    root="BackupJobSessions",
    path="backupSessions",
    query_type="BackupJobSession",
    stoppers=ADMINISTRATOR,
    elements=(
        Element("JobUid", "job_id", "urn", urn="Job"),
        Element("JobName", "job_name"),
        Element("JobType", "job_type"),
        Element("CreationTimeUTC", "creation_time", "time"),
        Element("EndTimeUTC", "end_time", "time", absent_while_running=True),
        Element("State", "state"),
        Element("Result", "result"),
        Element("Progress", "progress", "int"),
        Element("FailureMessage", "failure_message"),
        Element("IsRetry", "is_retry", "bool", derived=True),
    ),
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
        LinkRule("Alternate", "BackupJobSessionReference", "backupSessions/{id}", "{name}", shape="entity"),
        LinkRule("Alternate", "BackupJobSession", "backupSessions/{id}?format=Entity", "{name}", shape="reference"),
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
    fields=(
        Field("UID", "id", "uid"),
        Field("Name", "name"),
        Field("JobType", "job_type", "enum", JOB_TYPES),
        Field("JobUid", "job_id", "uid"),
        Field("JobName", "job_name"),
        Field("CreationTime", "creation_time", "time"),
        Field("EndTime", "end_time", "time"),
        Field("State", "state", "enum", JOB_STATES),
        Field("Result", "result", "enum", RESULTS),
        Field("IsRetry", "is_retry", "bool"),
        Field("BackupServerUid", "server_id", "uid"),
        Field("BackupServerName", "server_name"),
    ),
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
        Element("JobSessionUid", "session_id", "urn", urn="BackupJobSession", derived=True),
        Element("CreationTimeUTC", "creation_time", "time", derived=True),
        Element("EndTimeUTC", "end_time", "time", derived=True, absent_while_running=True),
        Element("State", "state", derived=True),
        Element("Result", "result", derived=True),
        Element("Reason", "reason", derived=True),
        Element("TotalSize", "total_size", "int", derived=True),
        Element("VmUid", "vm_uid", derived=True),
    ),
    links=(
        UP_TO_SERVER,
        LinkRule("Up", "BackupJobSessionReference", "backupSessions/{session_id}", "{session_name}"),
        LinkRule("Alternate", "BackupTaskSessionReference", "backupTaskSessions/{id}", "{name}", shape="entity"),
        LinkRule("Alternate", "BackupTaskSession", "backupTaskSessions/{id}?format=Entity", "{name}", shape="reference"),
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
    fields=(
        Field("UID", "id", "uid"),
        Field("Name", "name"),
        Field("CreationTime", "creation_time", "time"),
        Field("EndTime", "end_time", "time"),
        Field("State", "state", "enum", TASK_STATES),
        Field("Result", "result", "enum", RESULTS),
        Field("Reason", "reason"),
        Field("TotalSize", "total_size", "int"),
        Field("JobSessionUid", "session_id", "uid"),
        Field("JobUid", "job_id", "uid"),
        Field("JobName", "job_name"),
        Field("BackupServerUid", "server_id", "uid"),
        Field("BackupServerName", "server_name"),
        Field("VmDisplayName", "vm_name"),
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in (BACKUP, BACKUP_TASK)}
TYPES: dict[str, Kind] = {kind.type: kind for kind in KINDS.values()}
QUERY_TYPES: dict[str, Kind] = {kind.query_type.lower(): kind for kind in KINDS.values() if kind.query_type}


def children_of(kind: Kind) -> list[Kind]:
    """The kinds whose records belong to sessions of this kind, which they name as ``session_id``."""
    return [child for child in KINDS.values() if child.parent == kind.name]


def is_running(record: Record) -> bool:
    """Whether a session has not ended yet: its state says so, nothing else does."""
    return record["state"] not in record.kind.finished_states
