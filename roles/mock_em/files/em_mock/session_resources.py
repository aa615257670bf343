# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions and jobs by URL: collections, single ones, and the stop action. What exists is said in ``kinds``."""

from __future__ import annotations

import re
from datetime import timedelta

from .content import entity, reference
from .exchange import Exchange
from .kinds import TYPES, is_running
from .messages import Answer, Refusal
from .query import GUID
from .schema import Kind, Listing, Record

RECENT = timedelta(days=30)
"""Collections of sessions hold what was created in the last 30 days; single ones and queries reach everything."""


def wants_entities(exchange: Exchange) -> bool:
    """``?format=Entity``, in any case."""
    return exchange.request.parameters.get("format", "").lower() == "entity"


def list_records(exchange: Exchange, kind: Kind, listing: Listing, owner: str) -> Answer:
    """A collection as references or as entities, in random order."""
    exchange.allow(listing.readers)
    em, renderer = exchange.em, exchange.renderer
    records = em.shuffle(_listed(exchange, kind, listing, owner))
    if kind.always_entities or wants_entities(exchange):
        return exchange.answer(renderer.entities(kind, [em.render(record, "entity", renderer) for record in records]))
    return exchange.answer(renderer.references([em.render(record, "reference", renderer) for record in records]))


def show_record(exchange: Exchange, kind: Kind, identity: str) -> Answer:
    """One session or job, of any age, as a reference (EntityRef) or as an entity."""
    record = find_record(exchange, kind, identity)
    style = exchange.renderer.style
    if kind.always_entities or wants_entities(exchange):
        return exchange.document(entity(record, style, kind.root_element))
    return exchange.document(reference(record, style, "EntityRef"))


def act_on_session(exchange: Exchange, kind: Kind, identity: str) -> Answer:
    """``POST …?action=stop``: 202 with a Running task; the session is Stopping from then on."""
    action = exchange.request.parameters.get("action", "")
    if not kind.stoppers:
        raise Refusal(405, f"Method is not allowed for {kind.path}", {"Allow": "GET"})
    exchange.allow(kind.stoppers)
    record = _find(exchange, kind, identity)
    if action.lower() != "stop":
        raise Refusal(400, f"Action '{action}' is unknown for type {kind.type}")
    success, message = _stop(exchange, record)
    task = exchange.logon.start_task("StopJobSession", exchange.now, success, message)
    return exchange.document(task.resource("Running", exchange.renderer.style), 202)


def find_record(exchange: Exchange, kind: Kind, identity: str) -> Record:
    """The session or job with this id, of any age; 403, 400 or 404 when there is none for this user."""
    exchange.allow(kind.readers)
    return _find(exchange, kind, identity)


def read_id(identity: str, type_name: str) -> str:
    """A GUID from a path; 400 with the server's own words (and its leading blank) when it is none."""
    if GUID.fullmatch(identity.lower()) is None:
        raise Refusal(400, f" ID {identity} is invalid. Type: {type_name}")
    return identity.lower()


def cannot_find(type_name: str, identity: str) -> Refusal:
    """404 as the server words it: ``Cannot find backup job session [guid]``."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type_name).lower()
    return Refusal(404, f"Cannot find {words} [{identity}]")


def _stop(exchange: Exchange, record: Record) -> tuple[bool, str]:
    """Begin to stop; whether the task will succeed, and its message."""
    refused = exchange.faults.one("stop_refused")
    if refused is not None and refused.status is not None:
        raise Refusal(refused.status, "Access denied" if refused.status == 403 else refused.message)
    if refused is not None:
        return False, refused.message
    if not is_running(record):
        return False, f'Job Session "{record["name"]}" is not running.'
    never_ends = exchange.faults.one("stop_never_ends") is not None
    seconds = None if never_ends else exchange.em.settings.stop_seconds
    exchange.em.lifecycle.stop(record, exchange.now, seconds)
    return True, f'Job Session "{record["name"]}" triggered to stop.'


def _listed(exchange: Exchange, kind: Kind, listing: Listing, owner: str) -> list[Record]:
    records = _owned(exchange, kind, listing, owner) if listing.owner else exchange.em.store.all(kind)
    oldest = exchange.now - RECENT
    return [
        record
        for record in records
        if (not listing.types or record["job_type"] in listing.types)
        and (not listing.recent_only or record["creation_time"] >= oldest)
    ]


def _owned(exchange: Exchange, kind: Kind, listing: Listing, owner: str) -> list[Record]:
    """The records of one job or session, which must exist."""
    identity = read_id(owner, listing.owner)
    store = exchange.em.store
    owner_kind = TYPES.get(listing.owner)
    known = store.get(owner_kind, identity) if owner_kind else store.knows_owner(listing.owner_key, identity)
    if not known:
        raise cannot_find(listing.owner, identity)
    return store.owned(kind, listing.owner_key, identity)


def _find(exchange: Exchange, kind: Kind, identity: str) -> Record:
    record = exchange.em.store.get(kind, read_id(identity, kind.type))
    if record is None:
        raise cannot_find(kind.type, identity)
    return record
