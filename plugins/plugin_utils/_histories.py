# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sessions of each job in their order, and what the job tried: a run is a session with its retries.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t
from collections import defaultdict

from ansible_collections.backupops.veeam_em.plugins.module_utils import _values

Session = t.Mapping[str, t.Any]

# Copy jobs always have a session that waits for something to copy. That of a periodic one ends with each interval; that of an
# immediate one never ends by itself, and what it copied is told by sessions of its workers, `<copy job>\\<source job>`.
_PERIODIC_COPY, _IMMEDIATE_COPY = "backupcopy", "immediatebackupcopy"
# What is no failure.
GOOD = ("Success", "Warning")


class Run(t.NamedTuple):
    """What a job tried once: its first session and the retries of it, oldest first."""

    sessions: tuple[Session, ...]

    @property
    def running(self) -> bool:
        """Whether one of its sessions has not finished."""
        return any(session["running"] for session in self.sessions)

    @property
    def last_finished(self) -> Session | None:
        """The session whose result is the run's so far: a retry that succeeds makes the run a success."""
        finished = [session for session in self.sessions if not session["running"]]
        return finished[-1] if finished else None

    @property
    def succeeded(self) -> bool | None:
        """Whether the run came to a good end, warnings included; None while it has none."""
        last = self.last_finished
        if last is None or (self.running and last["result"] not in GOOD):
            return None
        return last["result"] in GOOD


class History(t.NamedTuple):
    """A job and those of its sessions that were read, oldest first. kind: the family that was read."""

    kind: str
    job_id: str | None
    job_name: str
    job_type: str | None
    backup_server: str | None
    sessions: tuple[Session, ...]

    @property
    def continuous(self) -> bool:
        """Whether the job is meant to have a running session all the time."""
        return any(map(runs_on, self.sessions))

    @property
    def lives_on(self) -> bool:
        """Whether the running session of the job is one that never ends: how an earlier one ended is history then."""
        return bool(self.running) and (self.job_type or "").lower() == _IMMEDIATE_COPY

    @property
    def runs(self) -> list[Run]:
        """What the job tried, oldest first. A retry whose first session was not read stands for the run by itself."""
        runs: list[list[Session]] = []
        for session in self.sessions:
            if runs and session.get("is_retry"):
                runs[-1].append(session)
            else:
                runs.append([session])
        return [Run(tuple(run)) for run in runs]

    @property
    def finished(self) -> list[Session]:
        """The finished sessions, in the order in which they ended."""
        finished = [session for session in self.sessions if not session["running"]]
        return sorted(finished, key=lambda session: _values.instant(session["end_time"] or session["creation_time"]))

    @property
    def running(self) -> list[Session]:
        """The sessions that have not finished."""
        return [session for session in self.sessions if session["running"]]


def histories_of(sessions: t.Iterable[Session]) -> list[History]:
    """Return the history of each job, by kind and name.

    A session that was read twice, as a backup and as an agent's, counts once. The machines' sessions below that of an agent job
    (parent_id) belong to it and count nowhere: its result sums them up. Sessions without job or policy are left out.
    """
    jobs: dict[tuple[str | None, ...], list[Session]] = defaultdict(list)
    for session in {session["id"]: session for session in sessions}.values():
        name = name_of(session)
        if name is not None and not session.get("parent_id"):
            job_id = id_of(session)
            kind = _query_type(session["kind"])
            key = (kind, job_id) if job_id else (kind, server_of(session), name)
            jobs[key].append(session)
    return sorted(map(_history, jobs.values()), key=lambda history: (history.kind, history.job_name.casefold()))


def runs_on(session: Session) -> bool:
    """Tell whether a session is meant to run on: one that idles, one of a copy job, one of a CDP policy, which lasts a day."""
    copies = str(session.get("job_type")).lower() in (_PERIODIC_COPY, _IMMEDIATE_COPY)
    return copies or session["state"] == "Idle" or session["kind"] in ("cdp_replica", "cdp_replica_task")


def name_of(session: Session) -> str | None:
    """Return the name of a session's job or policy, None where it has none."""
    name = session.get("job_name") or session.get("policy_name")
    return None if name is None else str(name)


def server_of(session: Session) -> str | None:
    """Return the name of a session's backup server, None where it is not told."""
    return (session.get("backup_server") or {}).get("name")


def _history(sessions: t.Iterable[Session]) -> History:
    ordered = sorted(sessions, key=lambda session: _values.instant(session["creation_time"]))
    last = ordered[-1]
    return History(
        kind=last["kind"],
        job_id=id_of(last),
        job_name=name_of(last) or "",
        job_type=last.get("job_type") or last.get("policy_type"),
        backup_server=server_of(last),
        sessions=tuple(ordered),
    )


def id_of(session: Session) -> str | None:
    """Return the GUID of a session's job or policy, None where it has none."""
    return session.get("job_id") or session.get("policy_id")


def _query_type(kind: str) -> str:
    """Return one name for the kinds that EM keeps as one: backup job sessions hold those of agents and file shares."""
    return "backup" if kind in ("agent_backup", "nas_backup") else kind
