# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup sessions, those of agents and file shares among them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any, NamedTuple

from ..defaults import stable_id
from ..kinds import BACKUP
from ..schema import Record
from ..times import name_time
from .common import FAILURES, RESULT_WEIGHTS, RESULTS, RETRY_SHARE, SERVERS, creation_time, guid

RUNNING_SHARE = 0.002
JOBS = 60
TYPES = ("Backup", "Backup", "Backup", "BackupCopy", "ImmediateBackupCopy", "AgentBackup", "NasBackup")
WITHOUT_TASKS = frozenset({"AgentBackup", "ImmediateBackupCopy"})


class Job(NamedTuple):
    """What the sessions of one job have in common; a container's ``parts`` are the jobs of its child sessions."""

    id: str
    name: str
    type: str
    server_id: str
    server_name: str
    parts: tuple[Job, ...] = ()


def has_tasks(record: Record) -> bool:
    """Whether a session has task sessions: a mere container has none, its children have."""
    return record["job_type"] not in WITHOUT_TASKS


class BackupMaker:
    """Makes sessions around one point in time."""

    def __init__(self, seed: int, now: datetime) -> None:
        self._random = random.Random(seed)
        self._now = now.replace(microsecond=0)
        self._jobs = [_job(number) for number in range(JOBS)]

    def records(self, count: int) -> Iterator[Record]:
        """So many sessions; a container comes before its children."""
        made = 0
        for job in cycle(self._jobs):
            if made >= count:
                return
            created = creation_time(self._random, self._now, made, count)
            session = self._session(job, created, None)
            yield session
            made += 1
            for part in job.parts[: count - made]:
                parent = session.id if part.type == "AgentManagement" else None
                yield self._session(part, created + timedelta(seconds=5), parent)
                made += 1

    def _session(self, job: Job, created: datetime, parent_id: str | None) -> Record:
        chance = self._random
        running = chance.random() < RUNNING_SHARE
        result = chance.choices(RESULTS, RESULT_WEIGHTS)[0]
        if running:
            created = self._now - timedelta(seconds=chance.randrange(60, 14400), microseconds=-created.microsecond)
        values: dict[str, Any] = {
            "id": guid(chance),
            "name": f"{job.name}@{name_time(created)}",
            "job_id": job.id,
            "job_name": job.name,
            "job_type": job.type,
            "creation_time": created,
            "end_time": None if running else created + timedelta(milliseconds=chance.randrange(20000, 10800000)),
            "state": "Working" if running else "Stopped",
            "result": "None" if running else result,
            "progress": chance.randrange(100) if running else 100,
            "failure_message": chance.choice(FAILURES) if result == "Failed" and not running else None,
            "is_retry": chance.random() < RETRY_SHARE,
            "server_id": job.server_id,
            "server_name": job.server_name,
            "parent_id": parent_id,
            "restore_points": ((guid(chance), created),) if job.type == "Backup" and result != "Failed" else (),
        }
        return Record(BACKUP, values)


def _job(number: int) -> Job:
    job_type = TYPES[number % len(TYPES)]
    server_name = SERVERS[number % len(SERVERS)]
    name = f"{job_type} {number:03d}"
    parts: tuple[Job, ...] = ()
    if job_type == "AgentBackup":
        machines = [f"{name} - host{machine:02d}" for machine in range(1 + number % 4)]
        parts = tuple(_named_job(machine, "AgentManagement", server_name) for machine in machines)
    if job_type == "ImmediateBackupCopy":
        parts = (_named_job(f"{name}\\Backup {number - 4:03d}", "ImmediateBackupCopyWorker", server_name),)
    return _named_job(name, job_type, server_name, parts)


def _named_job(name: str, job_type: str, server_name: str, parts: tuple[Job, ...] = ()) -> Job:
    return Job(stable_id("job", server_name, name), name, job_type, stable_id("server", server_name), server_name, parts)
