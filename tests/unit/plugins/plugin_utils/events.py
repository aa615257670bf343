# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the event source share: wishes as a rulebook gives them, and sessions as the readers return them."""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_options import Wishes, wishes_of

ENVIRONMENT = {"VEEAM_EM_HOSTNAME": "em.example.com", "VEEAM_EM_USERNAME": "reader", "VEEAM_EM_PASSWORD": "s3cret-word"}
BEGIN = "2026-03-01T20:00:00Z"
JOB = "8e2d7c30-51a4-4b6f-9d3e-7f60a1b2c3d4"


def wishes(**given: t.Any) -> Wishes:
    """Return the wishes of a rulebook that gives these options and has the connection from the environment."""
    return wishes_of(given, ENVIRONMENT)


def guid(number: int) -> str:
    """Return the GUID of a session."""
    return f"00000000-0000-4000-8000-{number:012d}"


def at(minute: float) -> str:
    """Return the time so many minutes after BEGIN, before it for a negative number."""
    seconds = 20 * 3600 + round(minute * 60)
    day, seconds = 1 + seconds // 86400, seconds % 86400
    return f"2026-03-{day:02d}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}Z"


def session(number: int = 1, begun: float = 1, ended: float | None = None, **values: t.Any) -> dict[str, t.Any]:
    """Return a session of a backup job. begun, ended: minutes after BEGIN; one without an end runs."""
    over = ended is not None
    return {
        "kind": "backup",
        "id": guid(number),
        "uid": f"urn:veeam:BackupJobSession:{guid(number)}",
        "name": f"SQL Backup@{number}",
        "state": "Stopped" if over else "Working",
        "result": "Success" if over else None,
        "running": not over,
        "creation_time": at(begun),
        "end_time": at(ended) if ended is not None else None,
        "duration": round(((ended if ended is not None else begun + 1) - begun) * 60),
        "job_id": JOB,
        "job_name": "SQL Backup",
        "job_type": "Backup",
        "is_retry": False,
        "parent_id": None,
        "failure_message": None,
        **values,
    }


def failed(number: int = 1, begun: float = 1, **values: t.Any) -> dict[str, t.Any]:
    """Return a session that failed within a minute."""
    return session(number, begun, begun + 1, **{"result": "Failed", "failure_message": "Not enough space", **values})
