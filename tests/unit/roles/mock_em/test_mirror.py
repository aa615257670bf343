# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import base64

import pytest

from .conftest import Client, Start

CREDENTIALS = base64.b64encode(b'nobody:se"cret<>').decode("ascii")
TOLD = f'Basic {CREDENTIALS} nobody:se"cret<>'


@pytest.fixture
def stranger(start: Start) -> Client:
    """A client that has not logged on."""
    return start()


def test_an_error_repeats_the_credentials(stranger: Client) -> None:
    stranger.mock.faults.add(kind="mirror")
    reply = stranger.send("POST", "/api/sessionMngr/", Authorization=f"Basic {CREDENTIALS}")
    assert (reply.status, reply.xml.get("Message")) == (500, TOLD)


def test_the_token_is_repeated_with_the_id_in_it(client: Client) -> None:
    client.mock.faults.add(kind="mirror", status=400)
    (logon,) = client.mock.logon_sessions
    reply = client.send("GET", "/api/backupSessions", Accept="application/json")
    assert (reply.status, reply.json["Message"]) == (400, f"{logon.token} {logon.id}")


def test_a_token_that_holds_no_text_is_repeated_as_it_is(stranger: Client) -> None:
    stranger.mock.faults.add(kind="mirror")
    for token in ("/w==", "no base64"):
        assert stranger.send("GET", "/api/jobs", X_RestSvcSessionId=token).xml.get("Message") == token


def test_they_are_put_where_they_are_wanted(stranger: Client) -> None:
    basic = {"Authorization": f"Basic {CREDENTIALS}"}
    stranger.mock.faults.add(kind="mirror", status=307, headers={"Location": "http://127.0.0.1/?{told}"}, times=1)
    assert stranger.send("GET", "/api/", None, **basic).headers["Location"] == f"http://127.0.0.1/?{TOLD}"
    stranger.mock.faults.add(kind="mirror", status=200, body="<x xmlns='http://www.veeam.com/ent/v1.0' y='{told}'/>", times=1)
    assert stranger.send("GET", "/api/", None, **basic).xml.get("y") == TOLD
    stranger.mock.faults.add(kind="mirror", body='{"y": "{told}"}', content_type="application/json; {told}", times=1)
    reply = stranger.send("GET", "/api/", None, **basic)
    assert (reply.json, reply.headers["Content-Type"]) == ({"y": TOLD}, f"application/json; {TOLD}")


def test_where_there_is_no_secret_there_is_nothing_to_repeat(stranger: Client) -> None:
    stranger.mock.faults.add(kind="mirror")
    assert stranger.send("GET", "/api/").xml.get("Message") == ""
