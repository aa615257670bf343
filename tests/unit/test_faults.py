# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a read when something goes wrong: right data or one clear error, so many requests, no logon session left open."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import read_info

READ, QUERY, LOGON, LOGOUT = "backupSessions", "query", "sessionMngr", "logonSessions"
BY_PAGES: dict[str, t.Any] = {"created_after": "9d", "page_size": 2}
EMPTY = '<BackupJobSessions xmlns="http://www.veeam.com/ent/v1.0"/>'
NAMES = [f"session {number}" for number in range(5)]
# logon, read, logout
PLAIN = 3


@dataclasses.dataclass(frozen=True)
class Case:
    """One fault: what goes wrong, what comes of it (None: all sessions), by how many requests."""

    name: str
    faults: tuple[dict[str, t.Any], ...]
    error: str | None
    requests: int
    options: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    connection: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    left_open: int = 0


def reset(path: str, when: str = "before", times: int | None = None) -> dict[str, t.Any]:
    return {"kind": "reset", "path": path, "when": when, "times": times}


def status(number: int, path: str = READ, times: int | None = None, **headers: str) -> dict[str, t.Any]:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"kind": "status", "status": number, "path": path, "times": times, "headers": names}


def body(content: str, content_type: str = "application/xml", path: str = READ) -> dict[str, t.Any]:
    return {"kind": "body", "path": path, "body": content, "content_type": content_type}


CASES = (
    Case("nothing", (), None, PLAIN),
    Case("reset before the headers, once", (reset(READ, times=1),), None, PLAIN + 1),
    Case("reset before the headers, always", (reset(READ),), "connection", PLAIN + 3),
    Case("reset in the headers, always", (reset(READ, "headers"),), "connection", PLAIN + 3),
    Case("reset in the body, once", (reset(READ, "body", 1),), None, PLAIN + 1),
    Case("reset in the body, always", (reset(READ, "body"),), "connection", PLAIN + 3),
    Case("reset in the body of a page, once", (reset(QUERY, "body", 1),), None, 6, BY_PAGES),
    Case("reset on the logon, once", (reset(LOGON, times=1),), None, PLAIN + 1),
    Case("reset on the logon, always", (reset(LOGON),), "connection", 4),
    Case("reset on the logout, once", (reset(LOGOUT, times=1),), None, PLAIN + 1),
    Case("reset on the logout, always", (reset(LOGOUT),), None, PLAIN + 3, left_open=1),
    Case("no answer within the timeout", ({"kind": "delay", "path": READ, "seconds": 3},), "timeout", PLAIN, {}, {"timeout": 1}),
    Case("429, once", (status(429, times=1),), None, PLAIN + 1),
    Case("429, always", (status(429),), "server", PLAIN + 3),
    Case("500", (status(500),), "server", PLAIN),
    Case("502, always", (status(502),), "server", PLAIN + 3),
    Case("503, Retry-After 1 s, once", (status(503, times=1, Retry_After="1"),), None, PLAIN + 1),
    Case("503, Retry-After an hour", (status(503, Retry_After="3600"),), "server", PLAIN),
    Case("503, Retry-After a date long ago, once", (status(503, times=1, Retry_After="Sat, 03 Jan 1970 00:00:00 GMT"),), None, 4),
    Case("503, Retry-After a date far away", (status(503, Retry_After="Fri, 03 Jan 2098 00:00:00 GMT"),), "server", PLAIN),
    Case("401 in mid-paging", ({"kind": "expire", "path": QUERY, "after": 1, "times": 1},), None, 8, BY_PAGES),
    Case("401, always", (status(401),), "authentication", 6),
    Case("401 on the logon", (status(401, LOGON),), "authentication", 1),
    Case("403", (status(403),), "permission", PLAIN),
    Case("404", (status(404),), "not_found", PLAIN),
    Case("405", (status(405),), "protocol", PLAIN),
    Case("a web page", ({"kind": "html", "path": READ},), "protocol", PLAIN),
    Case("a web page on the logon", ({"kind": "html", "path": LOGON},), "protocol", 1),
    Case("an empty body", (body(""),), "protocol", PLAIN),
    Case("truncated XML", (body(EMPTY[:-2]),), "protocol", PLAIN),
    Case("a wrong namespace", (body(EMPTY.replace("veeam", "example")),), "protocol", PLAIN),
    Case("an invalid character", (body(EMPTY[:-2] + ">\x01</BackupJobSessions>"),), "protocol", PLAIN),
    Case("a wrong declared encoding", (body(f'<?xml version="1.0" encoding="x-none"?>{EMPTY}'),), "protocol", PLAIN),
    Case("a document type declaration", (body(f'<!DOCTYPE a [<!ENTITY b "c">]>{EMPTY}'),), "protocol", PLAIN),
    Case("JSON although XML was asked for", (body("{}", "application/json"),), "protocol", PLAIN, {}, {"media_type": "xml"}),
    Case("broken JSON", (body("{", "application/json", QUERY),), "protocol", PLAIN, {}, {"media_type": "json"}),
    Case("a page count that is too low", ({"kind": "page_count", "path": QUERY, "pages": 1},), None, 5, BY_PAGES),
    Case("a page count that is too high", ({"kind": "page_count", "path": QUERY, "pages": 9},), None, 6, BY_PAGES),
)


def failure_of(em: MockEm, case: Case) -> EmError | None:
    """Read, and return the error; without one the sessions must be right."""
    try:
        sessions = read_info(em, connection=case.connection, **case.options).result["sessions"]
    except EmError as error:
        return error
    assert sorted(session["name"] for session in sessions) == NAMES
    return None


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_right_data_or_one_clear_error(em: MockEm, case: Case) -> None:
    for name in NAMES:
        em.add_session(name=name)
    for fault in case.faults:
        em.faults.add(**fault)
    error = failure_of(em, case)
    if error:
        assert str(error).startswith("Cannot ")
    assert (error and error.kind, len(em.requests), len(em.logon_sessions)) == (case.error, case.requests, case.left_open)


@pytest.mark.parametrize("path", [READ, LOGON, LOGOUT])
def test_a_redirect_is_never_followed(em: MockEm, tls_em: MockEm, path: str) -> None:
    for name in NAMES:
        em.add_session(name=name)
    before = len(tls_em.requests)
    for location in (f"{tls_em.url}/api/{path}", "//127.0.0.1:1/api/", "http://em.invalid/"):
        em.faults.clear()
        em.faults.add(kind="redirect", path=path, location=location)
        error = failure_of(em, Case("a redirect", (), None, 0))
        assert (error and error.kind) == (None if path == LOGOUT else "protocol")
    assert len(tls_em.requests) == before
