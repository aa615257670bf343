# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replica sessions and their task sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rows import SECOND_SERVER, Row, add_rows

if TYPE_CHECKING:
    from ..manager import EnterpriseManager

SESSIONS: tuple[Row, ...] = (
    {"job_name": "File Replication", "hours": 26, "minutes": 12, "micro": 640000, "vms": ["file01", "file02"]},
    {
        "job_name": "SQL Replication",
        "hours": 5,
        "minutes": 3,
        "micro": 123400,
        "result": "Failed",
        "failure_message": "Processing sql01 failed: the target host esx02 is in maintenance mode.",
        "vms": ["sql01"],
        "reason": 'Error: Host "esx02" is not available, tried {3} times; see D:\\Logs\\Replica\\SQL Replication.log ',
    },
    {"job_name": "SQL Replication", "hours": 4, "minutes": 19, "micro": 607000, "is_retry": True, "vms": ["sql01"]},
    {
        "job_name": "R\u00e9plique d'\u00e9t\u00e9 \u6771\u4eac",
        "hours": 9,
        "minutes": 41,
        "micro": 399120,
        "result": "Warning",
        "failure_message": "Network traffic verification is disabled",
        "vms": ["caf\u00e9-01"],
        **SECOND_SERVER,
    },
    {
        "job_name": 'DR "Gold"; site\\2, daily @ night',
        "hours": 12,
        "minutes": 8,
        "micro": 10659,
        "vms": ['web "blue"; 1, a\\b@c'],
        **SECOND_SERVER,
    },
    {"job_name": "File Replication", "hours": 960, "minutes": 90, "vms": ["file01"]},
    {"job_name": "Night Replication", "hours": 1, "micro": 500000, "state": "Working", "progress": 37, "vms": ["app01", "app02"]},
    {"job_name": "Mail Replication", "hours": 0.01, "state": "Starting", "progress": 0},
    {"job_name": "Web Replication", "hours": 2, "micro": 70000, "state": "Stopping", "progress": 80, "vms": ["web02"]},
    {"job_name": "Lab Replication", "hours": 6, "state": "Pausing", "progress": 15, **SECOND_SERVER},
    {"job_name": "Test Replication", "hours": 7, "state": "Resuming", "progress": 16, **SECOND_SERVER},
    {"job_name": "Idle Replication", "hours": 30, "state": "Idle", "progress": 99},
    {
        "job_name": "Seeded Replication",
        "job_type": "UniversalReplica",
        "hours": 0.5,
        "state": "Seeding",
        "progress": 3,
        "extra": {"Bottleneck": "Source"},
    },
)


def fill(em: EnterpriseManager) -> None:
    """Add the replica sessions."""
    add_rows(em, "replica", SESSIONS)
