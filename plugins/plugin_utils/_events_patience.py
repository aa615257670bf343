# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patience with an EM that is away: which errors to wait through, for how long, and what to say of it.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors

_FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0

# What time can mend also in an EM that never answered yet.
_AWAY = (_errors.ConnectionFailed, _errors.TimedOut, _errors.ServerFailed)
# What no time mends. Names and passwords that are refused are not sent again: that could lock the account.
_FINAL = (_errors.BadRequest, _errors.AuthenticationFailed, _errors.PermissionDenied, _errors.MissingLibrary)


class Patience:
    """How one source bears with its EM. interval: seconds between two looks. clock: seconds that only ever grow."""

    def __init__(self, em: str, interval: float, clock: t.Callable[[], float] = time.monotonic) -> None:
        self._em = em
        self._first = min(interval, _FIRST_PAUSE)
        self._clock = clock
        self._answered = False
        self._away_since: float | None = None
        self._pause = 0.0

    def after_failure(self, error: Exception) -> tuple[float, str | None]:
        """Return the seconds until the next look, and what to log: something only when it was the first failure in a row.

        Raises the error where waiting is of no use.
        """
        away = isinstance(error, _AWAY) or (self._answered and isinstance(error, _errors.EmError) and not isinstance(error, _FINAL))
        if not away:
            raise error
        if self._away_since is not None:
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            return self._pause, None
        self._away_since, self._pause = self._clock(), self._first
        return self._pause, f"Enterprise Manager {self._em} is away, and is asked again until it is back: {error}"

    def after_success(self) -> str | None:
        """Return what to log: something only when it was away before."""
        since, self._away_since, self._answered = self._away_since, None, True
        if since is None:
            return None
        return f"Enterprise Manager {self._em} is back after {int(self._clock() - since)} s."
