# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the defaults of several families have in common."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..schema import Kind, Record
from ..times import name_time, parse_given_time

NAMESPACE = uuid.UUID("6d7f3a52-0c1e-5b8a-9f4d-2e6b81c7a903")
TIME_KEYS = ("creation_time", "end_time")
RUN_TIME = timedelta(minutes=10)
TOTAL_SIZE = 21474836480

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


def with_times(given: Given, now: datetime) -> dict[str, Any]:
    """What was given, its times read."""
    return {key: given_time(value, now) if key in TIME_KEYS else value for key, value in given.items()}


def refuse_unknown(given: Given, known: Given, what: str) -> None:
    """ValueError for a value that such a thing does not have."""
    unknown = set(given) - set(known)
    if unknown:
        raise ValueError(f"a {what} has no {', '.join(sorted(unknown))}")


def common(values: Given, now: datetime, kind: Kind, run_time: timedelta = RUN_TIME) -> dict[str, Any]:
    """What all sessions have; a session is over unless a state was given."""
    created = values.get("creation_time") or now - timedelta(hours=1)
    state = values.get("state") or kind.end_state(values.get("result", kind.good_result))
    finished = state in kind.finished_states
    return {
        "id": str(uuid.uuid4()),
        "creation_time": created,
        "end_time": min(created + run_time, now) if finished else None,
        "state": state,
        "result": kind.end_result(state) if finished else "None",
        "extra": {},
    }


def server(values: Given) -> dict[str, Any]:
    """The backup server of a session."""
    server_name = values.get("server_name", "vbr01.example.test")
    return {"server_name": server_name, "server_id": stable_id("server", server_name)}


def job_session(values: Given, now: datetime, kind: Kind, job_name: str, job_type: str) -> dict[str, Any]:
    """What sessions of jobs have."""
    session = {**common(values, now, kind), **server(values)}
    name = values.get("job_name", job_name)
    return {
        **session,
        "name": f"{name}@{name_time(session['creation_time'])}",
        "job_id": stable_id("job", session["server_name"], name),
        "job_name": name,
        "job_type": job_type,
        "progress": progress(session["state"], kind),
        "failure_message": None,
        "is_retry": False,
    }


def progress(state: str, kind: Kind) -> int | None:
    """How far a session is."""
    return kind.end_progress if state in kind.finished_states else 42


def session_of(parent: Record | None, kind: Kind) -> Record:
    """The session that a task session belongs to; ValueError when there is none."""
    if parent is None:
        raise ValueError(f"a {kind.name} session needs session_id, the id of a {kind.parent} session")
    return parent


def task_session(values: dict[str, Any], now: datetime, kind: Kind, parent: Record) -> dict[str, Any]:
    """What task sessions have."""
    values.setdefault("creation_time", parent["creation_time"] + timedelta(seconds=15))
    session = common(values, now, kind)
    vm_name = values.get("vm_name", "app01")
    return {
        **session,
        "name": f"{vm_name}@{name_time(session['creation_time'])}",
        "vm_name": vm_name,
        "reason": "",
        "total_size": TOTAL_SIZE if has_succeeded(values, session, kind) else 0,
        "session_id": parent.id,
        "session_name": parent["name"],
        "server_id": parent["server_id"],
        "server_name": parent["server_name"],
    }


def job_task_session(values: dict[str, Any], now: datetime, kind: Kind, parent: Record) -> dict[str, Any]:
    """What task sessions of jobs have: also the job, which filters know though no element names it."""
    return {**task_session(values, now, kind, parent), "job_id": parent["job_id"], "job_name": parent["job_name"]}


def points(values: Given, session: Given, kind: Kind, what: str) -> tuple[tuple[str, str], ...]:
    """The restore or replica point (its id and name) that a task session has made, if it has."""
    point = (stable_id(what, session["session_id"], session["vm_name"]), session["name"])
    return (point,) if has_succeeded(values, session, kind) else ()


def has_succeeded(values: Given, session: Given, kind: Kind) -> bool:
    """Whether a task session has ended with something to show."""
    return session["state"] in kind.finished_states and values.get("result", "Success") != "Failed"
