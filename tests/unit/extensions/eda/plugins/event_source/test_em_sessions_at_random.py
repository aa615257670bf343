# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sessions come and go, the source is killed and started again, EM goes away, all at random: each event still comes once."""

from __future__ import annotations

import random
import typing as t
from collections import Counter

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.extensions.eda.plugins.event_source.running import Engine, Source, nothing

JOBS = ("SQL", "Web", "Mail")
# With persistent_after as it is by default
_ENOUGH = 2


class Estate:
    """Jobs of a simulated EM whose sessions begin and end at random, and the events that have to come of them."""

    def __init__(self, em: MockEm, chance: random.Random) -> None:
        self._em = em
        self._chance = chance
        self._running: dict[str, str] = {}
        self._failures: Counter[str] = Counter()
        self.expected: Counter[tuple[str, str]] = Counter()

    def happen(self) -> None:
        """Let a session begin or end, EM fail once, or nothing but time pass."""
        self._chance.choice((self._move, self._move, self._move, self._fail, nothing))()

    def _move(self) -> None:
        """Let the session of a job end, or a new one begin where none runs."""
        job = self._chance.choice(JOBS)
        self._em.clock.advance(self._chance.choice((1, 60, 4000)))
        if job not in self._running:
            self._running[job] = self._em.add_session(job_name=job, state="Working", creation_time=0)
            self.expected[self._running[job], "started"] += 1
        else:
            self._end(job, self._chance.choice(("Success", "Warning", "Failed", "Failed", "Failed")))

    def _end(self, job: str, result: str) -> None:
        identity = self._running.pop(job)
        self._em.change_session(identity, state="Stopped", result=result)
        names = ["finished", *{"Failed": ["failed"], "Warning": ["warning"]}.get(result, [])]
        self._failures[job] = self._failures[job] + 1 if result == "Failed" else 0
        if self._failures[job] == _ENOUGH:
            names.append("persistently_failed")
        self.expected.update((identity, name) for name in names)

    def _fail(self) -> None:
        """Let the next query be answered with an error."""
        self._em.faults.add(kind="status", status=500, path="/query", after=self._chance.randrange(2), times=1)


@pytest.mark.parametrize("seed", range(10))
def test_each_event_comes_once_whatever_happens(em: MockEm, source: Source, seed: int) -> None:
    chance = random.Random(seed)
    estate = Estate(em, chance)
    told: list[dict[str, t.Any]] = []
    source.run()
    for dummy in range(12):
        things = [estate.happen for dummy in range(chance.randrange(8))]
        engine = Engine(chance.choice((None, None, *range(6))), keeps=False)
        told += source.run(*things, engine=engine, retries=0).events
        for thing in things[:3]:
            thing()  # while it is down
    em.faults.clear()
    told += source.run(nothing, nothing).events
    assert Counter((event["id"], event["event"]) for event in told) == estate.expected
    assert len(told) > 20
