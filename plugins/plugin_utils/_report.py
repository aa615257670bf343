# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the jobs of one or many Enterprise Managers did over a period, as plain data: every form of the report comes from it.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t
from collections import Counter

from ansible_collections.backupops.veeam_em.plugins.module_utils import _families, _values
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import (
    _failures,
    _histories,
    _known_jobs,
    _rules,
    _timeline,
    _verdicts,
)

_RESULTS = ("Success", "Warning", "Failed")


class Source(t.NamedTuple):
    """What was read of one Enterprise Manager.

    sessions: those of the period, and those that began before it and run on. earlier: older ones, of jobs that have none of these.
    tasks: what failed or warned on single machines. jobs: the jobs that EM knows. notes: what could not be told. now: the time by
    its clock, by which its jobs are judged. error: why nothing could be read, None where it could.
    """

    em: str
    sessions: t.Sequence[_histories.Session]
    earlier: t.Sequence[_histories.Session] = ()
    tasks: t.Sequence[_histories.Session] = ()
    jobs: t.Sequence[t.Mapping[str, t.Any]] = ()
    notes: t.Sequence[str] = ()
    now: str | None = None
    error: str | None = None

    @classmethod
    def of(cls, read: t.Mapping[str, t.Any]) -> Source:
        """Return what a playbook tells of it. Before ansible-core 2.19, a null that passes a template becomes an empty text."""
        return cls(**{**read, "now": read.get("now") or None, "error": read.get("error") or None})

    @property
    def distinct(self) -> list[_histories.Session]:
        """The sessions, each once, although those of agents and file shares may have been read as backups, too."""
        return list({session["id"]: session for session in self.sessions}.values())


def report_of(
    sources: t.Sequence[Source],
    kinds: t.Sequence[str],
    rulebook: _rules.Rulebook,
    start: float,
    now: float,
) -> dict[str, t.Any]:
    """Return the report. kinds: those that were read. start, now: the period, in seconds since 1970."""
    jobs = [{"em": source.em, **verdict._asdict()} for source in sources for verdict in _judged(source, kinds, rulebook, now)]
    unhealthy = sorted((job for job in jobs if not job["healthy"]), key=lambda job: _verdicts.UNHEALTHY.index(job["verdict"]))
    sessions = [session for source in sources for session in source.distinct]
    return {
        "generated": _values.text_of(now),
        "period": {"start": _values.text_of(start), "end": _values.text_of(now)},
        "totals": {
            "ems": len(sources),
            "ems_unread": sum(source.error is not None for source in sources),
            "jobs": len(jobs),
            "unhealthy": len(unhealthy),
            **_figures(sessions, [run for source in sources for run in _runs(source.distinct)]),
        },
        "ems": [
            {"em": source.em, "sessions": len(source.distinct), "error": source.error, "notes": list(source.notes)}
            for source in sources
        ],
        "families": [_family_figures(kind, sources) for kind in kinds],
        "attention": unhealthy,
        "jobs": jobs,
        "failures": [
            {"em": source.em, **failure} for source in sources for failure in _failures.failures_of(source.distinct, source.tasks)
        ],
        "timeline": _timeline.timeline_of([(source.em, source.distinct) for source in sources], unhealthy, start, now),
    }


def sessions_of(sources: t.Iterable[Source]) -> list[dict[str, t.Any]]:
    """Return every session with the name of its Enterprise Manager, the newest first."""
    sessions = [{"em": source.em, **session} for source in sources for session in source.distinct]
    return sorted(sessions, key=lambda session: _values.instant(session["creation_time"]), reverse=True)


def _judged(source: Source, kinds: t.Sequence[str], rulebook: _rules.Rulebook, now: float) -> list[_verdicts.Verdict]:
    known = _known_jobs.known_jobs_of(source.jobs, kinds)
    moment = _values.epoch_of(source.now or "") or now
    return _verdicts.judge([*source.sessions, *source.earlier], rulebook, moment, known)


def _family_figures(kind: str, sources: t.Sequence[Source]) -> dict[str, t.Any]:
    """Return the figures of the sessions that were read as this kind."""
    of_kind = [
        list({session["id"]: session for session in source.sessions if session["kind"] == kind}.values()) for source in sources
    ]
    sessions = [session for found in of_kind for session in found]
    runs = [run for found in of_kind for run in _runs(found)]
    return {"kind": kind, "title": _families.FAMILIES[kind].titles, **_figures(sessions, runs)}


def _runs(sessions: t.Sequence[_histories.Session]) -> list[_histories.Run]:
    """Return what the jobs tried; a session that belongs to no job stands for itself."""
    runs = [run for history in _histories.histories_of(sessions) for run in history.runs]
    return runs + [_histories.Run((session,)) for session in sessions if _histories.name_of(session) is None]


def _figures(sessions: t.Sequence[_histories.Session], runs: t.Sequence[_histories.Run]) -> dict[str, t.Any]:
    """Return counts of sessions by result, and the share of runs that came to a good end: a retry that succeeds mends its run."""
    results = Counter(session["result"] for session in sessions if not session["running"])
    ended = [run.succeeded for run in runs if run.succeeded is not None]
    return {
        "sessions": len(sessions),
        "running": sum(bool(session["running"]) for session in sessions),
        **{result.lower(): results[result] for result in _RESULTS},
        "other": sum(number for result, number in results.items() if result not in _RESULTS),
        "runs": len(ended),
        "runs_ok": sum(ended),
        "success_rate": round(100 * sum(ended) / len(ended), 1) if ended else None,
    }
