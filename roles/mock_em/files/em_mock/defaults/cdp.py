# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Defaults of CDP sessions and their task sessions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ..kinds import CDP_REPLICA, CDP_REPLICA_TASK
from ..schema import Record
from ..times import name_time
from .common import TOTAL_SIZE, common, server, session_of, stable_id, task_session

DAY = timedelta(hours=24)


def cdp_replica(values: dict[str, Any], now: datetime, dummy: Record | None) -> dict[str, Any]:
    """A CDP session: it lasts a day, its progress stays 0, its failure message is empty instead of absent."""
    session = {**common(values, now, CDP_REPLICA, DAY), **server(values)}
    policy_name = values.get("policy_name", "CDP Policy")
    return {
        **session,
        "name": f"{policy_name}@{name_time(session['creation_time'])}",
        "policy_id": stable_id("policy", session["server_name"], policy_name),
        "policy_name": policy_name,
        "policy_type": "CdpReplica",
        "progress": 0,
        "failure_message": "",
        "is_retry": False,
    }


def cdp_replica_task(values: dict[str, Any], now: datetime, parent: Record | None) -> dict[str, Any]:
    """A task session of a CDP session: one at work says Success, and what it has transferred so far."""
    session = task_session(values, now, CDP_REPLICA_TASK, session_of(parent, CDP_REPLICA_TASK))
    if session["state"] == "InProgress":
        session.update(result="Success", total_size=TOTAL_SIZE)
    return session
