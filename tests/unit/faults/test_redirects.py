# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a read when the server wants to send it elsewhere: nothing goes there."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.asking import LOGON, LOGOUT, READ, Fault
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import (
    JSON,
    LOGGING_ON,
    NOT_CLOSED,
    PLAIN,
    READING,
    XML,
    Case,
    Record,
    observed,
)

AREA = "Redirects"


def redirect(where: Fault, location: str, status: int = 302) -> Fault:
    """Return a redirect of requests."""
    return {"kind": "redirect", "location": location, "status": status, **where}


def case_of(where: Fault, words: str, location: str, status: int = 302) -> Case:
    """Return the case of a redirect of the logon, of the read, or of the logout."""
    asked = (redirect(where, location, status),)
    if where is LOGOUT:
        return Case(f"the logout, {words} ({status})", asked, PLAIN, left_open=1, warns=NOT_CLOSED)
    name, requests, doing = ("logon", 1, LOGGING_ON) if where is LOGON else ("read", PLAIN, READING)
    return Case(f"the {name}, {words} ({status})", asked, requests, "protocol", "It is not followed", doing=doing)


@pytest.mark.parametrize("representation", [XML, JSON])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("where", [LOGON, READ, LOGOUT], ids=["logon", "read", "logout"])
def test_to_another_port(em: MockEm, tls_em: MockEm, record: Record, where: Fault, status: int, representation: str) -> None:
    case = case_of(where, "to another port and https", f"{tls_em.url}/api/", status)
    record(AREA, observed(em, case, representation))
    assert list(tls_em.requests) == []


@pytest.mark.parametrize(
    ("words", "location"),
    [
        ("to another host", "http://em.invalid/api/"),
        ("to another host without a scheme", "//em.invalid/api/"),
        ("to another path of the same server", "/api/elsewhere"),
        ("to a file", "file:///etc/passwd"),
    ],
)
@pytest.mark.parametrize("where", [LOGON, READ, LOGOUT], ids=["logon", "read", "logout"])
def test_to_another_place(em: MockEm, record: Record, where: Fault, words: str, location: str) -> None:
    record(AREA, observed(em, case_of(where, words, location)))


@pytest.mark.parametrize("where", [LOGON, READ, LOGOUT], ids=["logon", "read", "logout"])
def test_from_https_to_http(em: MockEm, tls_em: MockEm, record: Record, where: Fault) -> None:
    record(AREA, observed(tls_em, case_of(where, "from https to http", f"{em.url}/api/")))
    assert list(em.requests) == []


def test_nowhere(em: MockEm, record: Record) -> None:
    fault: dict[str, t.Any] = {"kind": "body", "status": 302, "body": "", **READ}
    record(AREA, observed(em, Case("the read, without a location (302)", (fault,), PLAIN, "protocol", "a redirect to nowhere")))
