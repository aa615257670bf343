# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Looking again and again until nothing of what is watched runs.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import contextlib
import dataclasses
import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _client, _errors, _family, _values

# A logon session ends after 15 idle minutes; a look keeps it open.
_LONGEST_PAUSE = 600
# A look costs a query; without a pause between two of them the server would do nothing else.
SHORTEST_PAUSE = 0.1


@contextlib.contextmanager
def patience(interval: float, until: float, clock: t.Callable[[], float] = time.monotonic) -> t.Iterator[None]:
    """Let a read fail while there is time for another: a wait does not end because EM is not there for a moment.

    interval: seconds until the next read. until: when the wait ends, by the clock.
    """
    try:
        yield
    except (_errors.ConnectionFailed, _errors.TimedOut, _errors.ServerFailed):
        if clock() + interval > until:
            raise


@dataclasses.dataclass
class Watch:
    """A wait in progress: what ran at the last look, and each change since the first one.

    look: returns what runs now. interval, stable_for, timeout: in seconds. clock: seconds that only ever grow.
    """

    client: _client.EmClient
    look: t.Callable[[], t.Sequence[_family.Session]]
    interval: int
    stable_for: int
    timeout: int
    clock: t.Callable[[], float] = time.monotonic
    running: t.Sequence[_family.Session] = ()
    history: list[dict[str, t.Any]] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        self._begin = self.clock()
        self._quiet_since: float | None = None
        self._seen: frozenset[str] | None = None

    @property
    def waited(self) -> int:
        """Seconds since the wait began."""
        return int(self.clock() - self._begin)

    def once(self) -> None:
        """Look, and note what has changed."""
        self.running = self.look()
        ids = frozenset(str(session["uid"]) for session in self.running)
        if ids != self._seen:
            self.history.append({"time": _values.text_of(self.client.now()), "running": len(ids)})
            self._seen = ids
        if self.running:
            self._quiet_since = None
        elif self._quiet_since is None:
            self._quiet_since = self.clock()

    def until_quiet(self) -> bool:
        """Look until nothing has run for stable_for seconds; tell whether that came about within timeout.

        A moment in which EM cannot be asked is not a quiet one.
        """
        end = self._begin + self.timeout
        self.once()
        while not self._is_quiet():
            left = end - self.clock()
            if left <= 0:
                return False
            self.client.sleep(max(min(self._pause(), left), SHORTEST_PAUSE))
            seen = False
            with patience(self.interval, end, clock=self.clock):
                self.once()
                seen = True
            if not seen:
                self._quiet_since = None
        return True

    def _is_quiet(self) -> bool:
        return self._quiet_since is not None and self.clock() >= self._quiet_since + self.stable_for

    def _pause(self) -> float:
        """Return the seconds to the next look: fewer when it will have been quiet for long enough before."""
        interval = min(self.interval, _LONGEST_PAUSE)
        if self._quiet_since is None:
            return interval
        return min(interval, self._quiet_since + self.stable_for - self.clock())
