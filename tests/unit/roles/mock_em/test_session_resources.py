# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import User
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import BACKUP

from .conftest import Client, Start

DAY = 86400
GUID = "4856ab37-2235-45e8-affe-d515878b01a9"


def names(client: Client, path: str) -> list[str]:
    return sorted(item.get("Name", "") for item in client.get(path).xml)


def test_a_collection_as_references(client: Client) -> None:
    identity = client.mock.add_session(job_name="A", name="a")
    root = client.get("/backupSessions").xml
    assert root.tag == "EntityReferences"
    assert [child.tag for child in root] == ["Ref"]
    assert root[0].attrib == {
        "Type": "BackupJobSessionReference",
        "Href": f"https://em01.example.test:9398/api/backupSessions/{identity}",
        "Name": "a",
        "UID": f"urn:veeam:BackupJobSession:{identity}",
    }
    assert [child.tag for child in root[0]] == ["Links"]


@pytest.mark.parametrize("format_parameter", ["format=Entity", "FORMAT=entity", "v=latest&format=ENTITY"])
def test_a_collection_as_entities(client: Client, format_parameter: str) -> None:
    client.mock.add_session(name="a")
    root = client.get(f"/backupSessions?{format_parameter}").xml
    assert root.tag == "BackupJobSessions"
    assert root.attrib == {}
    assert [child.tag for child in root] == ["BackupJobSession"]


def test_the_plural_format_is_for_queries_only(client: Client) -> None:
    assert client.get("/backupSessions?format=Entities").xml.tag == "EntityReferences"


def test_one_session(client: Client) -> None:
    identity = client.mock.add_session(name="a")
    assert client.get(f"/backupSessions/{identity}").xml.tag == "EntityRef"
    assert client.get(f"/BACKUPSESSIONS/{identity.upper()}?format=Entity").xml.tag == "BackupJobSession"
    assert client.get(f"/backupSessions/{identity}/?format=Entity").xml.get("Name") == "a"


def test_collections_hold_thirty_days(client: Client) -> None:
    recent = client.mock.add_session(name="recent", creation_time=-30 * DAY + 60, tasks=1)
    old = client.mock.add_session(name="old", creation_time=-30 * DAY - 60, tasks=1)
    assert names(client, "/backupSessions") == ["recent"]
    assert len(client.get("/backupTaskSessions").xml) == 1
    assert len(client.get(f"/backupSessions/{old}/taskSessions").xml) == 0
    assert len(client.get(f"/backupSessions/{recent}/taskSessions").xml) == 1
    assert client.get(f"/backupSessions/{old}?format=Entity").xml.get("Name") == "old"
    client.mock.clock.advance(120)
    assert names(client, "/backupSessions") == []


def test_collections_come_in_another_order_each_time(client: Client) -> None:
    for number in range(12):
        client.mock.add_session(name=f"{number:02d}")
    orders = {tuple(item.get("Name") for item in client.get("/backupSessions").xml) for dummy in range(4)}
    assert len(orders) == 4
    assert len({tuple(sorted(map(str, order))) for order in orders}) == 1


def test_agents(client: Client) -> None:
    parent = client.mock.add_session(job_name="Agents", name="parent", job_type="AgentBackup")
    client.mock.add_session(name="child", job_name="Agents - a", job_type="AgentManagement", parent_id=parent)
    client.mock.add_session(name="vm")
    client.mock.add_session(name="share", job_type="NasBackup")
    assert names(client, "/agents/backupSessions") == ["child", "parent"]
    assert names(client, "/nas/backupSessions") == ["share"]
    assert names(client, f"/backupSessions/{parent}/agentManagementSessions") == ["child"]
    assert client.get(f"/agents/backupSessions/{parent}").status == 404


def test_sessions_of_a_job(client: Client) -> None:
    jobs = {}
    for kind, job_type in (("vm", "Backup"), ("agent", "AgentBackup"), ("share", "NasBackup")):
        identity = client.mock.add_session(name=kind, job_name=kind, job_type=job_type)
        uid = client.get(f"/backupSessions/{identity}?format=Entity").xml.findtext("JobUid") or ""
        jobs[kind] = uid.rpartition(":")[2]
    assert names(client, f"/jobs/{jobs['vm']}/backupSessions") == ["vm"]
    assert names(client, f"/agents/jobs/{jobs['agent']}/backupSessions?format=Entity") == ["agent"]
    assert names(client, f"/nas/jobs/{jobs['share'].upper()}/backupSessions") == ["share"]
    assert names(client, f"/nas/jobs/{jobs['vm']}/backupSessions") == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/backupSessions/99999", " ID 99999 is invalid. Type: BackupJobSession"),
        ("/backupTaskSessions/x?format=Entity", " ID x is invalid. Type: BackupTaskSession"),
        ("/backupSessions/1/taskSessions", " ID 1 is invalid. Type: BackupJobSession"),
        ("/jobs/1/backupSessions", " ID 1 is invalid. Type: Job"),
        (
            f"/backupSessions/urn:veeam:BackupJobSession:{GUID}",
            f" ID urn:veeam:BackupJobSession:{GUID} is invalid. Type: BackupJobSession",
        ),
    ],
)
def test_malformed_ids(client: Client, path: str, message: str) -> None:
    reply = client.get(path)
    assert (reply.status, reply.reason) == (400, "BadRequest")
    assert (reply.xml.tag, reply.xml.get("Message"), reply.xml.get("StatusCode")) == ("Error", message, "400")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"/backupSessions/{GUID}", "backup job session"),
        (f"/backupSessions/{GUID}/taskSessions", "backup job session"),
        (f"/backupTaskSessions/{GUID}", "backup task session"),
        (f"/jobs/{GUID}/backupSessions", "job"),
    ],
)
def test_unknown_ids(client: Client, path: str, words: str) -> None:
    reply = client.get(path)
    assert (reply.status, reply.reason) == (404, "NotFound")
    assert reply.xml.get("Message") == f"Cannot find {words} [{GUID}]"


def test_stopping(client: Client) -> None:
    identity = client.mock.add_session(name="night", state="Working", tasks=2)
    path = f"/backupSessions/{identity}?format=Entity"
    reply = client.post(f"/backupSessions/{identity}?action=stop")
    assert (reply.status, reply.reason) == (202, "Accepted")
    assert [reply.xml.findtext(name) for name in ("TaskId", "State", "Operation")] == ["task-1", "Running", "StopJobSession"]
    assert client.get(path).xml.findtext("State") == "Stopping"
    client.mock.clock.advance(1.1)
    stopped = client.get(path).xml
    assert [stopped.findtext(name) for name in ("State", "Result")] == ["Stopped", "Failed"]
    assert stopped.find("EndTimeUTC") is not None
    tasks = client.get(f"/backupSessions/{identity}/taskSessions?format=Entity").xml
    assert [task.findtext("State") for task in tasks] == ["Completed", "Completed"]


def test_stopping_what_has_stopped_fails_in_the_task(client: Client) -> None:
    identity = client.mock.add_session(name="done")
    assert client.post(f"/backupSessions/{identity}?action=stop").status == 202
    client.mock.clock.advance(1)
    result = client.get("/tasks/task-1").xml.find("Result")
    assert result is not None
    assert result.get("Success") == "false"
    assert "done" in (result.findtext("Message") or "")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", f"/backupSessions/{GUID}?action=stop", 404),
        ("POST", "/backupSessions/17?action=stop", 400),
        ("DELETE", f"/backupSessions/{GUID}", 405),
        ("POST", f"/backupTaskSessions/{GUID}?action=stop", 405),
        ("POST", "/backupSessions", 405),
    ],
)
def test_what_cannot_be_stopped(client: Client, method: str, path: str, status: int) -> None:
    assert client.send(method, f"/api{path}", b"").status == status


def test_an_unknown_action_changes_nothing(client: Client) -> None:
    identity = client.mock.add_session(state="Working")
    assert client.post(f"/backupSessions/{identity}?action=start").status == 400
    assert client.get(f"/backupSessions/{identity}?format=Entity").xml.findtext("State") == "Working"


ROLES = {
    "portal_administrator": {"sessions", "tasks", "agents", "nas", "nas job", "job", "agent job", "query", "task query", "stop"},
    "portal_user": {"sessions", "tasks", "agents", "nas", "nas job", "query", "task query"},
    "vm_restore_operator": {"task query"},
    "file_restore_operator": {"task query"},
    "exchange_restore_operator": set(),
    "oracle_restore_operator": set(),
    "sql_restore_operator": set(),
}


@pytest.mark.parametrize("role", ROLES)
def test_roles(start: Start, role: str) -> None:
    client = start(users=[User("who", "secret", role)])
    session = client.mock.add_session(state="Working", job_type="NasBackup")
    job = client.mock.em.store.all(BACKUP)[0]["job_id"]
    requests: dict[str, tuple[str, str]] = {
        "sessions": ("GET", "/backupSessions"),
        "tasks": ("GET", "/backupTaskSessions"),
        "agents": ("GET", "/agents/backupSessions"),
        "nas": ("GET", "/nas/backupSessions"),
        "nas job": ("GET", f"/nas/jobs/{job}/backupSessions"),
        "job": ("GET", f"/jobs/{job}/backupSessions"),
        "agent job": ("GET", f"/agents/jobs/{job}/backupSessions"),
        "query": ("GET", "/query?type=BackupJobSession"),
        "task query": ("GET", "/query?type=Task"),
        "stop": ("POST", f"/backupSessions/{session}?action=stop"),
    }
    assert client.log_on("who", "secret").status == 201
    replies = {name: client.send(method, f"/api{path}", b"") for name, (method, path) in requests.items()}
    assert {name for name, reply in replies.items() if reply.status < 300} == ROLES[role]
    refused = [reply for reply in replies.values() if reply.status >= 300]
    assert all((reply.status, reply.xml.get("Message")) == (403, "Access denied") for reply in refused)
    assert client.get("/tasks").status == 200
