# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How sessions move on the clock: planned ends, and ``Working``, ``Stopping``, ``Stopped`` after a stop."""

from __future__ import annotations

from datetime import datetime, timedelta

from .clock import Clock
from .kinds import children_of, is_running
from .schema import Kind, Record, Values
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
                self.finish(record, at, result)

        self._clock.plan(when, end)

    def stop(self, record: Record, now: datetime, seconds: float | None) -> None:
        """Begin to stop a running session; it is Stopped and Failed after so many seconds, with None never.

        A session that is stopping already, by whoever's wish, ends then too.
        """
        self._change(record, {"state": "Stopping"})

        def end(at: datetime) -> None:
            if is_running(record):
                self.finish(record, at, "Failed")

        if seconds is not None:
            self._clock.plan(now + timedelta(seconds=seconds), end)

    def finish(self, record: Record, when: datetime, result: str) -> None:
        """End a session, and with it what has not ended inside it."""
        kind = record.kind
        well = {} if kind.end_progress is None or result == "Failed" else {"progress": kind.end_progress}
        end = {"state": kind.end_state(result), "result": result, "end_time": when, **well}
        parts = {
            element.key: tuple(part if _is_over(part, kind) else {**part, **end} for part in record[element.key])
            for element in kind.elements
            if element.type == "list"
        }
        self._change(record, {**end, **parts})
        for child in children_of(kind):
            for task in self._store.owned(child, "session_id", record.id):
                if is_running(task):
                    reason = STOPPED_REASON if result == "Failed" else task["reason"]
                    end = {"state": child.end_state(result), "result": result, "end_time": when, "reason": reason}
                    self._change(task, end)

    def _change(self, record: Record, values: Values) -> None:
        record.change(**values)
        self._store.learn(record)


def _is_over(part: Values, kind: Kind) -> bool:
    return part["state"] in kind.finished_states
