# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import base64

import pytest

from .conftest import Client, Start


def rels(client: Client, path: str) -> list[tuple[str | None, str | None]]:
    links = client.get(path).xml.findall("./Links/Link")
    return [(link.get("Rel"), link.get("Type")) for link in links]


def test_the_root_needs_no_token_and_names_the_versions(start: Start) -> None:
    client = start()
    reply = client.get("/")
    assert (reply.status, reply.reason) == (200, "OK")
    assert [version.get("Name") for version in reply.xml.iter("SupportedVersion")] == ["v1_5", "v1_6", "v1_7"]
    hrefs = [link.get("Href") for link in reply.xml.iter("Link")]
    assert hrefs[1] == "https://localhost:9398/api/sessionMngr/?v=latest"
    assert hrefs[-1] == "https://localhost:9398/api/sessionMngr/?v=v1_7"
    assert client.send("GET", "/api").status == 200


def test_the_root_in_json(start: Start) -> None:
    body = start().get("/", Accept="application/json").json
    assert list(body) == ["SupportedVersions", "Links", "Href", "Type"]
    assert list(body["SupportedVersions"]["SupportedVersions"][0]) == ["Links", "Name"]
    assert body["Href"] is None


def test_logging_on(start: Start) -> None:
    client = start()
    reply = client.log_on()
    session_id = reply.xml.findtext("SessionId") or ""
    token = base64.b64encode(session_id.encode()).decode()
    assert (reply.status, reply.reason) == (201, "Created")
    assert reply.headers["X-RestSvcSessionId"] == token
    assert reply.headers["Set-Cookie"] == f"X-RestSvcSessionId={token}; Path=/api;"
    assert reply.headers["Server"] == "Microsoft-HTTPAPI/2.0"
    assert reply.xml.findtext("UserName") == "EM01\\operator"
    assert reply.xml.get("Href") == f"https://em01.example.test:9398/api/logonSessions/{session_id}"
    assert [session.id for session in client.mock.logon_sessions] == [session_id]


def test_an_administrator_gets_all_links_in_order(client: Client) -> None:
    found = rels(client, f"/logonSessions/{client.mock.logon_sessions[0].id}")
    assert len(found) == 54
    assert found[0] == ("Up", "EnterpriseManager")
    assert found[14:16] == [("Down", "BackupJobSessionReferenceList"), ("Down", "RestoreSessionReferenceList")]
    assert found[29] == ("Create", None)
    assert found[-2:] == [("Down", "NasService"), ("Delete", None)]


def test_a_restore_operator_gets_few_links(start: Start) -> None:
    client = start()
    mock = client.mock
    mock.settings.users[1] = type(mock.settings.users[1])("viewer", "demo-password", "sql_restore_operator")
    types = {link.get("Type") for link in client.log_on("viewer").xml.iter("Link")}
    assert "TaskList" in types
    assert "BackupJobSessionReferenceList" not in types


@pytest.mark.parametrize("version", ["", "?v=latest", "?v=v1_5", "?v=v1_6", "?v=v1_7"])
def test_versions(start: Start, version: str) -> None:
    assert start().log_on(version=version).status == 201


def test_an_unknown_version_is_a_bad_request(start: Start) -> None:
    reply = start().log_on(version="?v=v1_8")
    assert (reply.status, reply.reason) == (400, "BadRequest")
    assert "v1_8" in (reply.xml.get("Message") or "")


def test_the_slash_is_optional(start: Start) -> None:
    client = start()
    credentials = base64.b64encode(b"operator:demo-password").decode()
    assert client.post("/sessionMngr", Authorization=f"Basic {credentials}").status == 201


def test_content_length_is_required(start: Start) -> None:
    client = start()
    credentials = base64.b64encode(b"operator:demo-password").decode()
    headers = {"Authorization": f"Basic {credentials}", "Transfer-Encoding": "chunked"}
    reply = client.send("POST", "/api/sessionMngr/", None, **headers)
    assert (reply.status, reply.reason) == (411, "LengthRequired")


@pytest.mark.parametrize(
    ("user", "password"), [("operator", "wrong"), ("nobody", "demo-password"), ("guest", "demo-password"), ("", "")]
)
def test_wrong_credentials_and_users_without_a_role(start: Start, user: str, password: str) -> None:
    client = start()
    reply = client.log_on(user, password)
    assert (reply.status, reply.reason) == (401, "Unauthorized")
    assert reply.headers["WWW-Authenticate"] == "Basic Realm=RestSvc"
    assert not client.mock.logon_sessions


@pytest.mark.parametrize("header", ["", "Bearer abc", "Basic !!!", "Basic " + base64.b64encode(b"no colon").decode()])
def test_other_authorizations(start: Start, header: str) -> None:
    assert start().post("/sessionMngr/", Authorization=header).status == 401


def test_logging_out(client: Client) -> None:
    session_id = client.mock.logon_sessions[0].id
    reply = client.send("DELETE", f"/api/logonSessions/{session_id}")
    assert (reply.status, reply.reason, reply.body) == (204, "NoContent", b"")
    assert client.get("/backupSessions").status == 401


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_logon_session_is_a_server_error(client: Client, method: str) -> None:
    reply = client.send(method, "/api/logonSessions/15a3fc97-0325-4119-b789-5c0367c6c565")
    assert (reply.status, reply.reason) == (500, "InternalServerError")


def test_the_list_of_logon_sessions(client: Client) -> None:
    client.log_on("viewer")
    names = [session.findtext("UserName") for session in client.get("/logonSessions").xml]
    assert names == ["EM01\\operator", "EM01\\viewer"]
    body = client.get("/logonSessions", Accept="application/json").json
    assert list(body) == ["LogonSessions"]
    assert list(body["LogonSessions"][0]) == ["UserName", "SessionId", "Links", "Href", "Type"]


def start_task(client: Client) -> None:
    identity = client.mock.add_session(job_name='The "Gold" Job', state="Working", name="gold")
    assert client.post(f"/backupSessions/{identity}?action=stop").status == 202


def test_a_task_goes_from_running_over_operation_finished_to_finished(client: Client) -> None:
    start_task(client)
    client.mock.settings.change({"task_seconds": 100})
    states = []
    for seconds in (0, 70, 40):
        client.mock.clock.advance(seconds)
        states.append(client.get("/tasks/task-1").xml)
    assert [state.findtext("State") for state in states] == ["Running", "OperationFinished", "Finished"]
    assert states[0].find("Result") is None
    assert states[1].findtext("Result/Message") == "OperationFinished"
    assert states[2].findtext("Result/Message") == 'Job Session "gold" triggered to stop.'
    assert [state.get("Success") for state in states[2].iter("Result")] == ["true"]
    assert states[2].get("Href") == "https://em01.example.test:9398/api/tasks/task-1"


def test_a_task_in_json(client: Client, new_client: Client) -> None:
    start_task(client)
    body = client.get("/tasks/task-1", Accept="application/json").json
    assert list(body) == ["TaskId", "State", "Operation", "Result", "Links", "Href", "Type"]
    assert body["Result"] is None
    client.mock.clock.advance(1)
    result = client.get("/tasks/task-1", Accept="application/json").json["Result"]
    assert list(result.items()) == [("Message", 'Job Session "gold" triggered to stop.'), ("Success", True)]
    start_task(new_client)
    assert new_client.get("/tasks/task-1", Accept="application/json").json["taskId"] == "task-1"


def test_tasks_are_private_to_their_logon_session(client: Client) -> None:
    start_task(client)
    client.log_on()
    assert len(client.get("/tasks").xml) == 0
    reply = client.get("/tasks/task-1")
    assert reply.status == 500
    assert reply.xml.get("Message") == "There is no backup task with id [task-1] in current rest session"
    start_task(client)
    assert [task.findtext("TaskId") for task in client.get("/tasks").xml] == ["task-1"]


def test_a_task_can_be_deleted_once(client: Client) -> None:
    start_task(client)
    assert client.send("DELETE", "/api/tasks/task-1").status == 204
    assert client.send("DELETE", "/api/tasks/task-1").status == 500
    start_task(client)
    assert [task.findtext("TaskId") for task in client.get("/tasks").xml] == ["task-2"]
