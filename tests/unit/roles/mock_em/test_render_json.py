# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from .conftest import Client

JSON = {"Accept": "application/json"}
MEMBERS = [
    "IsRetry",
    "JobUid",
    "JobName",
    "JobType",
    "CreationTimeUTC",
    "EndTimeUTC",
    "State",
    "Result",
    "Progress",
    "FailureMessage",
    "Name",
    "UID",
    "Links",
    "Href",
    "Type",
]


def test_a_session_of_em_12(client: Client) -> None:
    identity = client.mock.add_session(name="\u6771")
    reply = client.get(f"/backupSessions/{identity}?format=Entity", **JSON)
    assert reply.headers["Content-Type"] == "application/json; charset=utf-8"
    assert list(reply.json) == MEMBERS
    assert reply.json["FailureMessage"] is None
    assert reply.json["IsRetry"] is False
    assert reply.json["Progress"] == 100
    assert "\u6771" in reply.text


def test_a_session_of_em_13(new_client: Client) -> None:
    identity = new_client.mock.add_session(name="\u6771")
    reply = new_client.get(f"/backupSessions/{identity}?format=Entity", **JSON)
    keys = list(reply.json)
    assert keys[:2] == ["isRetry", "jobUid"]
    assert keys[4:6] == ["creationTimeUTC", "endTimeUTC"]
    assert "uid" in keys
    assert "\\u6771" in reply.text


def test_the_end_of_a_running_session_is_absent_in_em_12_and_null_in_em_13(client: Client, new_client: Client) -> None:
    old = client.get(f"/backupSessions/{client.mock.add_session(state='Working')}?format=Entity", **JSON).json
    assert "EndTimeUTC" not in old
    assert old["Result"] == "None"
    new = new_client.get(f"/backupSessions/{new_client.mock.add_session(state='Working')}?format=Entity", **JSON).json
    assert new["endTimeUTC"] is None


def test_references(client: Client) -> None:
    client.mock.add_session(name="a")
    body = client.get("/backupSessions", **JSON).json
    assert list(body) == ["Refs"]
    assert list(body["Refs"][0]) == ["Links", "UID", "Name", "Href", "Type"]
    link = body["Refs"][0]["Links"][-1]
    assert link["Rel"] == "Down"
    assert link["Name"] is None


def test_collections_are_named_after_their_items(client: Client) -> None:
    identity = client.mock.add_session(tasks=1)
    assert list(client.get("/backupSessions?format=Entity", **JSON).json) == ["BackupJobSessions"]
    body = client.get(f"/backupSessions/{identity}/taskSessions?format=Entity", **JSON).json
    assert list(body) == ["BackupTaskSessions"]
    task = body["BackupTaskSessions"][0]
    assert list(task)[-6:] == ["VmDisplayName", "Name", "UID", "Links", "Href", "Type"]
    assert task["Reason"] == ""


def test_an_error(client: Client, new_client: Client) -> None:
    body = client.get("/backupSessions/17", **JSON).json
    assert list(body.items()) == [
        ("FirstChanceExceptionMessage", None),
        ("Message", " ID 17 is invalid. Type: BackupJobSession"),
        ("StackTrace", None),
        ("Status", None),
        ("StatusCode", 400),
    ]
    assert new_client.get("/backupSessions/17", **JSON).json["statusCode"] == 400


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "json"),
        ("application/xml, application/json;q=0.1", "json"),
        ("APPLICATION/JSON", "json"),
        ("*/*", "xml"),
        ("application/xml", "xml"),
        ("text/html", "xml"),
        ("", "xml"),
    ],
)
def test_accept(client: Client, accept: str, kind: str) -> None:
    assert f"application/{kind}" in client.get("/tasks", Accept=accept).headers["Content-Type"]


def test_a_server_that_answers_json_whatever_was_asked(client: Client) -> None:
    client.mock.settings.change({"answer": "json"})
    assert client.get("/tasks", Accept="application/xml").json == {"Tasks": []}
    assert client.get("/nowhere", Accept="application/xml").json["StatusCode"] == 404
