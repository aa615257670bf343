# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's own time: real time plus an offset that tests move forward, and what is planned on it."""

from __future__ import annotations

import heapq
from datetime import datetime, timedelta, timezone
from typing import Callable

Action = Callable[[datetime], None]


class Clock:
    """A clock in UTC that can be advanced, with a plan of actions that fall due on it.

    Nothing runs by itself: whoever is about to look at the data calls :meth:`settle` first, so that a moved clock and a
    waited-for one give the same results.
    """

    def __init__(self) -> None:
        self._offset = timedelta()
        self._planned: list[tuple[datetime, int, Action]] = []
        self._number = 0

    def now(self) -> datetime:
        """The server's time, in UTC."""
        return datetime.now(timezone.utc) + self._offset

    def advance(self, seconds: float) -> None:
        """Move the clock forward (or, with a negative number, back) without waiting."""
        self._offset += timedelta(seconds=seconds)

    def plan(self, when: datetime, action: Action) -> None:
        """Call ``action(when)`` as soon as the clock has passed ``when``."""
        self._number += 1
        heapq.heappush(self._planned, (when, self._number, action))

    def settle(self) -> None:
        """Carry out what has fallen due, in the order of time."""
        now = self.now()
        while self._planned and self._planned[0][0] <= now:
            when, dummy, action = heapq.heappop(self._planned)
            action(when)

    def clear(self) -> None:
        """Forget what is planned and go back to real time."""
        self._planned.clear()
        self._offset = timedelta()
