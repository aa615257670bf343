# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import base64

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import User
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.auth import account_name, read_credentials

from .conftest import Client, Start


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode("utf-8")).decode()


@pytest.mark.parametrize("password", ["a:b::c", "p\u00e4ssw\u00f6rd \u6771", "", " "])
def test_passwords_are_utf_8_and_may_contain_colons(password: str) -> None:
    assert read_credentials(basic(f"CORP\\operator:{password}")) == ("CORP\\operator", password)


def test_latin_1_is_no_password() -> None:
    assert read_credentials("Basic " + base64.b64encode("a:\u00e4".encode("latin-1")).decode()) is None


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("operator", "EM01\\operator"),
        ("CORP\\operator", "CORP\\operator"),
        ("operator@corp.example.test", "CORP\\operator"),
    ],
)
def test_accounts_are_shown_with_their_domain(given: str, shown: str) -> None:
    assert account_name(given, "em01.example.test:9398") == shown


def test_a_user_with_an_odd_name_and_password(start: Start) -> None:
    client = start(users=[User("CORP\\j\u00fcrgen", "a:\u20ac:b", "portal_user")])
    assert client.log_on("CORP\\j\u00fcrgen", "a:\u20ac:b").status == 201
    assert client.mock.logon_sessions[0].user.role == "portal_user"


@pytest.mark.parametrize("path", ["/backupSessions", "/query?type=Task", "/tasks", "/logonSessions", "/nowhere"])
def test_everything_else_needs_a_token(start: Start, path: str) -> None:
    reply = start().get(path)
    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"] == "Basic Realm=RestSvc"


def test_a_cookie_goes_before_the_header(client: Client) -> None:
    good = client.token or ""
    assert client.get("/tasks", Cookie=f"a=b; X-RestSvcSessionId={good}", X_RestSvcSessionId="stale").status == 200
    assert client.get("/tasks", Cookie="X-RestSvcSessionId=stale").status == 401
    assert client.get("/tasks", Cookie="other=1").status == 200


def test_a_logon_session_ends_when_idle(client: Client) -> None:
    client.mock.clock.advance(890)
    assert client.get("/tasks").status == 200
    client.mock.clock.advance(890)
    assert client.get("/tasks").status == 200
    client.mock.clock.advance(901)
    assert not client.mock.logon_sessions
    assert client.get("/tasks").status == 401


def test_the_root_and_the_logon_need_no_live_token(client: Client) -> None:
    client.token = "stale"
    assert client.get("/").status == 200
    assert client.log_on().status == 201
