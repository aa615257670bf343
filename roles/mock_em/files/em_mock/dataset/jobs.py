# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs that have no session, and more about some that have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rows import SECOND_SERVER, Row

if TYPE_CHECKING:
    from ..manager import EnterpriseManager

JOBS: tuple[Row, ...] = (
    {"name": "New Backup", "platform": "Hyperv", "description": "Since yesterday"},
    {"name": "Retired Backup", "schedule_enabled": False, "description": 'Replaced by "SQL Backup"; keep, \\o/'},
    {"name": "Manual Backup", "schedule_configured": False, "schedule_enabled": False, "description": "", **SECOND_SERVER},
    {"name": "New Replication", "job_type": "Replica", "platform": "vCloud"},
    {"name": "New Agents", "job_type": "AgentBackup", "description": "Ordinateurs d'\u00e9t\u00e9 \u6771\u4eac"},
    {"name": "New Shares", "job_type": "NasBackup", "schedule_enabled": False, **SECOND_SERVER},
    {"name": "Linux Agents", "job_type": "AgentBackup", "platform": "AgentForLinux"},
    {"name": "Lab Backup", "schedule_enabled": False, **SECOND_SERVER},
)


def fill(em: EnterpriseManager) -> None:
    """Add the jobs."""
    for row in JOBS:
        em.add_job(**row)
