# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of all families but backup, a share of each on top of the backup sessions."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Callable

from ..defaults import complete
from ..kinds import CDP_REPLICA, CLOUD_FAILOVER, KINDS, REPLICA, RESTORE_SESSION, SYSTEM
from ..kinds.system import SESSION_TYPES
from ..schema import Record
from .common import FAILURES, RESULT_WEIGHTS, RESULTS, RETRY_SHARE, SERVERS, creation_time, guid

SHARES: Mapping[str, float] = {
    REPLICA.name: 0.05,
    RESTORE_SESSION.name: 0.02,
    CDP_REPLICA.name: 0.02,
    CLOUD_FAILOVER.name: 0.005,
    SYSTEM.name: 0.03,
}
"""How many sessions of a family there are per backup session."""
RUNNING_SHARE = 0.02
CDP_TIME = timedelta(hours=24)

Given = dict[str, Any]
Chance = random.Random


class FamilyMaker:
    """Makes sessions of one kind around one point in time."""

    def __init__(self, name: str, seed: int, now: datetime) -> None:
        self._kind = KINDS[name]
        self._details = DETAILS[name]
        self._random = random.Random(f"{seed}/{name}")
        self._now = now.replace(microsecond=0)

    def records(self, count: int) -> Iterator[Record]:
        """So many sessions."""
        for number in range(count):
            given = self._course(creation_time(self._random, self._now, number, count))
            given.update(self._details(self._random, given))
            yield Record(self._kind, complete(self._kind, given, self._now))

    def _course(self, created: datetime) -> Given:
        """When it ran and what became of it. A CDP session lasts a day, so the youngest ones are at it."""
        chance = self._random
        duration = timedelta(milliseconds=chance.randrange(20000, 10800000))
        running = chance.random() < RUNNING_SHARE
        if self._kind is CDP_REPLICA:
            duration = CDP_TIME
            running = created + duration > self._now
        elif running:
            created = self._now - timedelta(seconds=chance.randrange(60, 14400), microseconds=-created.microsecond)
        given: Given = {"id": guid(chance), "creation_time": created}
        if running:
            return {**given, "state": "InProgress" if self._kind is SYSTEM else "Working"}
        result = chance.choices(RESULTS, RESULT_WEIGHTS)[0]
        state = self._kind.end_state(result)
        outcome = {} if self._kind is SYSTEM else {"result": result}
        return {**given, "end_time": created + duration, "state": state, **outcome}


def _replica(chance: Chance, given: Given) -> Given:
    number = chance.randrange(12)
    return {
        "job_name": f"Replica {number:03d}",
        "server_name": SERVERS[number % len(SERVERS)],
        "is_retry": chance.random() < RETRY_SHARE,
        **_failure(chance, given),
    }


def _restore(chance: Chance, given: Given) -> Given:
    vm_name = f"vm{chance.randrange(400):03d}"
    point = (guid(chance), f"{vm_name}@{given['creation_time']:%Y-%m-%d} 01:00:00")
    return {
        "vm_name": vm_name,
        "server_name": chance.choice(SERVERS),
        "job_type": chance.choice(("FileLevelRestore", "FileLevelRestore", "RestoreVm")),
        "progress": chance.choice((100, 100, 0, None)),
        "restore_points": chance.choice(((point,), ())),
        **_failure(chance, given),
    }


def _cdp_replica(chance: Chance, given: Given) -> Given:
    number = chance.randrange(6)
    return {
        "policy_name": f"CDP Policy {number:02d}",
        "server_name": SERVERS[number % len(SERVERS)],
        **_failure(chance, given),
    }


def _cloud_failover(chance: Chance, given: Given) -> Given:
    number = chance.randrange(6)
    machines = [{"vm_name": f"vm{chance.randrange(400):03d}"} for dummy in range(chance.randrange(4))]
    return {
        "name": f"Tenant {number:02d} Failover Plan",
        "server_name": SERVERS[number % len(SERVERS)],
        "failover_tasks": machines,
        **_failure(chance, given),
    }


def _system(chance: Chance, given: Given) -> Given:
    failed = given["state"] == "Failed"
    return {"session_type": chance.choice(SESSION_TYPES), "message": chance.choice(FAILURES) if failed else ""}


def _failure(chance: Chance, given: Given) -> Given:
    return {"failure_message": chance.choice(FAILURES)} if given.get("result") == "Failed" else {}


DETAILS: Mapping[str, Callable[[Chance, Given], Given]] = {
    REPLICA.name: _replica,
    RESTORE_SESSION.name: _restore,
    CDP_REPLICA.name: _cdp_replica,
    CLOUD_FAILOVER.name: _cloud_failover,
    SYSTEM.name: _system,
}
