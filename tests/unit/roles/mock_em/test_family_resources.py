# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The URLs of the families beyond backup: their collections, single sessions, and who may read them."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import User
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS

from .conftest import Client, Start

DAY = 86400
GUID = "4856ab37-2235-45e8-affe-d515878b01a9"


class Family(NamedTuple):
    """A family and how documentation names it."""

    kind: str
    path: str
    type: str
    root: str
    item: str
    words: str
    parent: str = ""


FAMILIES = (
    Family("replica", "replicaSessions", "ReplicaJobSession", "ReplicaJobSessions", "ReplicaJobSession", "replica job session"),
    Family(
        "replica_task",
        "replicaTaskSessions",
        "ReplicaTaskSession",
        "ReplicaTaskSessions",
        "ReplicaTaskSession",
        "replica task session",
        parent="replica",
    ),
    Family("restore", "restoreSessions", "RestoreSession", "RestoreSessions", "RestoreSession", "restore session"),
    Family(
        "cdp_replica", "cdpReplicaSessions", "CdpReplicaSession", "CdpReplicaSessions", "CdpPolicySession", "cdp replica session"
    ),
    Family(
        "cdp_replica_task",
        "cdpReplicaTaskSessions",
        "CdpReplicaTaskSession",
        "CdpReplicaTaskSessions",
        "CdpReplicaTaskSession",
        "cdp replica task session",
        parent="cdp_replica",
    ),
    Family(
        "cloud_failover",
        "cloud/failoverSessions",
        "CloudFailoverSession",
        "CloudFailoverSessions",
        "CloudFailoverSession",
        "cloud failover session",
    ),
)
SYSTEM = Family("system", "systemSessions", "SystemSession", "SystemSessions", "Sessions", "system session")
EACH = pytest.mark.parametrize("family", FAMILIES, ids=[family.kind for family in FAMILIES])
EVERY = pytest.mark.parametrize("family", [*FAMILIES, SYSTEM], ids=[*(family.kind for family in FAMILIES), "system"])


def add(client: Client, family: Family, **values: object) -> str:
    """Add a session of a family, with the session that it belongs to."""
    if family.parent:
        values["session_id"] = client.mock.add_session(family.parent)
    return client.mock.add_session(family.kind, **values)


def names(client: Client, path: str) -> list[str]:
    return sorted(item.get("Name", "") for item in client.get(path).xml)


@EACH
def test_a_collection(client: Client, family: Family) -> None:
    identity = add(client, family, name="a")
    references = client.get(f"/{family.path}").xml
    assert references.tag == "EntityReferences"
    assert [(ref.tag, ref.get("Type"), ref.get("UID")) for ref in references] == [
        ("Ref", f"{family.type}Reference", f"urn:veeam:{family.type}:{identity}")
    ]
    assert references[0].get("Href") == f"https://em01.example.test:9398/api/{family.path}/{identity}"
    entities = client.get(f"/{family.path.upper()}?format=entity").xml
    assert (entities.tag, entities.attrib) == (family.root, {})
    assert [(item.tag, item.get("Type")) for item in entities] == [(family.item, family.type)]


@EACH
def test_one_session(client: Client, family: Family) -> None:
    identity = add(client, family, name="a")
    assert client.get(f"/{family.path}/{identity}").xml.tag == "EntityRef"
    assert client.get(f"/{family.path}/{identity.upper()}?format=Entity").xml.tag == family.type


def test_system_sessions_are_always_entities(client: Client) -> None:
    identity = client.mock.add_session("system", name="a")
    for parameters in ("", "?format=Entity", "?format=Reference"):
        root = client.get(f"/systemSessions{parameters}").xml
        assert (root.tag, root.attrib) == ("SystemSessions", {})
        assert [(item.tag, item.get("Type"), item.get("Name")) for item in root] == [("Sessions", "SystemSession", "a")]
        assert client.get(f"/systemSessions/{identity}{parameters}").xml.tag == "SystemSession"


@EVERY
def test_collections_hold_thirty_days(client: Client, family: Family) -> None:
    add(client, family, name="recent", creation_time=-30 * DAY + 60)
    old = add(client, family, name="old", creation_time=-30 * DAY - 60)
    assert names(client, f"/{family.path}") == ["recent"]
    assert client.get(f"/{family.path}/{old}?format=Entity").xml.get("Name") == "old"


@EVERY
def test_malformed_and_unknown_ids(client: Client, family: Family) -> None:
    malformed = client.get(f"/{family.path}/99999")
    assert (malformed.status, malformed.xml.get("Message")) == (400, f" ID 99999 is invalid. Type: {family.type}")
    unknown = client.get(f"/{family.path}/{GUID}?format=Entity")
    assert (unknown.status, unknown.xml.get("Message")) == (404, f"Cannot find {family.words} [{GUID}]")


@EVERY
def test_nothing_but_backup_sessions_can_be_stopped(client: Client, family: Family) -> None:
    identity = add(client, family, state="InProgress" if family.parent or family is SYSTEM else "Working")
    reply = client.post(f"/{family.path}/{identity}?action=stop")
    assert (reply.status, reply.headers["Allow"]) == (405, "GET")
    assert client.get(f"/{family.path}/{identity}?format=Entity").xml.find("EndTimeUTC") is None


@pytest.mark.parametrize(
    ("parent", "tasks"),
    [
        ("replica", "replicaSessions/{}/replicaTaskSessions"),
        ("cdp_replica", "cdpReplicaSessions/{}/cdpReplicaTaskSessions"),
    ],
)
def test_task_sessions_of_a_session(client: Client, parent: str, tasks: str) -> None:
    session = client.mock.add_session(parent, tasks=2)
    client.mock.add_session(parent, tasks=1)
    old = client.mock.add_session(parent, creation_time=-31 * DAY, tasks=1)
    assert len(client.get(f"/{tasks.format(session)}").xml) == 2
    assert client.get(f"/{tasks.format(session)}?format=Entity").xml.tag == KINDS[f"{parent}_task"].root
    assert len(client.get(f"/{tasks.format(old)}").xml) == 0
    assert client.get(f"/{tasks.format(GUID)}").status == 404


def test_the_misspelt_path_of_the_link_is_not_served(client: Client) -> None:
    session = client.mock.add_session("replica", tasks=1)
    for parameters in ("", "?format=Entity"):
        links = client.get(f"/replicaSessions/{session}{parameters}").xml.iter("Link")
        hrefs = [link.get("Href") or "" for link in links if link.get("Rel") == "Down"]
        assert hrefs == [f"https://localhost:9398/api/replicaSessions/{session}/repicaTaskSessions"]
    assert client.get(f"/replicaSessions/{session}/repicaTaskSessions").status == 404


def test_the_wrong_address_of_a_cdp_task_leads_nowhere(client: Client) -> None:
    task = client.mock.add_session("cdp_replica_task", session_id=client.mock.add_session("cdp_replica"))
    href = client.get(f"/cdpReplicaTaskSessions/{task}?format=Entity").xml.get("Href") or ""
    assert href == f"https://em01.example.test:9398/api/replicaTaskSessions/{task}?format=Entity"
    assert client.get(f"/replicaTaskSessions/{task}?format=Entity").status == 404


def test_replica_sessions_of_a_job(client: Client) -> None:
    client.mock.add_session("replica", name="a", job_id=GUID)
    client.mock.add_session("replica", name="old", job_id=GUID, creation_time=-31 * DAY)
    client.mock.add_session("replica", name="b")
    assert names(client, f"/jobs/{GUID}/replicaSessions") == ["a"]
    assert client.get("/jobs/17/replicaSessions").status == 400
    assert client.get(f"/jobs/{GUID.replace('4', '5')}/replicaSessions").status == 404


def test_sessions_of_a_cdp_policy_of_any_age(client: Client) -> None:
    client.mock.add_session("cdp_replica", name="a", policy_id=GUID)
    client.mock.add_session("cdp_replica", name="old", policy_id=GUID, creation_time=-100 * DAY)
    client.mock.add_session("cdp_replica", name="b")
    assert names(client, f"/cdpPolicies/{GUID}/cdpReplicaSessions") == ["a", "old"]
    assert client.get(f"/cdpPolicies/{GUID}/cdpReplicaSessions?format=Entity").xml.tag == "CdpReplicaSessions"
    reply = client.get("/cdpPolicies/17/cdpReplicaSessions")
    assert (reply.status, reply.xml.get("Message")) == (400, " ID 17 is invalid. Type: CdpPolicy")


OPERATORS = {"restore", "one restore", "cloud", "one cloud", "restore query"}
READABLE = {
    "portal_administrator": None,
    "portal_user": {"job", "policy", "cloud query"},
    "vm_restore_operator": OPERATORS,
    "file_restore_operator": OPERATORS,
    "exchange_restore_operator": {"restore", "one restore"},
    "oracle_restore_operator": {"restore", "one restore"},
    "sql_restore_operator": {"restore", "one restore"},
}
"""None: everything; for the portal user what is refused, for the others what is allowed."""


@pytest.mark.parametrize("role", READABLE)
def test_roles(start: Start, role: str) -> None:
    client = start(users=[User("who", "secret", role)])
    client.log_on("who", "secret")
    client.mock.add_session("replica", job_id=GUID)
    client.mock.add_session("cdp_replica", policy_id=GUID)
    restore, cloud, system = (client.mock.add_session(kind) for kind in ("restore", "cloud_failover", "system"))
    requests = {family.kind: f"/{family.path}" for family in (*FAMILIES, SYSTEM)}
    requests.update({f"{family.kind} query": f"/query?type={family.type}" for family in FAMILIES})
    requests["restore query"], requests["cloud query"] = "/query?type=RestoreSession", "/query?type=CloudFailoverSession"
    requests["cloud"] = requests.pop("cloud_failover")
    del requests["cloud_failover query"]
    requests["job"], requests["policy"] = f"/jobs/{GUID}/replicaSessions", f"/cdpPolicies/{GUID}/cdpReplicaSessions"
    requests["one restore"], requests["one cloud"] = f"/restoreSessions/{restore}", f"/cloud/failoverSessions/{cloud}"
    requests["one system"], requests["events"] = f"/systemSessions/{system}", f"/systemSessions/{system}/events"
    replies = {name: client.get(path) for name, path in requests.items()}
    allowed = {name for name, reply in replies.items() if reply.status == 200}
    expected = READABLE[role] or set()
    assert allowed == (set(requests) - expected if role.startswith("portal") else expected)
    refused = [reply for name, reply in replies.items() if name not in allowed]
    assert all((reply.status, reply.xml.get("Message")) == (403, "Access denied") for reply in refused)
