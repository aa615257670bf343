# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sessions as the info modules return them, told in a few words for tests."""

from __future__ import annotations

import typing as t
import uuid

from ansible_collections.backupops.veeam_em.plugins.module_utils._values import epoch_of, text_of

NOW = "2026-03-10T12:00:00Z"
NOW_EPOCH = epoch_of(NOW) or 0.0


def before(hours: float, now: str = NOW) -> str:
    """Return the time that was so many hours before now."""
    return text_of((epoch_of(now) or 0.0) - hours * 3600)


def job_id(name: str) -> str:
    """Return the GUID of a job."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


def session(
    began: float,
    took: float | None = 1.0,
    result: str | None = "Success",
    job: str | None = "Daily SQL",
    now: str = NOW,
    **values: t.Any,
) -> dict[str, t.Any]:
    """Return a session that began so many hours before now and took so many hours; it runs on where that is None."""
    running = took is None
    session_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{job} {began} {took} {result} {sorted(values.items())}"))
    return {
        "kind": "backup",
        "id": session_id,
        "uid": f"urn:veeam:BackupJobSession:{session_id}",
        "name": f"{job}@{before(began, now)}",
        "state": "Working" if running else "Stopped",
        "result": None if running else result,
        "running": running,
        "creation_time": before(began, now),
        "end_time": None if took is None else before(began - took, now),
        "duration": int((began if took is None else took) * 3600),
        "job_id": None if job is None else job_id(job),
        "job_name": job,
        "job_type": "Backup",
        "is_retry": False,
        "parent_id": None,
        "failure_message": "Not enough space" if result == "Failed" and not running else None,
        **values,
    }


def resource(name: str, query_type: str = "Job", **values: t.Any) -> dict[str, t.Any]:
    """Return a job as em_query_info returns it."""
    guid = job_id(name)
    return {
        "id": guid,
        "uid": f"urn:veeam:{query_type}:{guid}",
        "name": name,
        "job_type": "Backup",
        "schedule_enabled": "true",
        **values,
    }
