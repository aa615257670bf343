# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud failover sessions: starts and tests of failover plans, each with its tasks inside."""

from __future__ import annotations

from ..roles import ADMINISTRATOR, RESTORE
from ..schema import Element, Field, Kind, LinkRule, Listing
from .common import (
    NAME_FIELD,
    RESULT_FIELD,
    RUN_ELEMENTS,
    SERVER_FIELDS,
    SHORT_STATES,
    TIME_FIELDS,
    UID_FIELD,
    UP_TO_SERVER,
    alternates,
)

CLOUD_FAILOVER = Kind(
    name="cloud_failover",
    type="CloudFailoverSession",
    root="CloudFailoverSessions",
    path="cloud/failoverSessions",
    query_type="CloudFailoverSession",
    readers=RESTORE,
    # Portal users read the collection, but the list of types that they may query lacks this one.
    query_readers=ADMINISTRATOR,
    end_progress=100,
    attributes=(("CloudFailoverPlanName", "plan_name"),),
    elements=(
        Element("JobType", "job_type"),
        *RUN_ELEMENTS,
        Element(
            "CloudFailoverTasks",
            "failover_tasks",
            "list",
            derived=True,
            item="CloudFailoverTasks",
            attributes=(("VmName", "vm_name"),),
            children=(
                Element(
                    "VmReplicaPointLink",
                    "point_id",
                    link=LinkRule("Related", "CloudVmReplicaPointReference", "cloud/vmReplicaPoints/{point_id}", "{point_name}"),
                ),
                *RUN_ELEMENTS,
            ),
        ),
    ),
    links=(UP_TO_SERVER, *alternates("CloudFailoverSession", "cloud/failoverSessions")),
    listings=(Listing("cloud/failoverSessions", readers=RESTORE),),
    fields=(
        UID_FIELD,
        NAME_FIELD,
        Field("Type", "job_type", "enum", ("FailoverPlan",)),
        *TIME_FIELDS,
        Field("State", "state", "enum", SHORT_STATES),
        RESULT_FIELD,
        Field("FailureMessage", "failure_message"),
        *SERVER_FIELDS,
    ),
)
