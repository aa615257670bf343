# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any number of backup sessions, made from a seed: the same seed gives the same sessions, relative to now."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any, NamedTuple

from .defaults import complete, stable_id
from .kinds import BACKUP, BACKUP_TASK, is_running
from .schema import Record
from .times import name_time

if TYPE_CHECKING:
    from .manager import EnterpriseManager

DAYS = 30
OLDER_SHARE = 0.01
RUNNING_SHARE = 0.002
RETRY_SHARE = 0.05
JOBS = 60
RESULTS = ("Success", "Warning", "Failed")
RESULT_WEIGHTS = (88, 7, 5)
FAILURES = ("Cannot connect to the host", "The network path was not found", "Insufficient free disk space")
TYPES = ("Backup", "Backup", "Backup", "BackupCopy", "ImmediateBackupCopy", "AgentBackup", "NasBackup")
SERVERS = ("vbr01.example.test", "vbr02.example.test", "vbr03.example.test")
WITHOUT_TASKS = frozenset({"AgentBackup", "ImmediateBackupCopy"})
TEBIBYTE = 1 << 40


class Job(NamedTuple):
    """What the sessions of one job have in common; a container's ``parts`` are the jobs of its child sessions."""

    id: str
    name: str
    type: str
    server_id: str
    server_name: str
    parts: tuple[Job, ...] = ()


def fill(em: EnterpriseManager, count: int, seed: int) -> None:
    """Add so many sessions, children counted. Task sessions are made when somebody asks for them."""
    maker = Maker(seed, em.clock.now())
    for record in maker.records(count):
        em.store.add(record)
        if is_running(record):
            em.lifecycle.plan_end(record, maker.planned_end(record), "Success")
        if record["job_type"] not in WITHOUT_TASKS:
            em.store.make_later(BACKUP_TASK, record, maker.tasks)


class Maker:
    """Makes sessions around one point in time."""

    def __init__(self, seed: int, now: datetime) -> None:
        self._seed = seed
        self._random = random.Random(seed)
        self._now = now.replace(microsecond=0)
        self._jobs = [_job(number) for number in range(JOBS)]

    def records(self, count: int) -> Iterator[Record]:
        """So many sessions; a container comes before its children."""
        made = 0
        for job in cycle(self._jobs):
            if made >= count:
                return
            created = self._creation_time(made, count)
            session = self._session(job, created, None)
            yield session
            made += 1
            for part in job.parts[: count - made]:
                parent = session.id if part.type == "AgentManagement" else None
                yield self._session(part, created + timedelta(seconds=5), parent)
                made += 1

    def planned_end(self, record: Record) -> datetime:
        """When a running session will end by itself."""
        hours = random.Random(f"{self._seed}/{record.id}").uniform(2, 8)
        return self._now + timedelta(hours=hours)

    def tasks(self, session: Record) -> Iterator[Record]:
        """The task sessions of a session, fitting its state as it is now."""
        chance = random.Random(f"{self._seed}/{session.id}/tasks")
        running = is_running(session)
        for number in range(chance.randint(1, 3)):
            given = {
                "id": _guid(chance),
                "session_id": session.id,
                "vm_name": f"vm{chance.randrange(400):03d}",
                "creation_time": session["creation_time"] + timedelta(seconds=20 + number),
                "end_time": session["end_time"],
            }
            if running:
                given["state"] = "Pending" if number else "InProgress"
            else:
                given["result"] = session["result"] if number == 0 else "Success"
                given["reason"] = session["failure_message"] or "" if number == 0 else ""
            if not running and given["result"] != "Failed":
                given["total_size"] = chance.randrange(TEBIBYTE)
            yield Record(BACKUP_TASK, complete(BACKUP_TASK, given, self._now, session))

    def _creation_time(self, number: int, count: int) -> datetime:
        """Evenly spread over the days, the first ones older; with as many digits as SQL Server or PostgreSQL write."""
        days = DAYS + self._random.uniform(1, 60) if number < count * OLDER_SHARE else self._random.uniform(0.5, DAYS)
        whole = self._now - timedelta(seconds=int(days * 86400))
        digits = self._random.choice((0, 3, 6))
        return whole + timedelta(microseconds=self._random.randrange(10**digits) * 10 ** (6 - digits))

    def _session(self, job: Job, created: datetime, parent_id: str | None) -> Record:
        chance = self._random
        running = chance.random() < RUNNING_SHARE
        result = chance.choices(RESULTS, RESULT_WEIGHTS)[0]
        if running:
            created = self._now - timedelta(seconds=chance.randrange(60, 14400), microseconds=-created.microsecond)
        values: dict[str, Any] = {
            "id": _guid(chance),
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
            "restore_points": ((_guid(chance), created),) if job.type == "Backup" and result != "Failed" else (),
        }
        return Record(BACKUP, values)


def _guid(chance: random.Random) -> str:
    digits = f"{chance.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


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
