# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restore sessions: of files and of machines, without jobs. All roles may read them."""

from __future__ import annotations

from ..roles import EVERYONE, RESTORE
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
    VM_FIELD,
    alternates,
)

RESTORE_SESSION = Kind(
    name="restore",
    type="RestoreSession",
    root="RestoreSessions",
    path="restoreSessions",
    query_type="RestoreSession",
    readers=EVERYONE,
    query_readers=RESTORE,
    end_progress=100,
    attributes=(("VmDisplayName", "vm_name"),),
    elements=(
        Element("JobType", "job_type"),
        *RUN_ELEMENTS,
        Element("RestoredObjRef", "restored_object", derived=True),
    ),
    links=(
        UP_TO_SERVER,
        *alternates("RestoreSession", "restoreSessions"),
        LinkRule(
            "Related",
            "VmRestorePointReference",
            "vmRestorePoints/{each_id}",
            "{each_name}",
            shape="entity",
            each="restore_points",
        ),
    ),
    listings=(Listing("restoreSessions", readers=EVERYONE),),
    fields=(
        UID_FIELD,
        NAME_FIELD,
        Field("Type", "job_type", "enum", ("FileLevelRestore", "RestoreVm")),
        *TIME_FIELDS,
        Field("State", "state", "enum", SHORT_STATES),
        RESULT_FIELD,
        *SERVER_FIELDS,
        VM_FIELD,
    ),
)
