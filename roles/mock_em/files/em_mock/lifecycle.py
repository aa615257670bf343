# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How sessions move on the clock: planned ends, and ``Working``, ``Stopping``, ``Stopped`` after a stop."""

from __future__ import annotations

from datetime import datetime, timedelta

from .clock import Clock
from .kinds import children_of, is_running
from .schema import Record
from .store import Store

STOPPED_REASON = "Operation was canceled by user."


class Lifecycle:
    """Ends and stops of sessions."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self._clock = clock
        self._store = store

    def plan_end(self, record: Record, when: datetime, result: str) -> None:
        """Let a running session end by itself, unless somebody stops it before."""

        def end(at: datetime) -> None:
            if is_running(record) and record["state"] != "Stopping":
                self._finish(record, at, result)

        self._clock.plan(when, end)

    def stop(self, record: Record, now: datetime, seconds: float | None) -> None:
        """Begin to stop a running session; it is Stopped and Failed after so many seconds, with None never.

        A session that is stopping already, by whoever's wish, ends then too.
        """
        record.change(state="Stopping")
        self._store.learn(record)

        def end(at: datetime) -> None:
            if is_running(record):
                self._finish(record, at, "Failed")

        if seconds is not None:
            self._clock.plan(now + timedelta(seconds=seconds), end)

    def _finish(self, record: Record, when: datetime, result: str) -> None:
        progress = 100 if result != "Failed" else record["progress"]
        self._end(record, when, result, progress=progress)
        for kind in children_of(record.kind):
            for task in self._store.owned(kind, "session_id", record.id):
                if is_running(task):
                    reason = STOPPED_REASON if result == "Failed" else task["reason"]
                    self._end(task, when, result, reason=reason)

    def _end(self, record: Record, when: datetime, result: str, **values: object) -> None:
        record.change(state=record.kind.finished_states[0], result=result, end_time=when, **values)
        self._store.learn(record)
