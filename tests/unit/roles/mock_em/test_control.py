# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import base64
from typing import Any

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.schema import Kind

from .conftest import Client, Start


def test_requests(client: Client) -> None:
    client.get("/tasks?a=b", Accept="application/json", Cookie="secret=1")
    entries = client.control("GET", "requests").json["requests"]
    assert [(entry["n"], entry["method"], entry["path"], entry["status"]) for entry in entries] == [
        (1, "POST", "/api/sessionMngr/", 201),
        (2, "GET", "/api/tasks", 200),
    ]
    last = entries[-1]
    assert (last["query"], last["accept"], last["user"]) == ("a=b", "application/json", "operator")
    assert last["logon_session_id"] == client.mock.logon_sessions[0].id
    assert last["headers"]["x-restsvcsessionid"] == last["headers"]["cookie"] == "***"
    assert entries[0]["headers"]["authorization"] == "***"
    assert last["bytes_sent"] > 100
    assert client.control("DELETE", "requests").status == 200
    assert client.control("GET", "requests").json["requests"] == []


def test_logon_sessions(client: Client) -> None:
    found = client.control("GET", "logon-sessions").json["logon_sessions"]
    assert found == [{"id": client.mock.logon_sessions[0].id, "user": "operator"}]


def test_clock_and_sessions(client: Client) -> None:
    identity = client.control("POST", "sessions", {"state": "Working", "planned_end": 60}).json["id"]
    client.control("POST", "clock", {"advance": 61})
    assert client.get(f"/backupSessions/{identity}?format=Entity").xml.findtext("State") == "Stopped"


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if not kind.parent], ids=lambda kind: kind.name)
def test_a_session_of_any_kind_is_added_and_finished(client: Client, kind: Kind) -> None:
    state = "InProgress" if kind.name == "system" else "Working"
    identity = client.control("POST", "sessions", {"kind": kind.name, "state": state}).json["id"]
    path = f"/{kind.path}/{identity}?format=Entity"
    assert client.get(path).xml.find("EndTimeUTC") is None
    over = {"kind": kind.name, "id": identity.upper(), "state": kind.finished_states[0]}
    assert client.control("PATCH", "sessions", over).status == 200
    root = client.get(path).xml
    assert (root.findtext("State"), root.find("EndTimeUTC") is not None) == (kind.finished_states[0], True)
    assert (root.findtext("Result/Result") or root.findtext("Result")) == kind.good_result


def test_a_finished_session_takes_its_tasks_along(client: Client) -> None:
    identity = client.control("POST", "sessions", {"kind": "replica", "state": "Working", "tasks": 2}).json["id"]
    client.control("PATCH", "sessions", {"kind": "replica", "id": identity, "state": "Stopped", "result": "Warning"})
    tasks = client.get("/replicaTaskSessions?format=Entity").xml
    assert {(task.findtext("State"), task.findtext("Result")) for task in tasks} == {("Completed", "Warning")}


def test_a_session_may_change_in_any_value_and_begin_again(client: Client) -> None:
    identity = client.mock.add_session(name="a", end_time="2026-01-02T03:04:05Z")
    path = f"/backupSessions/{identity}?format=Entity"
    assert client.get(path).xml.findtext("EndTimeUTC") == "2026-01-02T03:04:05Z"
    client.control("PATCH", "sessions", {"id": identity, "name": "b", "state": "Queued", "progress": 7})
    root = client.get(path).xml
    assert root.find("EndTimeUTC") is None
    found = [root.get("Name"), *(root.findtext(name) for name in ("State", "Result", "Progress"))]
    assert found == ["b", "Queued", "None", "7"]
    assert len(list(client.get("/query?type=BackupJobSession&filter=State==Queued").xml.iter("Ref"))) == 1
    client.control("PATCH", "sessions", {"id": identity, "state": "Stopped", "end_time": "2026-01-03T00:00:00Z"})
    assert client.get(path).xml.findtext("EndTimeUTC") == "2026-01-03T00:00:00Z"


@pytest.mark.parametrize(
    ("change", "culprit"),
    [
        ({"colour": "red"}, "colour"),
        ({"kind": "sausage"}, "sausage"),
        ({"kind": "replica"}, "ReplicaJobSession"),
        ({"job_id": "x"}, "job_id"),
        ({"state": "Stopped", "end_time": "yesterday"}, "yesterday"),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(client: Client, change: dict[str, str], culprit: str) -> None:
    identity = client.mock.add_session(state="Working")
    reply = client.control("PATCH", "sessions", {"id": identity, **change})
    assert (reply.status, culprit in reply.json["error"]) == (400, True)
    assert client.get(f"/backupSessions/{identity}?format=Entity").xml.findtext("State") == "Working"


def test_settings(client: Client) -> None:
    assert client.control("PATCH", "settings", {"em_version": 13, "task_seconds": 2}).json["em_version"] == 13
    assert client.get("/tasks", Accept="application/json").json == {"tasks": []}
    shown = client.control("GET", "settings").json
    assert shown["task_seconds"] == 2
    assert "demo-password" not in str(shown)


def test_faults(client: Client) -> None:
    fault = {"kind": "body", "body_base64": base64.b64encode(b"\xff").decode(), "times": 1}
    assert client.control("POST", "faults", fault).status == 200
    assert client.get("/tasks").body == b"\xff"
    assert [(one["kind"], one["hits"]) for one in client.control("GET", "faults").json["faults"]] == [("body", 1)]
    client.control("DELETE", "faults")
    assert client.control("GET", "faults").json["faults"] == []


def test_replay(client: Client) -> None:
    client.control("POST", "replay", {"path": "/backups", "body_base64": base64.b64encode(b"\xff").decode()})
    assert client.get("/backups").body == b"\xff"
    client.control("DELETE", "replay")
    assert client.get("/backups").status == 404


def test_generate_and_reset(client: Client) -> None:
    client.control("POST", "generate", {"sessions": 50, "seed": 3})
    assert len(client.get("/query?type=BackupJobSession&pageSize=500").xml[0]) == 50
    client.control("POST", "faults", {"kind": "status", "status": 500})
    client.control("POST", "reset")
    assert client.get("/tasks").status == 401
    client.log_on()
    assert len(client.get("/backupSessions").xml) == 0


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("sessions", {"colour": "red"}),
        ("sessions", {"kind": "sausage"}),
        ("sessions", {"creation_time": "yesterday"}),
        ("sessions", ["no", "object"]),
        ("faults", {"kind": "sausage"}),
        ("faults", {"kind": "delay", "colour": "red"}),
        ("faults", {}),
        ("replay", {"path": "/jobs", "file": "/nowhere/at/all"}),
        ("generate", {}),
        ("clock", {"advance": "soon"}),
    ],
)
def test_what_makes_no_sense(client: Client, path: str, body: Any) -> None:
    reply = client.control("POST", path, body)
    assert reply.status == 400
    assert reply.json["error"]


def test_unknown_control_requests_name_the_known_ones(client: Client) -> None:
    reply = client.control("POST", "sausage")
    assert reply.status == 404
    assert "PATCH /_mock/settings" in reply.json["error"]


def test_control_is_not_logged_and_can_be_switched_off(start: Start) -> None:
    client = start(control=False)
    assert client.control("GET", "settings").status == 404
    assert len(client.mock.requests) == 1
