# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud failover sessions: names are those of the plans, and repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rows import SECOND_SERVER, Row, add_rows

if TYPE_CHECKING:
    from ..manager import EnterpriseManager

SESSIONS: tuple[Row, ...] = (
    {"name": "Tenant A Failover Plan", "hours": 300, "minutes": 1.5, "micro": 740000},
    {
        "name": "Tenant A Failover Plan",
        "plan_name": "Tenant A Failover Plan",
        "hours": 200,
        "minutes": 2,
        "micro": 123400,
        "failover_tasks": [{"vm_name": "filesrv01"}, {"vm_name": "filesrv02"}],
    },
    {
        "name": "Tenant A Failover Plan",
        "hours": 150,
        "minutes": 3,
        "micro": 10659,
        "result": "Failed",
        "failure_message": "1 of 2 machines failed",
        "failover_tasks": [
            {"vm_name": "filesrv01", "result": "Success", "failure_message": None},
            {"vm_name": 'web "blue"; 1, a\\b@c', "progress": 40, "failure_message": "No replica point, no power on."},
        ],
    },
    {
        "name": "Soci\u00e9t\u00e9 \u00c9t\u00e9 \u6771\u4eac",
        "hours": 100,
        "minutes": 9,
        "micro": 399120,
        "result": "Warning",
        **SECOND_SERVER,
    },
    {"name": 'Plan "Gold"; site\\2, all @ once', "hours": 50, "minutes": 4, "micro": 607000, **SECOND_SERVER},
    {"name": "Tenant A Failover Plan", "hours": 960, "minutes": 5},
    {
        "name": "Tenant B Failover Plan",
        "hours": 0.1,
        "micro": 500000,
        "state": "Working",
        "progress": 0,
        "failover_tasks": [
            {"vm_name": "app01"},
            {"vm_name": "app02", "state": "Starting"},
            {"vm_name": "app00", "state": "Stopped", "result": "Success", "progress": 100, "end_time": -60},
        ],
    },
    {"name": "Tenant C Failover Plan", "hours": 0.01, "micro": 70000, "state": "Starting", "progress": 0},
    {"name": "Tenant B Failover Plan", "hours": 0.5, "state": "Stopping", "progress": 70, **SECOND_SERVER},
    {
        "name": "Tenant D Failover Plan",
        "job_type": "PlannedFailoverPlan",
        "hours": 0.2,
        "state": "Finalizing",
        "progress": 95,
        "extra": {"IsTest": False},
    },
)


def fill(em: EnterpriseManager) -> None:
    """Add the cloud failover sessions."""
    add_rows(em, "cloud_failover", SESSIONS)
