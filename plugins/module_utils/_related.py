# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What can be asked for along with sessions. The table of families is made of it.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family

LINKS = _family.Include(
    "links",
    "V(links) adds the links that EM sent",
    "The links that EM sent. Hosts and paths in them can be wrong.",
    [{"rel": "Up", "type": "BackupServerReference", "name": "vbr01.example.com"}],
    contains=(
        _family.Field("rel", "What the link is to the session.", "Up"),
        _family.Field("type", "Type of what it leads to.", "BackupServerReference"),
        _family.Field("name", "Name of what it leads to.", "vbr01.example.com"),
        _family.Field(
            "href", "Where it leads to.", "https://em.example.com:9398/api/backupServers/5b3e9c64-7c0f-4f3c-8a55-0d7f1a2b3c4d"
        ),
    ),
)

AGENTS = _family.Include(
    "agents",
    "V(agents) adds to the session of an agent job the sessions of its machines",
    "The sessions of the machines that the session of an agent job consists of, newest first. Empty for a machine's session.",
    [{"kind": "agent_backup", "name": "Laptops - pc17@2026-03-01 20:00:31", "result": "Success"}],
    kind="agent_backup",
    by="parent_id",
)

EVENTS = _family.Include(
    "events",
    "V(events) adds what the session logged, which takes one request for each session",
    "What the session logged, in its order.",
    [{"order": 1, "time": "2026-03-01T20:00:09.607Z", "message": "Job successfully started."}],
    path="events",
    root="SystemSessionEvents",
    item="Events",
    contains=(
        _family.Field("order", "Place of the event in the session, from 1.", 1, type="int", element="Order"),
        _family.Field("time", "When it happened, UTC.", "2026-03-01T20:00:09.607Z", type="time", element="CreationTimeUTC"),
        _family.Field("message", "What happened.", "Job successfully started.", element="Message"),
    ),
)


def tasks(kind: str) -> _family.Include:
    """Return the include of the task sessions of that kind."""
    return _family.Include(
        "tasks",
        "V(tasks) adds its task sessions",
        f"The sessions of the kind C({kind}) that belong to this one, newest first.",
        [{"kind": kind, "vm_name": "sql01", "result": "Failed", "reason": "Not enough space"}],
        kind=kind,
        by="session_id",
    )
