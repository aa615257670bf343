# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Defaults of restore and cloud failover sessions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ..kinds import CLOUD_FAILOVER, RESTORE_SESSION
from ..schema import Record, Values
from ..times import name_time
from .common import Given, common, progress, refuse_unknown, server, stable_id, with_times


def restore(values: dict[str, Any], now: datetime, dummy: Record | None) -> dict[str, Any]:
    """A restore session, named after its machine."""
    session = {**common(values, now, RESTORE_SESSION), **server(values)}
    vm_name = values.get("vm_name", "app01")
    job_type = values.get("job_type", "FileLevelRestore")
    title = f"FLR_[{vm_name}]" if job_type == "FileLevelRestore" else vm_name
    return {
        **session,
        "name": f"{title}@{name_time(session['creation_time'])}",
        "vm_name": vm_name,
        "job_type": job_type,
        "progress": progress(session["state"], RESTORE_SESSION),
        "failure_message": None,
        "restored_object": None,
        "restore_points": (),
    }


def cloud_failover(values: dict[str, Any], now: datetime, dummy: Record | None) -> dict[str, Any]:
    """A cloud failover session, named like its plan; ``failover_tasks`` are mappings."""
    session = {
        **common(values, now, CLOUD_FAILOVER),
        **server(values),
        "name": "Failover Plan",
        "plan_name": None,
        "job_type": "FailoverPlan",
        "failure_message": None,
        "failover_tasks": (),
    }
    session["progress"] = progress(session["state"], CLOUD_FAILOVER)
    whole: Values = {**session, **values}
    values["failover_tasks"] = tuple(_failover_task(task, now, whole) for task in whole["failover_tasks"])
    return session


def _failover_task(given: Given, now: datetime, session: Values) -> dict[str, Any]:
    """One machine's part of a failover; in all that was not given, it takes after its session."""
    vm_name = given.get("vm_name", "app01")
    task = {
        "vm_name": vm_name,
        "point_id": stable_id("cloud replica point", session["id"], vm_name),
        "point_name": f"{vm_name}@{name_time(session['creation_time'] - timedelta(hours=3))}",
        "creation_time": session["creation_time"] + timedelta(seconds=5),
        **{key: session[key] for key in ("end_time", "state", "result", "progress", "failure_message")},
    }
    refuse_unknown(given, task, "cloud failover task")
    return {**task, **with_times(given, now)}
