# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a fault comes: before the request has any effect, or at some moment while its answer is sent."""

from __future__ import annotations

import http.client
import socket
import time
from typing import Any

import pytest

from .conftest import Client


def state_of(client: Client, identity: str) -> str | None:
    return client.get(f"/backupSessions/{identity}?format=Entity").xml.findtext("State")


def raw_answer(client: Client, most: int | None = None, at_least: float = 0.0) -> bytes:
    """What a request for the API's root brings, until the server closes or resets, or there is so much of it.

    at_least: fail when it took fewer seconds.
    """
    begin, received = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", client.mock.port), timeout=10) as connection:
        connection.sendall(b"GET /api/ HTTP/1.1\r\nHost: em\r\n\r\n")
        while most is None or len(received) < most:
            try:
                piece = connection.recv(65536)
            except ConnectionResetError:
                break
            if not piece:
                break
            received += piece
    assert time.monotonic() - begin >= at_least
    return received


@pytest.mark.parametrize("when", ["before", "head", "headers", "body"])
def test_a_reset_leaves_what_was_sent_before_it(client: Client, when: str) -> None:
    whole = len(client.get("/").body)
    client.mock.faults.add(kind="reset", when=when)
    head, end, body = raw_answer(client).partition(b"\r\n\r\n")
    assert (bool(head), bool(end), len(body)) == {
        "before": (False, False, 0),
        "head": (True, False, 0),
        "headers": (True, True, 0),
        "body": (True, True, whole // 2),
    }[when]


def test_a_reset_in_the_head_comes_after_the_effect(client: Client) -> None:
    identity = client.mock.add_session(state="Working")
    client.mock.faults.add(kind="reset", when="head", method="POST")
    with pytest.raises((ConnectionResetError, http.client.HTTPException)):
        client.post(f"/backupSessions/{identity}?action=stop")
    assert state_of(client, identity) == "Stopping"


@pytest.mark.parametrize(("when", "state"), [("before", "Working"), ("head", "Stopping"), ("body", "Stopping")])
def test_a_delay_comes_before_the_effect_or_while_the_answer_is_sent(client: Client, when: str, state: str) -> None:
    identity = client.mock.add_session(state="Working")
    client.mock.faults.add(kind="delay", when=when, method="POST", seconds=0.6)
    connection = http.client.HTTPConnection("127.0.0.1", client.mock.port, timeout=10)
    begin = time.monotonic()
    connection.request("POST", f"/api/backupSessions/{identity}?action=stop", b"", {"X-RestSvcSessionId": str(client.token)})
    time.sleep(0.2)
    assert state_of(client, identity) == state
    answer = connection.getresponse()
    assert (answer.status, b"<Task " in answer.read()) == (202, True)
    assert time.monotonic() - begin >= 0.6
    connection.close()


def test_the_head_can_drip_too(client: Client) -> None:
    body = client.get("/").body
    client.mock.faults.add(kind="drip", when="head", size=100, seconds=0.05)
    head = raw_answer(client, most=len(body), at_least=0.1)
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ({"kind": "status", "status": 504}, 504),
        ({"kind": "html"}, 200),
        ({"kind": "body", "body": ""}, 200),
        ({"kind": "redirect", "location": "http://elsewhere.example.test/"}, 302),
    ],
)
@pytest.mark.parametrize(("when", "state"), [("before", "Working"), ("headers", "Stopping")])
def test_an_answer_is_replaced_before_or_after_the_effect(
    client: Client, fault: dict[str, Any], status: int, when: str, state: str
) -> None:
    identity = client.mock.add_session(state="Working")
    client.mock.faults.add(when=when, method="POST", **fault)
    assert client.post(f"/backupSessions/{identity}?action=stop").status == status
    assert state_of(client, identity) == state


def test_what_is_refused_anyway_is_refused_before_an_answer_is_replaced(client: Client) -> None:
    client.mock.faults.add(kind="html", when="headers", path="/nowhere")
    assert client.get("/nowhere").status == 404


def test_given_bytes_come_with_given_headers(client: Client) -> None:
    client.mock.faults.add(kind="body", body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    reply = client.get("/tasks")
    assert (reply.body, reply.headers["Content-Encoding"]) == (b"\x1f\x8b", "gzip")


def test_endless_repeats_the_end_of_the_body(client: Client) -> None:
    client.mock.faults.add(kind="body", body="[1,", content_type="application/json")
    client.mock.faults.add(kind="endless", size=2)
    head, dummy, body = raw_answer(client, most=500_000).partition(b"\r\n\r\n")
    assert b"Content-Length" not in head
    assert body[:9] == b"[1,1,1,1,"
    assert len(body) > 400_000


def test_endless_repeats_the_whole_body_where_no_size_is_given(client: Client) -> None:
    client.mock.faults.add(kind="body", body="abc")
    client.mock.faults.add(kind="endless")
    assert raw_answer(client, most=200_000).partition(b"\r\n\r\n")[2].startswith(b"abc" * 1000)
