# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs that the server knows: those of its sessions, and those that somebody added, which may have no session yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from .clock import Clock
from .defaults import given_time, stable_id
from .defaults.common import refuse_unknown, server
from .kinds import BACKUP, JOBS, KIND_OF_TYPE, REPLICA
from .kinds.jobs import COPY_TYPES
from .schema import Kind, Record
from .store import Store

DAILY_START = timedelta(hours=22)
"""When jobs run unless somebody says otherwise, as the time of the day."""
FOLLOWERS: Mapping[str, str] = {"schedule_configured": "next_run", "schedule_enabled": "next_run", "server_name": "server_id"}
"""What is worked out anew when the one changes and the other is not given."""


class Jobs:
    """Adds, changes and removes jobs. Not safe under threads by itself, as the store is."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self._clock = clock
        self._store = store

    def add(self, given: Mapping[str, Any]) -> str:
        """Add a job, or change the one with this id, and return the id. ValueError for what no job has.

        Without an id it is that of the job with this name on this server, as sessions have it.
        """
        known = self.find(_identity(given))
        values = {} if known is None else dict(known.values)
        for key in given:
            values.pop(FOLLOWERS.get(key, ""), None)
        complete = _complete({**values, **given}, self._clock.now())
        kind = kind_of(complete["job_type"])
        if known is None:
            self._store.add(Record(kind, complete))
        elif known.kind is not kind:
            raise ValueError(f"a {known.kind.type} cannot become a {kind.type}")
        else:
            known.change(**complete)
            self._store.learn(known)
        return str(complete["id"])

    def learn(self, session: Record) -> None:
        """Take in the job of a session, if it is new and of a type that has jobs."""
        if session.kind not in (BACKUP, REPLICA):
            return
        name = KIND_OF_TYPE.get(session["job_type"])
        if name is None or self._store.get(JOBS[name], session["job_id"]) is not None:
            return
        keys = ("job_type", "server_id", "server_name")
        given = {"id": session["job_id"], "name": session["job_name"], **{key: session[key] for key in keys}}
        self._store.add(Record(JOBS[name], _complete(given, self._clock.now())))

    def remove(self, identity: str) -> None:
        """Forget a job, but not its sessions; ValueError for an unknown one."""
        known = self.find(str(identity).lower())
        if known is None:
            raise ValueError(f"there is no job {identity}")
        self._store.remove(known)

    def find(self, identity: str) -> Record | None:
        """The job with this id (lower case), of any kind, or None."""
        found = (self._store.get(kind, identity) for kind in JOBS.values())
        return next((job for job in found if job is not None), None)


def kind_of(job_type: str) -> Kind:
    """The kind of jobs of this type; one that is not known is a job of machines."""
    return JOBS[KIND_OF_TYPE.get(job_type, "job")]


def _identity(given: Mapping[str, Any]) -> str:
    if "id" in given:
        return str(given["id"]).lower()
    if "name" not in given:
        raise ValueError("a job needs a name or an id")
    return stable_id("job", server(given)["server_name"], given["name"])


def _complete(given: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """All values of a job; ValueError for one that jobs do not have."""
    job_type = given.get("job_type", "Backup")
    scheduled = bool(given.get("schedule_configured", True) and given.get("schedule_enabled", True))
    values = {
        "name": "Nightly Backup",
        "job_type": job_type,
        "platform": _platform(job_type),
        "description": "Created by EXAMPLE\\operator",
        "schedule_configured": True,
        "schedule_enabled": True,
        # An immediate copy job is scheduled and yet has no next run: it copies whatever comes.
        "next_run": _next_start(now) if scheduled and job_type != "ImmediateBackupCopy" else None,
        "extra": {},
        **server(given),
    }
    refuse_unknown(given, {"id": None, **values}, "job")
    values.update(given)
    values["id"] = _identity(given)
    values["next_run"] = given_time(values["next_run"], now)
    return values


def _platform(job_type: str) -> str:
    if job_type == "AgentBackup":
        return "AgentForWindows"
    return "CustomPlatform" if job_type in COPY_TYPES else "VMware"


def _next_start(now: datetime) -> datetime:
    """The next time that it is the hour of the daily start."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0) + DAILY_START
    return start if start > now else start + timedelta(days=1)
