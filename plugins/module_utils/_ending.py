# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Signals that end a task unwind it as an exception, so that its logon session is closed.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import types
import typing as t

# Python drops an exception that is raised while something is being thrown away: after so many seconds it is raised once more.
_PATIENCE = 0.5


class Ending:
    """While it lasts, SIGTERM, with which a cancelled job ends, and Ctrl-C are exceptions."""

    def __init__(self) -> None:
        self._number = signal.SIGTERM
        self._insists = False
        self._before: dict[signal.Signals, t.Any] = {}

    def __enter__(self) -> Ending:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            # who has started us can have ruled out Ctrl-C, as a shell does for what runs in the background
            if signal.getsignal(number) != signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._end)
        return self

    def __exit__(self, *dummy: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextlib.contextmanager
    def insisting(self) -> t.Iterator[None]:
        """Let no exception get lost until this is left. What cleans up has to come after it, or it would be cut short as well."""
        self._insists = True
        try:
            yield
        finally:
            self._insists = False
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _end(self, number: int, dummy: types.FrameType | None) -> None:
        if number != signal.SIGALRM:
            self._number = signal.Signals(number)
        if self._insists:
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
        # what is cut short while it is being made can fail once more when it is thrown away; nobody can act on that
        sys.unraisablehook = _ignored
        if self._number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + self._number)


def _ignored(dummy: t.Any) -> None:
    """Take no notice of an error in a finalizer."""
