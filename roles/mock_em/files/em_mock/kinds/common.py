# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What several families have in common: their words, elements, links and filter fields."""

from __future__ import annotations

from ..schema import Element, Field, LinkRule

RESULTS = ("None", "Success", "Warning", "Failed")
JOB_STATES = ("Starting", "Stopping", "Working", "Pausing", "Resuming", "Stopped", "Idle")
SHORT_STATES = ("Starting", "Stopping", "Working", "Stopped")
"""Those of restore and cloud failover sessions."""
TASK_STATES = ("InProgress", "Pending", "Completed")

UP_TO_SERVER = LinkRule("Up", "BackupServerReference", "backupServers/{server_id}", "{server_name}")
CREATION_TIME = Element("CreationTimeUTC", "creation_time", "time")
END_TIME = Element("EndTimeUTC", "end_time", "time", absent_if_null=True)
RUN_ELEMENTS = (
    CREATION_TIME,
    END_TIME,
    Element("State", "state"),
    Element("Result", "result"),
    Element("Progress", "progress", "int"),
    Element("FailureMessage", "failure_message"),
)
"""The course of one run, from its beginning to its outcome."""
JOB_ELEMENTS = (
    Element("JobUid", "job_id", "urn", urn="Job"),
    Element("JobName", "job_name"),
    Element("JobType", "job_type"),
    *RUN_ELEMENTS,
    Element("IsRetry", "is_retry", "bool", derived=True),
)

UID_FIELD = Field("UID", "id", "uid")
NAME_FIELD = Field("Name", "name")
TIME_FIELDS = (Field("CreationTime", "creation_time", "time"), Field("EndTime", "end_time", "time"))
UTC_TIME_FIELDS = (Field("CreationTimeUTC", "creation_time", "time"), Field("EndTimeUTC", "end_time", "time"))
"""Only CDP's filters know the times by the names that the bodies have."""
RESULT_FIELD = Field("Result", "result", "enum", RESULTS)
SERVER_FIELDS = (Field("BackupServerUid", "server_id", "uid"), Field("BackupServerName", "server_name"))
VM_FIELD = Field("VmDisplayName", "vm_name")
TASK_FIELDS = (
    UID_FIELD,
    NAME_FIELD,
    *TIME_FIELDS,
    Field("State", "state", "enum", TASK_STATES),
    RESULT_FIELD,
    Field("Reason", "reason"),
    Field("TotalSize", "total_size", "int"),
    Field("JobSessionUid", "session_id", "uid"),
    Field("JobUid", "job_id", "uid"),
    Field("JobName", "job_name"),
    *SERVER_FIELDS,
    VM_FIELD,
)


def job_fields(job_types: tuple[str, ...]) -> tuple[Field, ...]:
    """The filter fields of sessions of jobs of these types."""
    return (
        UID_FIELD,
        NAME_FIELD,
        Field("JobType", "job_type", "enum", job_types),
        Field("JobUid", "job_id", "uid"),
        Field("JobName", "job_name"),
        *TIME_FIELDS,
        Field("State", "state", "enum", JOB_STATES),
        RESULT_FIELD,
        Field("IsRetry", "is_retry", "bool"),
        *SERVER_FIELDS,
    )


def task_elements(session_element: str, session_type: str) -> tuple[Element, ...]:
    """The elements of a task session, which names its session by ``session_element``. All are its own class's."""
    return (
        Element(session_element, "session_id", "urn", urn=session_type, derived=True),
        Element("CreationTimeUTC", "creation_time", "time", derived=True),
        Element("EndTimeUTC", "end_time", "time", derived=True, absent_if_null=True),
        Element("State", "state", derived=True),
        Element("Result", "result", derived=True),
        Element("Reason", "reason", derived=True),
        Element("TotalSize", "total_size", "int", derived=True),
    )


def alternates(type_name: str, path: str) -> tuple[LinkRule, LinkRule]:
    """The link from an entity to its reference, and the one back."""
    return (
        LinkRule("Alternate", f"{type_name}Reference", f"{path}/{{id}}", "{name}", shape="entity"),
        LinkRule("Alternate", type_name, f"{path}/{{id}}?format=Entity", "{name}", shape="reference"),
    )
