# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which URL is answered by what. Path segments are matched without regard to case, as the real server does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Callable

from . import service_resources as service
from .event_resources import show_events
from .exchange import Exchange
from .kinds import ENTITIES
from .messages import Answer, Refusal
from .query_resource import answer_query
from .roles import EVERYONE
from .schema import Kind, Listing
from .session_resources import act_on_session, list_records, show_record

Handle = Callable[[Exchange, str], Answer]
Methods = Mapping[str, Handle]

OPEN_PATHS = ((), ("sessionmngr",))
"""Paths under /api that need no token."""


def _ignoring_id(handle: Callable[[Exchange], Answer]) -> Handle:
    def handle_request(exchange: Exchange, dummy: str) -> Answer:
        return handle(exchange)

    return handle_request


def _listing(kind: Kind, listing: Listing) -> Handle:
    def handle_request(exchange: Exchange, owner: str) -> Answer:
        return list_records(exchange, kind, listing, owner)

    return handle_request


def _item(kind: Kind, handle: Callable[[Exchange, Kind, str], Answer]) -> Handle:
    def handle_request(exchange: Exchange, identity: str) -> Answer:
        return handle(exchange, kind, identity)

    return handle_request


def _routes() -> dict[tuple[str, ...], Methods]:
    """Paths under /api, lower case and split, with ``{id}`` for an id, to handlers by method."""
    routes: dict[str, Methods] = {
        "": {"GET": _ignoring_id(service.root)},
        "sessionmngr": {"POST": _ignoring_id(service.log_on)},
        "logonsessions": {"GET": _ignoring_id(service.list_logon_sessions)},
        "logonsessions/{id}": {"GET": service.show_logon_session, "DELETE": service.log_out},
        "tasks": {"GET": _ignoring_id(service.list_tasks)},
        "tasks/{id}": {"GET": service.show_task, "DELETE": service.delete_task},
        "query": {"GET": _ignoring_id(answer_query)},
        "systemsessions/{id}/events": {"GET": show_events},
    }
    for kind in ENTITIES.values():
        routes[f"{kind.path}/{{id}}"] = {"GET": _item(kind, show_record), "POST": _item(kind, act_on_session)}
        for listing in kind.listings:
            routes[listing.path] = {"GET": _listing(kind, listing)}
    return {tuple(segment for segment in path.lower().split("/") if segment): methods for path, methods in routes.items()}


ROUTES = _routes()


def is_open(segments: list[str]) -> bool:
    """Whether this path under /api needs no token."""
    return tuple(segment.lower() for segment in segments) in OPEN_PATHS


def find_route(segments: list[str]) -> tuple[Methods, str]:
    """The handlers of a path under /api, and the id in it; 404 for an unknown path."""
    lowered = [segment.lower() for segment in segments]
    exact = ROUTES.get(tuple(lowered))
    if exact is not None:
        return exact, ""
    for place, segment in enumerate(segments):
        pattern = (*lowered[:place], "{id}", *lowered[place + 1 :])
        if pattern in ROUTES:
            return ROUTES[pattern], segment
    raise Refusal(404, f"Resource /api/{'/'.join(segments)} is not found")


def answer_api(exchange: Exchange, segments: list[str]) -> Answer:
    """Answer a request to a path under /api; Refusal for errors."""
    if not is_open(segments):
        exchange.allow(EVERYONE)
    methods, identity = find_route(segments)
    handle = methods.get(exchange.request.method)
    if handle is None:
        raise Refusal(405, "Method is not allowed", {"Allow": ", ".join(methods)})
    return handle(exchange, identity)
