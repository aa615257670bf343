# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup sessions, those of agents and file shares among them, and their task sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..defaults import stable_id
from .rows import SECOND_SERVER, Row, add_task, take_times

if TYPE_CHECKING:
    from ..manager import EnterpriseManager

DISK_FULL = (
    "Error: There is not enough space on the disk. Failed to write data to the file [D:\\Backups\\SQL Backup\\"
    "SQL Backup.vib]. Agent failed to process method {DataTransfer.SyncDisk}. "
)

FINISHED: tuple[Row, ...] = (
    {"job_name": "Fileserver Backup", "hours": 26, "minutes": 18, "points": 1, "vms": ["file01", "file02"]},
    {
        "job_name": "Fileserver Backup",
        "hours": 2,
        "minutes": 12,
        "micro": 500000,
        "points": 3,
        "vms": ["file01", "file02"],
    },
    {
        "job_name": "SQL Backup",
        "hours": 5,
        "minutes": 7,
        "micro": 640000,
        "result": "Failed",
        "failure_message": "Processing sql01 failed: not enough space on the disk.",
        "vms": ["sql01"],
        "reason": DISK_FULL,
    },
    {
        "job_name": "SQL Backup",
        "hours": 4,
        "minutes": 25,
        "micro": 607000,
        "is_retry": True,
        "points": 1,
        "vms": ["sql01"],
    },
    {
        "job_name": "Exchange Backup",
        "hours": 9,
        "minutes": 44,
        "micro": 123400,
        "result": "Warning",
        "failure_message": "Changed block tracking is disabled",
        "points": 1,
        "vms": ["mail01"],
    },
    {
        "job_name": "Mirror Copy",
        "job_type": "ImmediateBackupCopy",
        "hours": 30,
        "minutes": 90,
        "micro": 399120,
        "progress": 0,
    },
    {
        "job_name": "Mirror Copy\\Fileserver Backup",
        "job_type": "ImmediateBackupCopyWorker",
        "hours": 28,
        "minutes": 33,
        "micro": 659559,
        "vms": ["file01"],
    },
    {
        "job_name": "Mirror Copy\\SQL Backup",
        "job_type": "ImmediateBackupCopyWorker",
        "hours": 27,
        "minutes": 3,
        "micro": 45,
        "result": "Failed",
        "failure_message": "Source restore point is locked by another job",
        "vms": ["sql01"],
        "reason": "Hard disk 1 (0 B)",
    },
    {"job_name": "Linux Agents", "job_type": "AgentBackup", "hours": 20, "minutes": 31, "result": "Warning"},
    {
        "job_name": "Linux Agents - web01",
        "job_type": "AgentManagement",
        "parent": "Linux Agents",
        "hours": 20,
        "minutes": 15,
        "micro": 120000,
        "points": 1,
        "vms": ["web01"],
    },
    {
        "job_name": "Linux Agents - db01",
        "job_type": "AgentManagement",
        "parent": "Linux Agents",
        "hours": 20,
        "minutes": 30,
        "micro": 7000,
        "result": "Failed",
        "failure_message": "The agent on db01 cannot be reached",
        "vms": ["db01"],
        "reason": "Error: Connection refused ",
    },
    {"job_name": "File Shares", "job_type": "NasBackup", "hours": 49, "minutes": 55, "micro": 10659, **SECOND_SERVER},
    {
        "job_name": "File Shares",
        "job_type": "NasBackup",
        "hours": 25,
        "minutes": 1,
        "result": "Failed",
        "failure_message": "Cannot open \\\\nas01\\projects",
        **SECOND_SERVER,
    },
    {"job_name": "Fileserver Backup", "hours": 3, "minutes": 6, "micro": 100000, "points": 1, **SECOND_SERVER},
    {"job_name": "Archive Copy", "job_type": "BackupCopy", "hours": 700, "minutes": 300},
    {"job_name": "Monthly Backup", "hours": 960, "minutes": 240, "points": 1, "vms": ["file01"]},
    {"job_name": "Pod Backup", "job_type": "KubernetesBackup", "hours": 8, "minutes": 2},
    {"job_name": 'Backup "Gold"; daily, full & final', "hours": 10, "minutes": 5},
    {"job_name": "Team\\Backup [A] (B) {C} @ site 2", "hours": 11, "minutes": 5, "micro": 100001},
    {"job_name": "Sauvegarde d'été \u6771\u4eac \U0001f5c4", "hours": 12, "minutes": 5},
    {"job_name": "  Blank Ends  ", "hours": 13, "minutes": 5},
    {"job_name": "Line\nBreak\tTab <one> 'two'", "hours": 14, "minutes": 5},
    {"job_name": "100% + more/less? #1 =A%20B", "hours": 15, "minutes": 5},
)

RUNNING: tuple[Row, ...] = (
    {"job_name": "Nightly Backup", "hours": 1, "state": "Working", "progress": 61, "vms": ["app01", "app02"]},
    {"job_name": "Exchange Backup", "hours": 0.01, "state": "Starting", "progress": 0},
    {"job_name": "Web Backup", "hours": 2.5, "state": "Stopping", "progress": 12},
    {"job_name": "Lab Backup", "hours": 6, "state": "Pausing", "progress": 33, **SECOND_SERVER},
    {"job_name": "Test Backup", "hours": 7, "state": "Resuming", "progress": 34, **SECOND_SERVER},
    {"job_name": "Offsite Copy", "job_type": "BackupCopy", "hours": 31, "state": "Idle", "progress": 99},
    {
        "job_name": "Cluster Backup",
        "job_type": "ProxmoxBackup",
        "hours": 0.5,
        "state": "Postprocessing",
        "progress": 100,
    },
    {"job_name": "Windows Agents", "job_type": "AgentBackup", "hours": 0.7, "state": "Working", "progress": 50},
    {
        "job_name": "Windows Agents - desk01",
        "job_type": "AgentManagement",
        "parent": "Windows Agents",
        "hours": 0.7,
        "state": "Working",
        "progress": 50,
        "vms": ["desk01"],
    },
    {
        "job_name": "Home Shares",
        "job_type": "NasBackup",
        "hours": 0.4,
        "state": "Working",
        "progress": 5,
        **SECOND_SERVER,
    },
)


def fill(em: EnterpriseManager) -> None:
    """Add the backup sessions; ids come from the names."""
    for row in (*FINISHED, *RUNNING):
        _add(em, dict(row))


def _add(em: EnterpriseManager, row: Row) -> None:
    """Add one row, a session with its task sessions; ``points`` counts its restore points."""
    age = row["hours"]
    created, ended = take_times(em, row)
    identity = stable_id("small", row["job_name"], row.get("server_name", ""), str(age))
    points = tuple(
        (stable_id("point", identity, str(number)), created if number != 1 else "") for number in range(row.pop("points", 0))
    )
    machines, reason = row.pop("vms", ()), row.pop("reason", "")
    parent = row.pop("parent", None)
    if parent is not None:
        row["parent_id"] = stable_id("small", parent, row.get("server_name", ""), str(age))
    em.add_session(id=identity, creation_time=created, end_time=ended, restore_points=points, **row)
    for number, machine in enumerate(machines):
        add_task(em, "backup_task", identity, machine, number, row, reason)
