# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The jobs that EM knows, whether they ever ran or not.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _histories

# EM's types of jobs, as a query names them, and the kind of sessions that each makes.
QUERY_TYPES = {"Job": "backup", "AgentBackupJob": "agent_backup", "NasJob": "nas_backup"}


class KnownJob(t.NamedTuple):
    """A job of EM.

    kind: the kind of its sessions. backup_server: its name, None where EM does not tell it.
    scheduled: False only where EM says that its schedule is off or not there.
    """

    id: str
    name: str
    type: str | None
    backup_server: str | None
    kind: str
    scheduled: bool


def known_jobs_of(resources: t.Iterable[t.Mapping[str, t.Any]], kinds: t.Collection[str]) -> list[KnownJob]:
    """Return the jobs among what em_query_info returned whose sessions are among these kinds.

    Sessions of the kind backup hold those of agents and file shares.
    """
    jobs = [_known_job(resource) for resource in resources]
    return [job for job in jobs if job.kind in kinds or (job.kind in QUERY_TYPES.values() and "backup" in kinds)]


def without_session(jobs: t.Iterable[KnownJob], histories: t.Iterable[_histories.History]) -> list[KnownJob]:
    """Return the jobs that have no history.

    Two backup servers can have jobs of one name, so the id decides; the UID of a session's job says Job whatever its type.
    A copy job has run when one of its workers has: `<copy job>\\<source job>`, which is the name of no job.
    """
    seen = list(histories)
    ids = {history.job_id for history in seen}
    workers = {history.job_name.partition("\\")[0] for history in seen if "\\" in history.job_name}
    names = workers | {history.job_name for history in seen if history.job_id is None}
    return [job for job in jobs if job.id not in ids and job.name not in names]


def _known_job(resource: t.Mapping[str, t.Any]) -> KnownJob:
    job_type = resource.get("job_type")
    query_type = str(resource.get("uid") or "").split(":")[2:3] or ["Job"]
    kind = "replica" if str(job_type).lower() == "replica" else QUERY_TYPES.get(query_type[0], "backup")
    return KnownJob(
        id=str(resource["id"]),
        name=str(resource["name"]),
        type=job_type,
        backup_server=_server(resource),
        kind=kind,
        scheduled="false" not in (str(resource.get(key)).lower() for key in ("schedule_configured", "schedule_enabled")),
    )


def _server(resource: t.Mapping[str, t.Any]) -> str | None:
    """Return the name of a job's backup server, which only a link tells."""
    links = resource.get("links") or ()
    return next((link["name"] for link in links if link.get("type") == "BackupServerReference" and link.get("name")), None)
