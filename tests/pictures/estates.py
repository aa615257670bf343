# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Estates to report on: what a simulated Enterprise Manager is filled with, always the same."""

from __future__ import annotations

import random
import typing as t

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm

HOUR = 3600.0
_REASONS = (
    ("Not enough free space on the repository", "Error: There is not enough space on the disk."),
    ("Processing finished with errors", "Error: Cannot connect to the guest: the RPC server is unavailable."),
    ("Failed to create a snapshot", "Error: VSS writer timed out."),
)
_MACHINES = ("sql01", "sql02", "mail01", "web01", "web02", "file01", "erp01", "dc01")


class Estate(t.NamedTuple):
    """A set of data. days: how far back it goes."""

    name: str
    days: int
    fill: t.Callable[[MockEm], None]


def _night(em: MockEm, job: str, day: int, dice: random.Random, result: str = "Success", **values: t.Any) -> str:
    """Add the session of a job in a night, so many days ago; return its id."""
    began = -(day * 24 + 8 + len(job) % 7 + dice.random()) * HOUR
    took = (0.3 + 2 * dice.random()) * HOUR
    return em.add_session(
        **{
            "job_name": job,
            "state": "Stopped",
            "result": result,
            "creation_time": began,
            "end_time": began + took,
            "progress": 100,
            **values,
        }
    )


def _failed(em: MockEm, job: str, day: int, dice: random.Random, **values: t.Any) -> None:
    message, reason = dice.choice(_REASONS)
    session_id = _night(em, job, day, dice, "Failed", failure_message=message, **values)
    for machine in dice.sample(_MACHINES, 2):
        em.add_session("backup_task", session_id=session_id, vm_name=machine, state="Completed", result="Failed", reason=reason)


def _healthy(em: MockEm) -> None:
    dice = random.Random(1)
    for job in ("Domain controllers", "Exchange", "File servers", "SQL Server", "Web farm", "ERP", "Team shares", "Linux agents"):
        for day in range(7):
            _night(em, job, day, dice, "Warning" if (job, day) == ("Web farm", 3) else "Success")
    em.add_session(job_name="Offsite copy", job_type="ImmediateBackupCopy", state="Idle", creation_time=-400 * HOUR)


def _with_failures(em: MockEm) -> None:
    _healthy(em)
    dice = random.Random(2)
    for day in (6, 5, 4):
        _night(em, "Oracle", day, dice)
    for day in (3, 2, 1, 0):
        _failed(em, "Oracle", day, dice)
    for day in range(6, 0, -1):
        _night(em, "Tier 1 databases", day, dice)
    _failed(em, "Tier 1 databases", 0, dice, creation_time=-8 * HOUR, end_time=-7 * HOUR)
    _night(em, "Tier 1 databases", 0, dice, is_retry=True, creation_time=-6 * HOUR, end_time=-5 * HOUR)
    for day in (6, 5, 4):
        _night(em, "Archive", day, dice)
    em.add_session(job_name="Data warehouse", state="Working", creation_time=-31 * HOUR, progress=62)
    em.add_session(job_name="Mail journal", state="Working", creation_time=-0.4 * HOUR, progress=12)
    _night(em, "Mail journal", 1, dice)
    em.add_job(name="New branch office", job_type="Backup")
    _night(em, "<script>alert('x')</script>", 0, dice)
    _failed(em, '=cmd|"/c calc"!A1', 0, dice)


def _many(em: MockEm) -> None:
    dice = random.Random(3)
    sites = ("Berlin", "Lyon", "Oslo", "Turin", "Porto", "Ghent")
    parts = ("databases", "files", "web", "mail", "ERP", "agents", "domain", "test", "archive", "hypervisor")
    for job in (f"{site} {part}" for site in sites for part in parts):
        for day in range(30):
            chance = dice.random()
            if chance < 0.03:
                _failed(em, job, day, dice)
            else:
                _night(em, job, day, dice, "Warning" if chance < 0.08 else "Success")


ESTATES = (Estate("healthy", 7, _healthy), Estate("failures", 7, _with_failures), Estate("many", 30, _many))
