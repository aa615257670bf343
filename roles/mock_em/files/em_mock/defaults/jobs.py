# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Defaults of the sessions of backup and replica jobs and of their task sessions."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from ..kinds import BACKUP, BACKUP_TASK, REPLICA, REPLICA_TASK
from ..schema import Record
from .common import job_session, job_task_session, points, session_of, stable_id


def backup(values: dict[str, Any], now: datetime, dummy: Record | None) -> dict[str, Any]:
    """A backup session; ``restore_points`` may be a number."""
    session = job_session(values, now, BACKUP, "Nightly Backup", "Backup")
    given = values.get("restore_points", ())
    if isinstance(given, int):
        values["restore_points"] = tuple((str(uuid.uuid4()), session["creation_time"]) for dummy in range(given))
    return {**session, "parent_id": None, "restore_points": ()}


def backup_task(values: dict[str, Any], now: datetime, parent: Record | None) -> dict[str, Any]:
    """A task session of a backup session."""
    owner = session_of(parent, BACKUP_TASK)
    session = job_task_session(values, now, BACKUP_TASK, owner)
    number = 1000 + sum(map(ord, session["vm_name"])) % 9000
    return {
        **session,
        "vm_uid": f"urn:VMware:Vm:{stable_id('host', owner['server_name'])}.vm-{number}",
        "restore_points": points(values, session, BACKUP_TASK, "vm restore point"),
    }


def replica(values: dict[str, Any], now: datetime, dummy: Record | None) -> dict[str, Any]:
    """A replica session."""
    return job_session(values, now, REPLICA, "Nightly Replication", "Replica")


def replica_task(values: dict[str, Any], now: datetime, parent: Record | None) -> dict[str, Any]:
    """A task session of a replica session."""
    session = job_task_session(values, now, REPLICA_TASK, session_of(parent, REPLICA_TASK))
    return {**session, "replica_points": points(values, session, REPLICA_TASK, "vm replica point")}
