# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs of jobs that failed one after the other.

PRIVATE to the collection: everything here may change without notice.
A failed run and its failed retries are one failure. A success or a warning, also of a retry, ends the streak.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family, _values
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _histories


class Streak(t.NamedTuple):
    """How many runs of a job have failed in a row. last: when the session began that was counted last. told: as an event."""

    failures: int = 0
    last: str = ""
    told: bool = False

    def after(self, session: _family.Session) -> Streak:
        """Return the streak after one more finished session. One that began earlier than the last one changes nothing."""
        begun = session["creation_time"] or ""
        if _values.instant(begun) <= _values.instant(self.last) and self.last:
            return self
        if session["result"] in _histories.GOOD:
            return Streak(0, begun)
        if session["result"] != "Failed":
            return self._replace(last=begun)
        same_run = bool(session.get("is_retry")) and self.failures > 0
        return self._replace(failures=self.failures + (not same_run), last=begun)

    def is_due(self, persistent_after: int) -> bool:
        """Tell whether it is time to say that the job fails persistently."""
        return self.failures >= persistent_after and not self.told


def key_of(session: _family.Session) -> str | None:
    """Return what a streak is kept under, None for a session that belongs to none.

    The session of a machine, below that of its agent job, belongs to none: the result of the job's session sums them up.
    """
    job = _histories.id_of(session)
    return None if job is None or session.get("parent_id") else str(job)
