# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one table of entities: what they are called, which elements and links they have, what queries know of them.

Order matters everywhere: elements and links are printed as listed, as the documented bodies show them. A further
family of sessions is a further room here and an entry in KINDS, with its defaults in ``defaults``. JOBS is what
sessions are sessions of.
"""

from __future__ import annotations

from ..schema import Kind, Record
from .backup import BACKUP, BACKUP_TASK
from .cdp import CDP_REPLICA, CDP_REPLICA_TASK
from .cloud_failover import CLOUD_FAILOVER
from .jobs import AGENT_JOB, JOB, KIND_OF_TYPE, NAS_JOB
from .replica import REPLICA, REPLICA_TASK
from .restore import RESTORE_SESSION
from .system import SYSTEM

__all__ = [
    "BACKUP",
    "BACKUP_TASK",
    "CDP_REPLICA",
    "CDP_REPLICA_TASK",
    "CLOUD_FAILOVER",
    "ENTITIES",
    "JOBS",
    "KINDS",
    "KIND_OF_TYPE",
    "QUERY_TYPES",
    "REPLICA",
    "REPLICA_TASK",
    "RESTORE_SESSION",
    "SYSTEM",
    "TYPES",
    "children_of",
    "is_running",
]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        BACKUP,
        BACKUP_TASK,
        REPLICA,
        REPLICA_TASK,
        RESTORE_SESSION,
        CDP_REPLICA,
        CDP_REPLICA_TASK,
        CLOUD_FAILOVER,
        SYSTEM,
    )
}
JOBS: dict[str, Kind] = {kind.name: kind for kind in (JOB, AGENT_JOB, NAS_JOB)}
ENTITIES: dict[str, Kind] = {**KINDS, **JOBS}
TYPES: dict[str, Kind] = {kind.type: kind for kind in KINDS.values()}
QUERY_TYPES: dict[str, Kind] = {kind.query_type.lower(): kind for kind in ENTITIES.values() if kind.query_type}


def children_of(kind: Kind) -> list[Kind]:
    """The kinds whose records belong to sessions of this kind, which they name as ``session_id``."""
    return [child for child in KINDS.values() if child.parent == kind.name]


def is_running(record: Record) -> bool:
    """Whether a session has not ended yet: its state says so, nothing else does."""
    return record["state"] not in record.kind.finished_states
