# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sessions that failed: why, on which machines, and whether it was mended since.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t
from collections import defaultdict

from ansible_collections.backupops.veeam_em.plugins.module_utils import _values
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _histories

# What became of a failure, the worst first.
OPEN, RETRIED, LATER = "no success since", "a retry succeeded", "a later run succeeded"
_ORDER = (OPEN, "", LATER, RETRIED)


def failures_of(sessions: t.Sequence[_histories.Session], tasks: t.Sequence[_histories.Session]) -> list[dict[str, t.Any]]:
    """Return the sessions that failed: what was not mended first, then the newest.

    tasks: task sessions, of which those that belong to one of these name its machines. The session of a machine below that of an
    agent job is told as a machine of that, where that was read.
    """
    machines = _machines(sessions, tasks)
    known = {session["id"] for session in sessions}
    mended = _mended(sessions)
    failures = [
        {
            "kind": session["kind"],
            "id": session["id"],
            "name": session["name"],
            "job_name": _histories.name_of(session),
            "creation_time": session["creation_time"],
            "end_time": session["end_time"],
            "duration": session.get("duration"),
            "is_retry": bool(session.get("is_retry")),
            "message": session.get("failure_message") or session.get("message"),
            "machines": machines[session["id"]],
            "since": mended.get(session["id"], ""),
        }
        for session in sessions
        if session["result"] == "Failed" and not session["running"] and session.get("parent_id") not in known
    ]
    newest_first = sorted(failures, key=lambda failure: _values.instant(failure["end_time"]), reverse=True)
    return sorted(newest_first, key=lambda failure: _ORDER.index(failure["since"]))


def _machines(
    sessions: t.Sequence[_histories.Session], tasks: t.Sequence[_histories.Session]
) -> defaultdict[str, list[dict[str, t.Any]]]:
    """Return what failed or warned on single machines, by the id of the session that it belongs to."""
    machines: defaultdict[str, list[dict[str, t.Any]]] = defaultdict(list)
    for task in tasks:
        machines[task["session_id"]].append(_machine(task.get("vm_name") or task["name"], task, "reason"))
    for session in sessions:
        if session.get("parent_id") and session["result"] in ("Failed", "Warning"):
            machines[session["parent_id"]].append(_machine(session.get("job_name") or session["name"], session, "failure_message"))
    return machines


def _machine(name: str, session: _histories.Session, reason: str) -> dict[str, t.Any]:
    return {"name": name, "result": session["result"], "reason": session.get(reason)}


def _mended(sessions: t.Sequence[_histories.Session]) -> dict[str, str]:
    """Return what became of each session of a job that failed, by its id."""
    found: dict[str, str] = {}
    for history in _histories.histories_of(sessions):
        later = OPEN
        for run in reversed(history.runs):
            found.update({session["id"]: RETRIED if run.succeeded else later for session in run.sessions})
            later = LATER if run.succeeded else later
    return found
