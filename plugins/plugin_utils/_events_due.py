# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which events a session makes, and what they say.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _events_options, _events_register, _histories, _rules

Event = dict[str, t.Any]

_OF_RESULTS = {"Failed": "failed", "Warning": "warning"}


class Due:
    """Says what is to be told of the sessions of a look. em: the host, as the rulebook names it."""

    def __init__(self, wishes: _events_options.Wishes) -> None:
        self._wishes = wishes
        self._em = wishes.connection.hostname

    def names(self, session: _family.Session, register: _events_register.Register) -> list[str]:
        """Return the names of the events that are due now, in their order, whether somebody wants them or not."""
        known = register.known(session)
        if known.over:
            return []
        names = ["started"]
        if self._over_runs(session):
            names.append("over_running")
        if not session["running"]:
            names.append("finished")
            if session["result"] in _OF_RESULTS:
                names.append(_OF_RESULTS[session["result"]])
            streak = register.streak_after(session)
            if session["result"] == "Failed" and streak is not None and streak.is_due(self._wishes.persistent_after):
                names.append("persistently_failed")
        return [name for name in names if name not in known.told]

    def event(self, session: _family.Session, name: str, register: _events_register.Register) -> Event | None:
        """Return an event as the rules get it, None where nobody wants it."""
        if name not in self._wishes.events or not self._is_of_a_job_wanted(session):
            return None
        event = {
            "event": name,
            "em": self._em,
            "kind": session["kind"],
            "id": session["id"],
            "name": session["name"],
            "job_id": _histories.id_of(session),
            "job_name": _histories.name_of(session),
            "job_type": session.get("job_type") or session.get("policy_type") or session.get("session_type"),
            "state": session["state"],
            "result": session["result"],
            "creation_time": session["creation_time"],
            "end_time": session["end_time"],
            "duration": session["duration"],
            "message": session.get("failure_message") or session.get("reason") or session.get("message"),
        }
        streak = register.streak_after(session) if name == "persistently_failed" else None
        return event if streak is None else {**event, "failures": streak.failures}

    def _is_of_a_job_wanted(self, session: _family.Session) -> bool:
        patterns = self._wishes.job_name
        name = _histories.name_of(session) or ""
        return patterns is None or any(_rules.fits(name, pattern) for pattern in patterns)

    def _over_runs(self, session: _family.Session) -> bool:
        """Tell whether a session takes, or took, longer than it may. One that is meant to run on may."""
        longest, duration = self._wishes.max_duration, session["duration"]
        return longest is not None and duration is not None and duration > longest and not _histories.runs_on(session)
