# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import http.client
import time
from typing import Any

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.faults import Fault, Faults
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.messages import Request

from .conftest import Client

SESSIONS = Request("GET", "/api/backupSessions", "format=Entity")


def hits(faults: Faults, request: Request, kind: str, count: int) -> list[bool]:
    return [faults.hit(request).one(kind) is not None for dummy in range(count)]


def test_after_and_times() -> None:
    faults = Faults()
    faults.add(kind="html", after=2, times=1)
    assert hits(faults, SESSIONS, "html", 5) == [False, False, True, False, False]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, True),
        ({"method": "get"}, True),
        ({"method": "POST"}, False),
        ({"path": "/api/backupsessions"}, True),
        ({"path": "/backupSessions"}, True),
        ({"path": "backup"}, True),
        ({"path": "/query"}, False),
        ({"query": "format=Entity"}, True),
        ({"query": "page=2"}, False),
    ],
)
def test_limits(limits: dict[str, Any], expected: bool) -> None:
    faults = Faults()
    faults.add(kind="html", **limits)
    assert hits(faults, SESSIONS, "html", 1) == [expected]


def test_of_those_that_exclude_each_other_one_is_used_up_at_a_time() -> None:
    faults = Faults()
    faults.add(kind="status", status=503, times=1)
    faults.add(kind="html", times=1)
    faults.add(kind="delay", seconds=1)
    faults.add(kind="delay", seconds=2)
    active = [faults.hit(SESSIONS) for dummy in range(3)]
    assert [(one.one("status") is not None, one.one("html") is not None) for one in active] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert [one.delay for one in active] == [3, 3, 3]


def test_stop_faults_wait_for_stops() -> None:
    faults = Faults()
    faults.add(kind="stop_refused", times=1)
    assert hits(faults, SESSIONS, "stop_refused", 1) == [False]
    assert hits(faults, Request("POST", "/api/backupSessions/x", "action=stop"), "stop_refused", 2) == [True, False]


@pytest.mark.parametrize(
    "values", [{"kind": "sausage"}, {"kind": "status"}, {"kind": "redirect"}, {"kind": "reset", "when": "never"}]
)
def test_faults_that_make_no_sense(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"expected one of|needs a|must be one of"):
        Fault(**values)


def test_delay(client: Client) -> None:
    client.mock.faults.add(kind="delay", seconds=0.4, times=1)
    begin = time.monotonic()
    assert client.get("/tasks").status == 200
    assert time.monotonic() - begin >= 0.4


def test_status(client: Client) -> None:
    client.mock.faults.add(kind="status", status=503, headers={"Retry-After": "7"}, times=1)
    reply = client.get("/tasks", Accept="application/json")
    assert (reply.status, reply.reason, reply.headers["Retry-After"]) == (503, "ServiceUnavailable", "7")
    assert reply.json["StatusCode"] == 503
    assert client.get("/tasks").status == 200


def test_status_with_a_body(client: Client) -> None:
    client.mock.faults.add(kind="status", status=502, body="<h1>Proxy</h1>", content_type="text/html")
    reply = client.get("/tasks")
    assert (reply.status, reply.text, reply.headers["Content-Type"]) == (502, "<h1>Proxy</h1>", "text/html")


def test_html(client: Client) -> None:
    client.mock.faults.add(kind="html", path="/sessionMngr")
    reply = client.log_on()
    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("text/html")
    assert reply.headers["X-RestSvcSessionId"] is None
    assert reply.text.startswith("<!DOCTYPE html>")


def test_body(client: Client) -> None:
    client.mock.faults.add(kind="body", body=b"\x00<a", content_type="application/xml")
    reply = client.get("/backupSessions")
    assert (reply.status, reply.body, reply.headers["Content-Type"]) == (200, b"\x00<a", "application/xml")


def test_redirect(client: Client) -> None:
    client.mock.faults.add(kind="redirect", location="https://elsewhere.example.test/api/")
    reply = client.get("/tasks")
    assert (reply.status, reply.headers["Location"]) == (302, "https://elsewhere.example.test/api/")


def test_expire_ends_the_logon_session(client: Client) -> None:
    client.mock.faults.add(kind="expire", times=1)
    assert client.get("/tasks").status == 401
    assert not client.mock.logon_sessions
    assert client.log_on().status == 201


def test_unauthorized_leaves_the_logon_session_alive(client: Client) -> None:
    client.mock.faults.add(kind="unauthorized", times=1)
    reply = client.get("/tasks")
    assert (reply.status, reply.headers["WWW-Authenticate"]) == (401, "Basic Realm=RestSvc")
    assert client.get("/tasks").status == 200


@pytest.mark.parametrize("when", ["before", "headers", "body"])
def test_reset(client: Client, when: str) -> None:
    for number in range(50):
        client.mock.add_session(name=str(number))
    client.mock.faults.add(kind="reset", when=when, times=1)
    with pytest.raises(ConnectionResetError):
        client.get("/backupSessions")
    entry = client.mock.requests[-1]
    assert (entry.status, entry.bytes_sent > 0, entry.bytes_sent > 1000) == {
        "before": (None, False, False),
        "headers": (200, True, False),
        "body": (200, True, True),
    }[when]
    assert client.get("/backupSessions").status == 200


def test_a_request_that_is_reset_before_has_no_effect(client: Client) -> None:
    identity = client.mock.add_session(state="Working")
    client.mock.faults.add(kind="reset", method="POST")
    with pytest.raises(ConnectionResetError):
        client.post(f"/backupSessions/{identity}?action=stop")
    assert client.get(f"/backupSessions/{identity}?format=Entity").xml.findtext("State") == "Working"


def test_a_request_whose_answer_is_lost_has_its_effect(client: Client) -> None:
    identity = client.mock.add_session(state="Working")
    client.mock.faults.add(kind="lose_answer", method="POST")
    with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
        client.post(f"/backupSessions/{identity}?action=stop")
    assert (client.mock.requests[-1].status, client.mock.requests[-1].bytes_sent) == (None, 0)
    assert client.get(f"/backupSessions/{identity}?format=Entity").xml.findtext("State") == "Stopping"


def test_truncate_promises_more_than_it_sends(client: Client) -> None:
    whole = client.get("/logonSessions").body
    client.mock.faults.add(kind="truncate", size=100)
    with pytest.raises(http.client.IncompleteRead) as caught:
        client.get("/logonSessions")
    assert caught.value.partial == whole[:100]


def test_truncate_with_a_clean_end(client: Client) -> None:
    whole = client.get("/logonSessions").body
    client.mock.faults.add(kind="truncate", clean_end=True)
    reply = client.get("/logonSessions")
    assert reply.body == whole[: len(whole) // 2]
    assert reply.headers["Content-Length"] == str(len(whole) // 2)


def test_drip(client: Client) -> None:
    whole = client.get("/logonSessions").body
    client.mock.faults.add(kind="drip", size=len(whole) // 3, seconds=0.1)
    begin = time.monotonic()
    assert client.get("/logonSessions").body == whole
    assert time.monotonic() - begin >= 0.3


def test_page_count(client: Client) -> None:
    client.mock.faults.add(kind="page_count", pages=9)
    root = client.get("/query?type=BackupJobSession").xml
    info = root.find("PagingInfo")
    assert info is not None
    assert info.get("PagesCount") == "9"
    assert [link.get("Rel") for link in info.iter("Link")] == ["First", "Next", "Last"]


def stop(client: Client, identity: str) -> int:
    return client.post(f"/backupSessions/{identity}?action=stop").status


def test_a_stop_that_is_refused_in_its_task(client: Client) -> None:
    one, two = (client.mock.add_session(state="Working") for dummy in range(2))
    client.mock.faults.add(kind="stop_refused", message="Not now", session_id=two)
    assert [stop(client, one), stop(client, two)] == [202, 202]
    client.mock.clock.advance(1)
    results = [client.get(f"/tasks/task-{number}").xml.find("Result") for number in (1, 2)]
    assert [result is not None and result.get("Success") for result in results] == ["true", "false"]
    assert results[1] is not None
    assert results[1].findtext("Message") == "Not now"
    assert client.get(f"/backupSessions/{two}?format=Entity").xml.findtext("State") == "Working"


@pytest.mark.parametrize(("status", "message"), [(403, "Access denied"), (409, "Not now")])
def test_a_stop_that_is_refused_at_once(client: Client, status: int, message: str) -> None:
    identity = client.mock.add_session(state="Working")
    client.mock.faults.add(kind="stop_refused", status=status, message="Not now")
    reply = client.post(f"/backupSessions/{identity}?action=stop")
    assert (reply.status, reply.xml.get("Message")) == (status, message)
    assert client.get(f"/backupSessions/{identity}?format=Entity").xml.findtext("State") == "Working"


def test_a_stop_that_never_ends(client: Client) -> None:
    identity = client.mock.add_session(state="Working", planned_end=60)
    client.mock.faults.add(kind="stop_never_ends")
    assert stop(client, identity) == 202
    client.mock.clock.advance(800)
    assert client.get(f"/backupSessions/{identity}?format=Entity").xml.findtext("State") == "Stopping"
    assert client.get("/tasks/task-1").xml.findtext("State") == "Finished"


def test_clearing(client: Client) -> None:
    client.mock.faults.add(kind="status", status=500)
    client.mock.faults.clear()
    assert client.get("/tasks").status == 200
