# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a request to its answer: faults that replace it, replay, the token check, then the resources."""

from __future__ import annotations

import traceback

from .auth import unauthorized
from .exchange import Exchange
from .faults import ANSWERS, ActiveFaults, Fault
from .kinds import KINDS
from .manager import EnterpriseManager
from .messages import HTML_TYPE, Answer, Refusal, Request, reason
from .mirror import mirror
from .resources import answer_api, is_open

WEB_PAGE = b"""<!DOCTYPE html>
<html><head><title>Veeam Backup Enterprise Manager</title></head>
<body><form action="/login"><input name="user"><input name="password" type="password"></form></body></html>
"""
NOT_FOUND_PAGE = b"<!DOCTYPE html>\n<html><head><title>Not Found</title></head><body><h2>Not Found</h2></body></html>\n"


def respond(em: EnterpriseManager, request: Request, faults: ActiveFaults) -> Answer:
    """The answer to a request; errors are answers, too. One request at a time has the server's state."""
    with em.lock:
        em.clock.settle()
        exchange = Exchange(em, request, faults)
        try:
            return _respond(exchange)
        except Refusal as refusal:
            return exchange.refuse(refusal)
        except Exception as error:
            traceback.print_exc()
            return exchange.refuse(Refusal(500, f"The simulated server is at fault: {error!r}"))


def _respond(exchange: Exchange) -> Answer:
    _change_sessions(exchange)
    _check_token(exchange)
    fault = exchange.faults.first(ANSWERS)
    if fault is not None and fault.when == "before":
        return _faulty(exchange, fault)
    answer = _usual(exchange)
    return answer if fault is None else _faulty(exchange, fault)


def _usual(exchange: Exchange) -> Answer:
    request, em = exchange.request, exchange.em
    segments = request.segments
    if not segments or segments[0].lower() != "api":
        return Answer(404, NOT_FOUND_PAGE, HTML_TYPE)
    recorded = em.replay.find(request)
    if recorded is not None:
        if em.settings.replay_needs_logon and not is_open(segments[1:]) and request.logon is None:
            raise unauthorized()
        return recorded
    if request.method in ("POST", "PUT", "PATCH") and "content-length" not in request.headers:
        raise Refusal(411, "Content-Length is required")
    return answer_api(exchange, segments[1:])


def _check_token(exchange: Exchange) -> None:
    """Find the logon session, whose idle time starts anew; a missing or dead token matters only to resources."""
    em, request = exchange.em, exchange.request
    session = em.logon_sessions.of_token(request.token, exchange.now)
    if session is None:
        return
    if exchange.faults.one("expire") is not None:
        em.logon_sessions.close(session)
        return
    session.used = exchange.now
    request.logon = session


def _change_sessions(exchange: Exchange) -> None:
    """Let sessions come and go just before a request, so that they move from page to page."""
    em, appear, vanish = exchange.em, exchange.faults.one("appear"), exchange.faults.one("vanish")
    for dummy in range(appear.sessions if appear else 0):
        em.add_session(creation_time=0)
    for dummy in range(vanish.sessions if vanish else 0):
        records = sorted(em.store.all(KINDS["backup"]), key=lambda record: record["creation_time"])
        if vanish and records:
            em.remove_session(records[-1 if vanish.which == "newest" else 0].id)


def _faulty(exchange: Exchange, fault: Fault) -> Answer:
    content: bytes | None = fault.content
    if fault.kind == "unauthorized":
        raise unauthorized()
    if fault.kind == "mirror":
        return mirror(exchange, fault)
    if fault.kind == "redirect":
        return Answer(fault.status or 302, b"", headers={"Location": fault.location or "", **fault.headers})
    if fault.kind == "html":
        return Answer(fault.status or 200, content or WEB_PAGE, HTML_TYPE, dict(fault.headers))
    status = fault.status or 200
    if content is None:
        return exchange.refuse(Refusal(status, reason(status), fault.headers))
    return Answer(status, content, fault.content_type or exchange.renderer.content_type, dict(fault.headers))
