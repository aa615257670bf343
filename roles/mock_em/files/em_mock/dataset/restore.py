# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restore sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..defaults import stable_id
from .rows import SECOND_SERVER, Row, add_rows

if TYPE_CHECKING:
    from ..manager import EnterpriseManager

POINT = (stable_id("small", "restored point"), "file01@2026-01-06 07:59:00")
UNSET_TIME = "1753-01-01T00:00:00Z"
"""The least time of SQL Server, which stands for none."""

SESSIONS: tuple[Row, ...] = (
    {"vm_name": "file01", "hours": 3, "minutes": 29, "progress": 0, "restore_points": [POINT]},
    {"vm_name": "sql01", "job_type": "RestoreVm", "hours": 8, "minutes": 12, "micro": 640000, "progress": None},
    {
        "vm_name": "mail01",
        "job_type": "RestoreVm",
        "hours": 27,
        "minutes": 44,
        "micro": 123400,
        "result": "Failed",
        "failure_message": "Restore to host esx02 failed: the datastore is full",
        "progress": 61,
        **SECOND_SERVER,
    },
    {
        "vm_name": "caf\u00e9 \u6771\u4eac",
        "hours": 50,
        "minutes": 2,
        "micro": 399120,
        "result": "Warning",
        "restore_points": [POINT],
        **SECOND_SERVER,
    },
    {"vm_name": 'web "blue"; 1, a\\b@c', "hours": 75, "minutes": 5, "micro": 10659},
    {
        "vm_name": "dc01",
        "job_type": "RestoreVm",
        "hours": 100,
        "minutes": 9,
        "micro": 500000,
        "restored_object": f"urn:VMware:Vm:{stable_id('host', 'vbr01.example.test')}.vm-4711",
    },
    {"vm_name": "app03", "hours": 120, "end_time": UNSET_TIME, "micro": 607000, "progress": 0},
    {"vm_name": "file02", "hours": 960, "minutes": 30},
    {"vm_name": "app01", "hours": 0.3, "micro": 70000, "state": "Working", "progress": 12, "restore_points": [POINT]},
    {"vm_name": "app02", "job_type": "RestoreVm", "hours": 0.01, "state": "Starting", "progress": 0},
    {"vm_name": "app04", "hours": 1.5, "state": "Stopping", "progress": 90, **SECOND_SERVER},
    {
        "vm_name": "vm-cloud",
        "job_type": "InstantRecovery",
        "hours": 0.7,
        "state": "WaitingForUserAction",
        "progress": 100,
        "extra": {"Initiator": "EXAMPLE\\operator", "IsMounted": True},
    },
)


def fill(em: EnterpriseManager) -> None:
    """Add the restore sessions."""
    add_rows(em, "restore", SESSIONS)
