# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs by URL and by query: whole bodies in the documented shapes, the fields that queries know, and who may read them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import User
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import JOBS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.names import camel

from .conftest import Client, Start
from .test_bodies import SERVER, body, tree

GIVEN: dict[str, dict[str, Any]] = {
    "job": {"id": "b0b0b0b0-0000-4000-8000-00000000000b", "name": "Till Backup", "platform": "Hyperv", "description": "Every till"},
    "copy_job": {
        "id": "c0c0c0c0-0000-4000-8000-00000000000c",
        "name": "Till Copy",
        "job_type": "ImmediateBackupCopy",
        "description": "Every copy",
    },
    "agent_job": {
        "id": "a0a0a0a0-0000-4000-8000-00000000000a",
        "name": "Till Agents",
        "job_type": "AgentBackup",
        "description": "Every agent",
    },
    "nas_job": {
        "id": "d0d0d0d0-0000-4000-8000-00000000000d",
        "name": "Till Shares",
        "job_type": "NasBackup",
        "description": "Every share",
        "schedule_enabled": False,
    },
}
PATHS = {"job": "jobs", "copy_job": "jobs", "agent_job": "agents/jobs", "nas_job": "nas/jobs"}
NEXT_RUN = {"job": "2026-02-12T15:00:00Z", "agent_job": "2026-02-12T15:00:00Z"}
QUERY_TYPES = {"job": "Job", "agent_job": "AgentBackupJob", "nas_job": "NasJob"}
SCHEDULED = {"UID", "Name", "Description", "ScheduleConfigured", "ScheduleEnabled", "BackupServerUid", "BackupServerName"}
FIELDS = {
    "job": {"JobType", "Platform", "NextRun"} | SCHEDULED,
    "agent_job": {"JobType", "Platform"} | SCHEDULED,
    "nas_job": {"NextRun"} | SCHEDULED,
}
MEMBERS = ["Description", "ScheduleConfigured", "ScheduleEnabled"]
HEAD = ["Name", "UID", "Links", "Href", "Type"]
JSON = {"Accept": "application/json"}


@pytest.fixture(params=["client", "new_client"])
def filled(request: pytest.FixtureRequest) -> Client:
    """A server of either version with a job of every kind, and a copy job."""
    client: Client = request.getfixturevalue(request.param)
    for name, values in GIVEN.items():
        next_run = {"next_run": NEXT_RUN[name]} if name in NEXT_RUN else {}
        client.mock.add_job(**SERVER, **values, **next_run)
    return client


def names(client: Client, path: str) -> list[str]:
    return sorted(item.get("Name", "") for item in client.get(path).xml)


def query(client: Client, type_name: str, text: str) -> list[str]:
    reply = client.get(f"/query?type={type_name}&filter={quote(text)}")
    assert reply.status == 200, reply.text
    return sorted(ref.get("Name", "") for ref in reply.xml.iter("Ref"))


@pytest.mark.parametrize("name", GIVEN)
def test_an_entity(filled: Client, name: str) -> None:
    found = filled.get(f"/{PATHS[name]}/{GIVEN[name]['id']}?format=Entity").xml
    assert tree(found) == tree(body(f"{name}.entity"))


@pytest.mark.parametrize("name", GIVEN)
def test_a_reference(filled: Client, name: str) -> None:
    found = filled.get(f"/{PATHS[name]}/{GIVEN[name]['id'].upper()}").xml
    assert tree(found) == tree(body(f"{name}.reference"))


@pytest.mark.parametrize(
    ("path", "root", "items"),
    [("jobs", "Jobs", ["Job", "Job"]), ("agents/jobs", "AgentBackupJobs", ["AgentBackupJob"]), ("nas/jobs", "NASJobs", ["NASJob"])],
)
def test_collections_as_entities(filled: Client, path: str, root: str, items: list[str]) -> None:
    found = filled.get(f"/{path}?format=Entity").xml
    assert (found.tag, found.attrib, [item.tag for item in found]) == (root, {}, items)
    body_of = {values["name"]: name for name, values in GIVEN.items()}
    for item in found:
        assert tree(item) == tree(body(f"{body_of[item.get('Name', '')]}.entity"))


def test_collections_as_references(filled: Client) -> None:
    assert names(filled, "/jobs") == ["Till Backup", "Till Copy"]
    assert names(filled, "/agents/jobs") == ["Till Agents"]
    assert names(filled, "/nas/jobs") == ["Till Shares"]


@pytest.mark.parametrize("kind", QUERY_TYPES)
def test_queries_hold_the_same_elements_as_single_ones(filled: Client, kind: str) -> None:
    found = filled.get(f"/query?type={QUERY_TYPES[kind].lower()}&format=Entities&filter=Name!=%22Till%20Copy%22").xml
    assert [child.tag for child in found] == ["Entities", "PagingInfo"]
    assert [child.tag for child in found[0]] == [JOBS[kind].root]
    assert [tree(item) for item in found[0][0]] == [tree(body(f"{kind}.entity"))]


def test_the_next_run_is_missing_where_there_is_none(client: Client, new_client: Client) -> None:
    for one, absent in ((client, True), (new_client, False)):
        job = one.mock.add_job(name="a", schedule_enabled=False)
        members = one.get(f"/jobs/{job}?format=Entity", **JSON).json
        key = camel("NextRun") if one is new_client else "NextRun"
        assert (key not in members) == absent
        assert members.get(key) is None


@pytest.mark.parametrize("kind", QUERY_TYPES)
def test_json(client: Client, new_client: Client, kind: str) -> None:
    types = [] if kind == "nas_job" else ["JobType", "Platform"]
    for one in (client, new_client):
        job = one.mock.add_job(**GIVEN[kind], next_run="2026-02-12T15:00:00Z")
        write = camel if one is new_client else str
        members = one.get(f"/{PATHS[kind]}/{job}?format=Entity", **JSON).json
        assert list(members) == [write(name) for name in [*types, *MEMBERS, "NextRun", *HEAD]]
        root = write(JOBS[kind].root)
        assert one.get(f"/{PATHS[kind]}?format=Entity", **JSON).json == {root: [members]}
        slots = one.get(f"/query?type={QUERY_TYPES[kind]}&format=Entities", **JSON).json[write("Entities")]
        assert {name: slot for name, slot in slots.items() if slot} == {root: {root: [members]}}


@pytest.mark.parametrize("kind", QUERY_TYPES)
def test_exactly_the_documented_fields(client: Client, kind: str) -> None:
    every = set().union(*FIELDS.values()) | {"JobScheduleOptions", "State", "CreationTime"}
    known = {name for name in every if client.get(f"/query?type={QUERY_TYPES[kind]}&sortAsc={name}").status == 200}
    assert known == FIELDS[kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JobType==Backup", ["Till Backup"]),
        ("Platform==hyperv", ["Till Backup"]),
        ("Platform==CustomPlatform", ["Till Copy"]),
        ('Description=="Every till"', ["Till Backup"]),
        ('NextRun>="2026-02-12T15:00:00Z";NextRun<"2026-02-13"', ["Till Backup"]),
        ("UID==urn:veeam:Job:b0b0b0b0-0000-4000-8000-00000000000b", ["Till Backup"]),
        ("ScheduleEnabled==true", ["Till Backup", "Till Copy"]),
        ("ScheduleConfigured==False", []),
        (f"BackupServerUid=={SERVER['server_id']}", ["Till Backup", "Till Copy"]),
    ],
)
def test_what_queries_find(filled: Client, text: str, expected: list[str]) -> None:
    assert query(filled, "Job", text) == expected


def test_only_administrators_see_jobs(start: Start) -> None:
    client = start(users=[User("viewer", "secret", "portal_user")])
    job = client.mock.add_job(name="a")
    client.log_on("viewer", "secret")
    paths = [path for kind in JOBS.values() for path in (f"/{kind.path}", f"/{kind.path}/{job}", f"/query?type={kind.type}")]
    assert {client.get(path).status for path in paths} == {403}


@pytest.mark.parametrize("path", ["jobs", "agents/jobs", "nas/jobs"])
def test_ids_that_are_none(client: Client, path: str) -> None:
    words = {"jobs": "job", "agents/jobs": "agent backup job", "nas/jobs": "nas job"}[path]
    identity = GIVEN["job"]["id"]
    reply = client.get(f"/{path}/{identity}")
    assert (reply.status, reply.xml.get("Message")) == (404, f"Cannot find {words} [{identity}]")
    assert client.get(f"/{path}/99999").status == 400


def test_a_job_cannot_be_told_to_do_anything_yet(client: Client) -> None:
    job = client.mock.add_job(name="a")
    reply = client.post(f"/jobs/{job}?action=start")
    assert (reply.status, reply.headers["Allow"]) == (405, "GET")


def test_a_job_without_sessions_has_an_empty_collection_of_them(client: Client) -> None:
    job = client.mock.add_job(name="a")
    reply = client.get(f"/jobs/{job}/backupSessions")
    assert (reply.status, len(reply.xml)) == (200, 0)
    client.mock.add_session(job_name="a", name="a@now")
    assert names(client, f"/jobs/{job}/backupSessions") == ["a@now"]
