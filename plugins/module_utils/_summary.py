# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Counting sessions while they pass, so that a summary costs no memory per session.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import collections
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


# State, result, and whether it runs: sessions that are alike in all that is counted.
_Alike = tuple[t.Optional[str], t.Optional[str], bool]


class _Job:
    """What is known of one job from its sessions; last is the one that finished last."""

    def __init__(self, name: str | None) -> None:
        self.name = name
        self.alike: dict[_Alike, int] = collections.defaultdict(int)
        self.last_result: str | None = None
        self.last_end_time: str | None = None
        # the same as text that compares as times do
        self.last_end = ""


def counted_by(family: _family.Family) -> tuple[str, ...]:
    """Return the names of the fields of a session that its summary needs."""
    return ("state", "result", "running", "creation_time", "end_time", *(family.job or ()))


class Summary:
    """The figures over all sessions that were added."""

    def __init__(self, family: _family.Family) -> None:
        self._job_id, self._job_name = family.job or ("", "")
        # a family without jobs has all its sessions under None
        self._jobs: dict[str | None, _Job] = {}
        # times, and the same as text that compares as they do
        self._oldest: str | None = None
        self._newest: str | None = None
        self._first = self._last = ""

    def add(self, session: _family.Session) -> None:
        """Count one session."""
        job_id = session[self._job_id] if self._job_id else None
        job = self._jobs.get(job_id)
        if job is None:
            job = self._jobs[job_id] = _Job(session[self._job_name] if self._job_name else None)
        running = session["running"]
        job.alike[session["state"], session["result"], running] += 1
        created = session["creation_time"]
        if created is not None:
            begun = _values.instant(created)
            if self._oldest is None or begun < self._first:
                self._oldest, self._first = created, begun
            if self._newest is None or begun > self._last:
                self._newest, self._last = created, begun
        if self._job_id and not running:
            ended = _values.instant(session["end_time"])
            if ended >= job.last_end:
                # a job can be renamed: its latest name is the one that people know
                job.name, job.last_result = session[self._job_name], session["result"]
                job.last_end, job.last_end_time = ended, session["end_time"]

    @property
    def total(self) -> int:
        """How many sessions were added."""
        return sum(sum(job.alike.values()) for job in self._jobs.values())

    def result(self) -> dict[str, t.Any]:
        """Return the summary as the modules return it."""
        alike: collections.Counter[_Alike] = collections.Counter()
        for job in self._jobs.values():
            alike.update(job.alike)
        summary: dict[str, t.Any] = {
            **_numbers(alike),
            "by_state": _sums(alike, 0),
            "by_result": _sums(alike, 1),
            "oldest": self._oldest,
            "newest": self._newest,
        }
        if self._job_id:
            summary["by_job"] = [
                {
                    "job_id": job_id,
                    "job_name": job.name,
                    **_numbers(job.alike),
                    "by_result": _sums(job.alike, 1),
                    "last_result": job.last_result,
                    "last_end_time": job.last_end_time,
                }
                for job_id, job in sorted(self._jobs.items(), key=_by_name)
            ]
        return summary


def _numbers(alike: t.Mapping[_Alike, int]) -> dict[str, int]:
    """Return how many sessions there are, and how many of them run."""
    return {"total": sum(alike.values()), "running": sum(number for kind, number in alike.items() if kind[2])}


def _sums(alike: t.Mapping[_Alike, int], place: int) -> dict[str, int]:
    """Return how many sessions have each state (place 0) or result (place 1)."""
    sums: dict[str, int] = collections.defaultdict(int)
    for kind, number in alike.items():
        sums[str(kind[place] or "none")] += number
    return dict(sorted(sums.items()))


def _by_name(item: tuple[str | None, _Job]) -> tuple[str, str]:
    return item[1].name or "", item[0] or ""
