# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills in what was not said about a session: give a few values, get a whole and consistent record."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Callable

from .kinds import BACKUP, BACKUP_TASK
from .schema import Kind, Record
from .times import name_time, parse_given_time

NAMESPACE = uuid.UUID("6d7f3a52-0c1e-5b8a-9f4d-2e6b81c7a903")
TIME_KEYS = ("creation_time", "end_time")
RUN_TIME = timedelta(minutes=10)

Given = Mapping[str, Any]


def stable_id(*words: str) -> str:
    """A GUID that is the same for the same words, so that a job or a server keeps its id."""
    return str(uuid.uuid5(NAMESPACE, "/".join(words)))


def given_time(value: Any, now: datetime) -> datetime | None:
    """A time as ISO 8601 text, as a datetime, or as seconds from now (negative: ago); None stays None."""
    if value is None:
        return None
    if isinstance(value, (int, float)):
        return now + timedelta(seconds=value)
    return parse_given_time(value)


def complete(kind: Kind, given: Given, now: datetime, parent: Record | None = None) -> dict[str, Any]:
    """All values of a record of this kind; ValueError for a value that the kind does not have.

    ``parent`` is the session of a task session. Names of the values are those in ``kinds.py``.
    """
    whole_now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    values = dict(given)
    for key in TIME_KEYS:
        if key in values:
            values[key] = given_time(values[key], whole_now)
    completed = COMPLETERS[kind.name](values, whole_now, parent)
    unknown = set(values) - set(completed)
    if unknown:
        raise ValueError(f"a {kind.name} session has no {', '.join(sorted(unknown))}")
    completed.update(values)
    completed["id"] = str(completed["id"]).lower()
    return completed


def _common(values: dict[str, Any], now: datetime, kind: Kind) -> dict[str, Any]:
    """What all sessions have; a session is over unless a state was given."""
    created = values.get("creation_time") or now - timedelta(hours=1)
    state = values.get("state", kind.finished_states[0])
    finished = state in kind.finished_states
    return {
        "id": str(uuid.uuid4()),
        "creation_time": created,
        "end_time": min(created + RUN_TIME, now) if finished else None,
        "state": state,
        "result": "Success" if finished else "None",
    }


def _server(values: dict[str, Any]) -> dict[str, Any]:
    server_name = values.get("server_name", "vbr01.example.test")
    return {"server_name": server_name, "server_id": stable_id("server", server_name)}


def _backup(values: dict[str, Any], now: datetime, dummy: Record | None) -> dict[str, Any]:
    common = {**_common(values, now, BACKUP), **_server(values)}
    job_name = values.get("job_name", "Nightly Backup")
    points = values.get("restore_points", ())
    if isinstance(points, int):
        values["restore_points"] = tuple((str(uuid.uuid4()), common["creation_time"]) for dummy in range(points))
    return {
        **common,
        "name": f"{job_name}@{name_time(common['creation_time'])}",
        "job_id": stable_id("job", common["server_name"], job_name),
        "job_name": job_name,
        "job_type": "Backup",
        "progress": 100 if common["state"] in BACKUP.finished_states else 42,
        "failure_message": None,
        "is_retry": False,
        "parent_id": None,
        "restore_points": (),
    }


def _backup_task(values: dict[str, Any], now: datetime, parent: Record | None) -> dict[str, Any]:
    if parent is None:
        raise ValueError("a backup_task session needs session_id, the id of a backup session")
    values.setdefault("creation_time", parent["creation_time"] + timedelta(seconds=15))
    common = _common(values, now, BACKUP_TASK)
    vm_name = values.get("vm_name", "app01")
    point = (stable_id("vm restore point", parent.id, vm_name), f"{vm_name}@{name_time(common['creation_time'])}")
    succeeded = common["state"] in BACKUP_TASK.finished_states and values.get("result", "Success") != "Failed"
    return {
        **common,
        "name": f"{vm_name}@{name_time(common['creation_time'])}",
        "vm_name": vm_name,
        "vm_uid": f"urn:VMware:Vm:{stable_id('host', parent['server_name'])}.vm-{1000 + sum(map(ord, vm_name)) % 9000}",
        "reason": "",
        "total_size": 21474836480 if succeeded else 0,
        "session_id": parent.id,
        "session_name": parent["name"],
        "job_id": parent["job_id"],
        "job_name": parent["job_name"],
        "server_id": parent["server_id"],
        "server_name": parent["server_name"],
        "restore_points": (point,) if succeeded else (),
    }


COMPLETERS: dict[str, Callable[[dict[str, Any], datetime, Record | None], dict[str, Any]]] = {
    BACKUP.name: _backup,
    BACKUP_TASK.name: _backup_task,
}
