# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: those of machines with their copies and replicas, those of agents, and those of file shares.

What a job contains and the details of its schedule (JobInfo, JobScheduleOptions, Includes, StorageOptions) are left
out; of what can be done with a job only the links are there.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..roles import ADMINISTRATOR
from ..schema import Condition, Element, Field, Kind, LinkRule, Listing, Values
from .common import NAME_FIELD, SERVER_FIELDS, UID_FIELD, UP_TO_SERVER

COPY_TYPES = ("BackupCopy", "ImmediateBackupCopy")
JOB_TYPES = ("Backup", *COPY_TYPES, "Replica")
KIND_OF_TYPE: Mapping[str, str] = {**dict.fromkeys(JOB_TYPES, "job"), "AgentBackup": "agent_job", "NasBackup": "nas_job"}
"""The types of jobs that are listed. Copy workers, children of agent jobs and other platforms' sessions have no job there."""

DESCRIPTION = Element("Description", "description")
DESCRIPTION_FIELD = Field("Description", "description")
NEXT_RUN_FIELD = Field("NextRun", "next_run", "time")
SCHEDULE_ELEMENTS = (
    Element("ScheduleConfigured", "schedule_configured", "bool"),
    Element("ScheduleEnabled", "schedule_enabled", "bool"),
    Element("NextRun", "next_run", "time", absent_if_null=True),
)
SCHEDULE_FIELDS = (
    Field("ScheduleConfigured", "schedule_configured", "bool"),
    Field("ScheduleEnabled", "schedule_enabled", "bool"),
)
TYPE_ELEMENTS = (Element("JobType", "job_type"), Element("Platform", "platform"))


def is_copy(values: Values) -> bool:
    """A copy job, which names jobs and repositories instead of machines."""
    return values["job_type"] in COPY_TYPES


def is_no_copy(values: Values) -> bool:
    """A job that processes machines."""
    return not is_copy(values)


def is_replica(values: Values) -> bool:
    """A replica job, whose sessions are a family of their own."""
    return bool(values["job_type"] == "Replica")


def is_no_replica(values: Values) -> bool:
    """A job whose sessions are backup sessions."""
    return not is_replica(values)


def type_fields(types: tuple[str, ...], platforms: tuple[str, ...]) -> tuple[Field, ...]:
    """The filter fields of jobs that have a type and a platform."""
    return (Field("JobType", "job_type", "enum", types), Field("Platform", "platform", "enum", platforms))


def alternates(path: str) -> tuple[LinkRule, LinkRule]:
    """The link from a job to its reference, and the one back; the Types are those of plain jobs for all kinds."""
    return (
        LinkRule("Alternate", "JobReference", f"{path}/{{id}}", "{name}", shape="entity"),
        LinkRule("Alternate", "Job", f"{path}/{{id}}?format=Entity", "{name}", shape="reference"),
    )


def to_backup_sessions(path: str, when: Condition | None = None) -> LinkRule:
    """The link to the sessions of a job."""
    return LinkRule("Down", "BackupJobSessionReferenceList", f"{path}/{{id}}/backupSessions", when=when)


def action(rel: str, address: str, when: Condition | None = None) -> LinkRule:
    """The link to something that can be done with a job."""
    return LinkRule(rel, None, address, shape="entity", when=when)


def parts(rel: str, type_name: str, address: str, when: Condition | None = None) -> LinkRule:
    """The link to what a job contains, or to where one adds to it."""
    return LinkRule(rel, type_name, address, shape="entity", when=when)


JOB = Kind(
    name="job",
    type="Job",
    root="Jobs",
    path="jobs",
    query_type="Job",
    readers=ADMINISTRATOR,
    query_readers=ADMINISTRATOR,
    elements=(*TYPE_ELEMENTS, DESCRIPTION, *SCHEDULE_ELEMENTS),
    links=(
        UP_TO_SERVER,
        *alternates("jobs"),
        LinkRule("Edit", "JobReference", "jobs/{id}", "{name}", shape="entity", when=is_no_copy),
        action("Clone", "jobs/{id}?action=clone"),
        action("ToggleScheduleEnabled", "jobs/{id}?action=toggleScheduleEnabled"),
        parts("Down", "ObjectInJobList", "jobs/{id}/includes", is_no_copy),
        to_backup_sessions("jobs", is_no_replica),
        LinkRule("Down", "ReplicaJobSessionReferenceList", "jobs/{id}/replicaSessions", when=is_replica),
        parts("Create", "ObjectInJob", "jobs/{id}/includes", is_no_copy),
        action("Start", "jobs/{id}?action=start", is_no_copy),
        action("Stop", "jobs/{id}?action=stop", is_no_copy),
        action("Retry", "jobs/{id}?action=retry", is_no_copy),
        action("Sync", "jobs/{id}?action=sync", is_copy),
        parts("Down", "LinkedJobObjectList", "jobs/{id}/linkedJobs", is_copy),
        parts("Down", "LinkedBackupRepositoryObjectList", "jobs/{id}/linkedBackupRepositories", is_copy),
        parts("Create", "LinkedJobObject", "jobs/{id}/linkedJobs", is_copy),
        parts("Create", "LinkedBackupRepositoryObject", "jobs/{id}/linkedBackupRepositories", is_copy),
    ),
    listings=(Listing("jobs", recent_only=False, readers=ADMINISTRATOR),),
    fields=(
        UID_FIELD,
        NAME_FIELD,
        DESCRIPTION_FIELD,
        NEXT_RUN_FIELD,
        *type_fields(JOB_TYPES, ("VMware", "Hyperv", "vCloud")),
        *SCHEDULE_FIELDS,
        *SERVER_FIELDS,
    ),
)

AGENT_JOB = Kind(
    name="agent_job",
    type="AgentBackupJob",
    root="AgentBackupJobs",
    path="agents/jobs",
    query_type="AgentBackupJob",
    readers=ADMINISTRATOR,
    query_readers=ADMINISTRATOR,
    elements=(*TYPE_ELEMENTS, DESCRIPTION, *SCHEDULE_ELEMENTS),
    links=(
        UP_TO_SERVER,
        *alternates("agents/jobs"),
        parts("Down", "ObjectInJobList", "agents/jobs/{id}/includes"),
        action("ToggleScheduleEnabled", "agents/jobs/{id}?action=toggleScheduleEnabled"),
        to_backup_sessions("agents/jobs"),
        action("Start", "agents/jobs/{id}?action=start"),
        action("Stop", "agents/jobs/{id}?action=stop"),
        action("Retry", "agents/jobs/{id}?action=retry"),
    ),
    listings=(Listing("agents/jobs", recent_only=False, readers=ADMINISTRATOR),),
    # Alone among the jobs these cannot be asked for their next run.
    fields=(
        UID_FIELD,
        NAME_FIELD,
        DESCRIPTION_FIELD,
        *type_fields(("AgentBackup",), ("AgentForLinux", "AgentForWindows")),
        *SCHEDULE_FIELDS,
        *SERVER_FIELDS,
    ),
)

NAS_JOB = Kind(
    name="nas_job",
    type="NasJob",
    element="NASJob",
    root="NASJobs",
    path="nas/jobs",
    # The Href of a reference names the wrong family on the real server too.
    reference_path="agents/jobs",
    query_type="NasJob",
    readers=ADMINISTRATOR,
    query_readers=ADMINISTRATOR,
    elements=(DESCRIPTION, *SCHEDULE_ELEMENTS),
    links=(
        UP_TO_SERVER,
        *alternates("nas/jobs"),
        parts("Down", "NasObjectList", "nas/jobs/{id}/includes"),
        action("ToggleScheduleEnabled", "nas/jobs/{id}/toggleScheduleEnabled"),
        to_backup_sessions("nas/jobs"),
        action("Start", "nas/jobs/{id}/start"),
        action("Stop", "nas/jobs/{id}/stop"),
        action("Retry", "nas/jobs/{id}/retry"),
    ),
    listings=(Listing("nas/jobs", recent_only=False, readers=ADMINISTRATOR),),
    fields=(UID_FIELD, NAME_FIELD, DESCRIPTION_FIELD, NEXT_RUN_FIELD, *SCHEDULE_FIELDS, *SERVER_FIELDS),
)
