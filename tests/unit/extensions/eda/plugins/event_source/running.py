# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The event source as ansible-rulebook runs it, in this process: started, killed, started again."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.extensions.eda.plugins.event_source import em_sessions
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for

Thing = t.Callable[[], t.Any]
Event = dict[str, t.Any]


def given_options(em: MockEm, **given: t.Any) -> dict[str, t.Any]:
    """Return the options of a source in a rulebook, with the connection to a simulated EM."""
    return {**{name: value for name, value in options_for(em).items() if value is not None}, **given}


class Killed(BaseException):
    """Stands for a SIGKILL: nothing that is known only in memory survives."""


class Engine:
    """Takes events in. killed_at: the number of the event at which it dies; keeps: whether it has that one by then."""

    def __init__(self, killed_at: int | None = None, keeps: bool = False) -> None:
        self.events: list[Event] = []
        self._killed_at = killed_at
        self._keeps = keeps

    async def put(self, event: Event) -> None:
        dies = len(self.events) == self._killed_at
        if not dies or self._keeps:
            self.events.append(event)
        if dies:
            raise Killed

    @property
    def told(self) -> list[tuple[str, str]]:
        """The job and the event of each."""
        return [(event["job_name"], event["event"]) for event in self.events]


class Source:
    """The source of a rulebook with one simulated EM, started as often as a test likes."""

    def __init__(self, em: MockEm, cursor_file: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.em = em
        self.cursor_file = cursor_file
        self.pauses: list[float] = []
        self._things: list[Thing] = []
        monkeypatch.setattr(asyncio, "sleep", self._sleep)

    async def _sleep(self, seconds: float) -> None:
        """Stand in for the pause between two looks: one thing happens, and time passes. After all of them, the rulebook ends."""
        self.pauses.append(seconds)
        if not self._things:
            raise asyncio.CancelledError
        self._things.pop(0)()
        self.em.clock.advance(seconds)

    def run(self, *things: Thing, engine: Engine | None = None, **given: t.Any) -> Engine:
        """Look once, and once more after each of these things; then be cancelled. Return the engine that got the events."""
        taker = engine or Engine()
        self._things = list(things)
        with contextlib.suppress(asyncio.CancelledError, Killed):
            asyncio.run(em_sessions.main(taker, given_options(self.em, cursor_file=str(self.cursor_file), **given)))
        return taker


def nothing() -> None:
    """Let time pass."""


def failing(em: MockEm, job_name: str = "SQL", **values: t.Any) -> Thing:
    """Return a thing: a session of a job begins and fails at once."""
    settings = {"creation_time": 1, "end_time": 1, "state": "Stopped", "result": "Failed", **values}
    return lambda: em.add_session(job_name=job_name, **settings)


ONE_FAILURE = [("SQL", "started"), ("SQL", "finished"), ("SQL", "failed")]
