# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole bodies of every family, compared with files in the documented shapes: elements, attributes, links, all in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS

from .conftest import Client, without_namespace

BODIES = Path(__file__).parent / "bodies"
SERVER: dict[str, Any] = {"server_id": "51a7c0de-0001-4a00-8a00-0000000000aa", "server_name": "vbr07.example.test"}
BEGIN = "2026-01-02T03:04:05Z"
POINT = "44444444-0000-4000-8000-000000000004"
REPLICA = "11111111-0000-4000-8000-000000000001"
CDP = "66666666-0000-4000-8000-000000000006"

GIVEN: dict[str, dict[str, Any]] = {
    "replica": {
        **SERVER,
        "id": REPLICA,
        "job_id": "22222222-0000-4000-8000-000000000002",
        "job_name": "Shop Replication",
        "creation_time": "2026-01-02T03:04:05.5Z",
        "end_time": "2026-01-02T03:24:05Z",
        "result": "Warning",
        "failure_message": "Verification is off",
        "is_retry": True,
    },
    "replica_task": {
        "id": "33333333-0000-4000-8000-000000000003",
        "session_id": REPLICA,
        "vm_name": "till01",
        "creation_time": "2026-01-02T03:04:20.06Z",
        "end_time": "2026-01-02T03:14:20.123Z",
        "total_size": 8589934592,
        "replica_points": [(POINT, "till01@2026-01-02 03:05:00")],
    },
    "restore": {
        **SERVER,
        "id": "55555555-0000-4000-8000-000000000005",
        "vm_name": "till01",
        "creation_time": BEGIN,
        "end_time": "2026-01-02T03:14:05.7Z",
        "progress": 0,
        "restore_points": [(POINT, "till01@2026-01-01 01:00:00")],
    },
    "cdp_replica": {
        **SERVER,
        "id": CDP,
        "policy_id": "77777777-0000-4000-8000-000000000007",
        "policy_name": "Ledger Policy",
        "creation_time": "2026-01-02T03:04:05.123Z",
        "state": "Working",
    },
    "cdp_replica_task": {
        "id": "88888888-0000-4000-8000-000000000008",
        "session_id": CDP,
        "vm_name": "till01",
        "creation_time": "2026-01-02T03:04:20.457Z",
        "state": "InProgress",
        "total_size": 17179869184,
    },
    "cloud_failover": {
        **SERVER,
        "id": "99999999-0000-4000-8000-000000000009",
        "name": "Tenant Nine Plan",
        "creation_time": "2026-01-02T03:04:05.077Z",
        "state": "Working",
        "progress": 0,
        "failover_tasks": [
            {
                "vm_name": "till01",
                "point_id": POINT,
                "point_name": "till01@2026-01-01 01:00:00",
                "creation_time": "2026-01-02T03:04:10.13Z",
                "end_time": "2026-01-02T03:04:40Z",
                "state": "Stopped",
                "result": "Failed",
                "progress": 80,
                "failure_message": "No power",
            },
            {
                "vm_name": "till02",
                "point_id": "44444444-0000-4000-8000-00000000000f",
                "point_name": "till02@2026-01-01 02:00:00",
                "creation_time": "2026-01-02T03:04:10.14Z",
                "state": "Starting",
            },
        ],
    },
    "system": {
        "id": "aaaaaaaa-0000-4000-8000-00000000000a",
        "creation_time": "2026-01-02T03:04:05.069837Z",
        "end_time": "2026-01-02T03:04:20.5Z",
        "events": [
            ("2026-01-02T03:04:05.069837Z", "Collecting begins"),
            ("2026-01-02T03:04:20Z", 'Collecting "ends"; all is well'),
        ],
    },
}

Tree = tuple[str, list[tuple[str, str]], str, list[Any]]


def tree(element: ElementTree.Element) -> Tree:
    """An element as a value, free of indentation; the order of attributes means nothing in XML."""
    return (element.tag, sorted(element.items()), (element.text or "").strip(), [tree(child) for child in element])


def body(name: str) -> ElementTree.Element:
    return without_namespace(ElementTree.parse(BODIES / f"{name}.xml").getroot())


@pytest.fixture(params=["client", "new_client"])
def filled(request: pytest.FixtureRequest) -> Client:
    """A server of either version with one session of every family that has a body."""
    client: Client = request.getfixturevalue(request.param)
    for kind, values in GIVEN.items():
        client.mock.add_session(kind, **values)
    return client


@pytest.mark.parametrize("kind", GIVEN)
def test_an_entity(filled: Client, kind: str) -> None:
    found = filled.get(f"/{KINDS[kind].path}/{GIVEN[kind]['id']}?format=Entity").xml
    assert tree(found) == tree(body(f"{kind}.entity"))


@pytest.mark.parametrize("kind", [kind for kind in GIVEN if kind != "system"])
def test_a_reference(filled: Client, kind: str) -> None:
    found = filled.get(f"/{KINDS[kind].path}/{GIVEN[kind]['id']}").xml
    assert tree(found) == tree(body(f"{kind}.reference"))


@pytest.mark.parametrize("parameters", ["", "?format=Entity"])
def test_a_system_session_has_no_reference(filled: Client, parameters: str) -> None:
    found = filled.get(f"/systemSessions/{GIVEN['system']['id']}{parameters}").xml
    assert tree(found) == tree(body("system.entity"))


def test_events(filled: Client) -> None:
    found = filled.get(f"/systemSessions/{GIVEN['system']['id']}/events").xml
    assert tree(found) == tree(body("system.events"))


@pytest.mark.parametrize("kind", [kind for kind in GIVEN if kind != "system"])
def test_queries_hold_the_same_elements_as_single_ones(filled: Client, kind: str) -> None:
    known = KINDS[kind]
    found = filled.get(f"/query?type={known.type}&format=Entities").xml
    assert [child.tag for child in found] == ["Entities", "PagingInfo"]
    assert [child.tag for child in found[0]] == [known.root]
    items = list(found[0][0])
    expected = body(f"{kind}.entity")
    expected.tag = "CdpPolicySession" if kind == "cdp_replica" else known.type
    assert [tree(item) for item in items] == [tree(expected)]


def test_a_cloud_failover_session_without_tasks_and_with_its_plan(filled: Client) -> None:
    identity = filled.mock.add_session("cloud_failover", name="Plan", plan_name="The Plan")
    root = filled.get(f"/cloud/failoverSessions/{identity}?format=Entity").xml
    assert root.get("CloudFailoverPlanName") == "The Plan"
    tasks = root.find("CloudFailoverTasks")
    assert tasks is not None
    assert len(tasks) == 0


def test_elements_that_come_and_go(filled: Client) -> None:
    session = filled.mock.add_session("cdp_replica")
    task = filled.mock.add_session("cdp_replica_task", session_id=session, result="Failed", reason="It broke ")
    assert filled.get(f"/cdpReplicaTaskSessions/{task}?format=Entity").xml.findtext("Reason") == "It broke "
    restore = filled.mock.add_session("restore", progress=None, restored_object="urn:VMware:Vm:x.vm-1", job_type="RestoreVm")
    root = filled.get(f"/restoreSessions/{restore}?format=Entity").xml
    assert root.find("Progress") is None
    assert root[-1].tag == "RestoredObjRef"
    assert (root.get("Name") or "").startswith("app01@")


def test_an_element_of_a_later_version_comes_last(filled: Client) -> None:
    for kind in ("replica", "restore", "cdp_replica", "cloud_failover", "system", "backup"):
        identity = filled.mock.add_session(kind, extra={"Bottleneck": "Source", "IsTest": True})
        root = filled.get(f"/{KINDS[kind].path}/{identity}?format=Entity").xml
        assert [(element.tag, element.text) for element in root][-2:] == [("Bottleneck", "Source"), ("IsTest", "true")]
