# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of reading share."""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._including import add_related
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query
from ansible_collections.backupops.veeam_em.plugins.module_utils._reading import SessionReader
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, client_of

UNKNOWN = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
BY_TIME = Query("BackupJobSession", sort="CreationTime", page_size=3)

Sessions = list[dict[str, t.Any]]
Read = t.Callable[[SessionReader], t.Iterable[dict[str, t.Any]]]


def read(em: MockEm, reading: Read, family: Family = BACKUP, pauses: Pauses | None = None, **changes: t.Any) -> Sessions:
    """Return what a reading of a family yields."""
    with client_of(em, pauses, **changes) as client:
        return list(reading(SessionReader(client, family)))


def by_query(query: Query = BY_TIME) -> Read:
    """Return the reading of a query."""
    return lambda reader: reader.query(query)


def ids(sessions: t.Iterable[dict[str, t.Any]]) -> list[str]:
    """Return the ids of sessions."""
    return [session["id"] for session in sessions]


def add_sessions(em: MockEm, number: int) -> list[str]:
    """Add sessions; return their ids, the newest first."""
    return [em.add_session(creation_time=-60 * (index + 20)) for index in range(number)]


def related_to(em: MockEm, family: Family, name: str, guids: t.Sequence[str], page_size: int = 500, **changes: t.Any) -> Sessions:
    """Return the sessions with these ids and what is related to them. The requests for it are the only ones in the log."""
    (include,) = [include for include in family.includes if include.name == name]
    with client_of(em, **changes) as client:
        sessions = list(SessionReader(client, family).by_ids(guids))
        del em.requests[:]
        add_related(client, family, include, sessions, page_size)
    return sessions
