# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The events of a system session."""

from __future__ import annotations

from .content import Link, Member, Resource, Style
from .exchange import Exchange
from .kinds import SYSTEM
from .messages import Answer
from .schema import Record
from .session_resources import find_record
from .times import iso_time

TYPE = "SystemSessionEvents"


def show_events(exchange: Exchange, identity: str) -> Answer:
    """``GET /api/systemSessions/{id}/events``: of a session of any age."""
    record = find_record(exchange, SYSTEM, identity)
    return exchange.document(_events(record, exchange.renderer.style))


def _events(record: Record, style: Style) -> Resource:
    """Times without the ``Z``, and a link up with the wrong Type, both as the server has them."""
    path = f"{SYSTEM.path}/{record.id}"
    events = [
        Resource(
            "Events",
            members=[
                Member("CreationTimeUTC", iso_time(when).rstrip("Z")),
                Member("Message", message),
                Member("Order", order),
            ],
        )
        for order, (when, message) in enumerate(record["events"], start=1)
    ]
    return Resource(
        TYPE,
        "resource",
        {"Type": TYPE, "Href": style.href(f"{path}/events")},
        links=[Link("Up", style.link(f"{path}?format=Entity"), "BackupJobSession", record["name"])],
        members=[Member("Events", events, repeated=True)],
    )
