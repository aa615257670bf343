# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Counting sessions while they pass, so that a summary costs no memory per session.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family, _values

# What the keys of a summary are, for the documentation of the modules.
DESCRIPTIONS: t.Mapping[str, t.Mapping[str, t.Any]] = {
    "total": {"description": "How many sessions.", "type": "int", "sample": 42},
    "running": {"description": "How many of them have not finished.", "type": "int", "sample": 2},
    "by_state": {"description": "How many in each state.", "type": "dict", "sample": {"Stopped": 40, "Working": 2}},
    "by_result": {
        "description": "How many with each result, those without one under C(none).",
        "type": "dict",
        "sample": {"Failed": 3, "Success": 37, "none": 2},
    },
    "oldest": {"description": "The earliest creation time, UTC.", "type": "str", "sample": "2026-02-01T20:00:09.607Z"},
    "newest": {"description": "The latest creation time, UTC.", "type": "str", "sample": "2026-03-01T20:00:09.607Z"},
    "by_job": {
        "description": "The same for each job, by name. C(last_) is of the session that finished last.",
        "type": "list",
        "elements": "dict",
        "sample": [
            {
                "job_id": "8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4",
                "job_name": "Daily SQL",
                "total": 3,
                "running": 1,
                "by_result": {"Failed": 1, "Success": 1, "none": 1},
                "last_result": "Success",
                "last_end_time": "2026-03-01T20:12:54.717Z",
            }
        ],
    },
}


@dataclasses.dataclass
class _Job:
    """What is known of one job from its sessions; last is the one that finished last."""

    name: str | None
    total: int = 0
    running: int = 0
    results: dict[str, int] = dataclasses.field(default_factory=lambda: collections.defaultdict(int))
    last_result: str | None = None
    last_end_time: str | None = None
    last_end: str = ""


def counted_by(family: _family.Family) -> tuple[str, ...]:
    """Return the names of the fields of a session that its summary needs."""
    return ("state", "result", "running", "creation_time", "end_time", *(family.job or ()))


class Summary:
    """The figures over all sessions that were added."""

    def __init__(self, family: _family.Family) -> None:
        self._job_keys = family.job
        self._total = 0
        self._running = 0
        self._states: dict[str, int] = collections.defaultdict(int)
        self._results: dict[str, int] = collections.defaultdict(int)
        self._jobs: dict[str | None, _Job] = {}
        # times, and the same as text that compares as they do
        self._oldest: str | None = None
        self._newest: str | None = None
        self._first = self._last = ""

    def add(self, session: _family.Session) -> None:
        """Count one session."""
        self._total += 1
        self._running += session["running"]
        self._states[session["state"] or "none"] += 1
        self._results[session["result"] or "none"] += 1
        created = session["creation_time"]
        if created is not None:
            begun = _values.instant(created)
            if self._oldest is None or begun < self._first:
                self._oldest, self._first = created, begun
            if self._newest is None or begun > self._last:
                self._newest, self._last = created, begun
        if self._job_keys:
            self._add_to_job(session, *self._job_keys)

    def _add_to_job(self, session: _family.Session, id_key: str, name_key: str) -> None:
        name = session[name_key]
        job = self._jobs.get(session[id_key])
        if job is None:
            job = self._jobs[session[id_key]] = _Job(name)
        job.total += 1
        job.running += session["running"]
        job.results[session["result"] or "none"] += 1
        if session["running"]:
            return
        ended = _values.instant(session["end_time"])
        if ended >= job.last_end:
            # a job can be renamed: its latest name is the one that people know
            job.name = name
            job.last_end = ended
            job.last_result = session["result"]
            job.last_end_time = session["end_time"]

    def result(self) -> dict[str, t.Any]:
        """Return the summary as the modules return it."""
        summary: dict[str, t.Any] = {
            "total": self._total,
            "running": self._running,
            "by_state": dict(sorted(self._states.items())),
            "by_result": dict(sorted(self._results.items())),
            "oldest": self._oldest,
            "newest": self._newest,
        }
        if self._job_keys:
            summary["by_job"] = [
                {
                    "job_id": job_id,
                    "job_name": job.name,
                    "total": job.total,
                    "running": job.running,
                    "by_result": dict(sorted(job.results.items())),
                    "last_result": job.last_result,
                    "last_end_time": job.last_end_time,
                }
                for job_id, job in sorted(self._jobs.items(), key=_by_name)
            ]
        return summary


def _by_name(item: tuple[str | None, _Job]) -> tuple[str, str]:
    return item[1].name or "", item[0] or ""
