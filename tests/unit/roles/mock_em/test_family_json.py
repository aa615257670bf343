# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON of the families beyond backup, by the pattern of what is known of the others."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.names import camel

from .conftest import Client

JSON = {"Accept": "application/json"}
HEAD = ["Name", "UID", "Links", "Href", "Type"]
RUN = ["CreationTimeUTC", "EndTimeUTC", "State", "Result", "Progress", "FailureMessage"]
TASK = ["CreationTimeUTC", "EndTimeUTC", "State", "Result", "Reason", "TotalSize", "VmDisplayName"]

MEMBERS = {
    "replica": ["IsRetry", "JobUid", "JobName", "JobType", *RUN, *HEAD],
    "replica_task": ["JobSessionUid", *TASK, *HEAD],
    "restore": ["RestoredObjRef", "VmDisplayName", "JobType", *RUN, *HEAD],
    "cdp_replica": ["IsRetry", "PolicyUid", "PolicyName", "PolicyType", *RUN, *HEAD],
    "cdp_replica_task": ["PolicySessionUid", *TASK, *HEAD],
    "cloud_failover": ["CloudFailoverTasks", "CloudFailoverPlanName", "JobType", *RUN, *HEAD],
    "system": ["SessionType", "CreationTimeUTC", "EndTimeUTC", "State", "Result", *HEAD],
}
LISTS = {
    "replica": "ReplicaJobSessions",
    "replica_task": "ReplicaTaskSessions",
    "restore": "RestoreSessions",
    "cdp_replica": "CdpPolicySessions",
    "cdp_replica_task": "CdpReplicaTaskSessions",
    "cloud_failover": "CloudFailoverSessions",
    "system": "Sessions",
}
EACH = pytest.mark.parametrize("kind", MEMBERS)
QUERYABLE = pytest.mark.parametrize("kind", [kind for kind in MEMBERS if kind != "system"])


def add(client: Client, kind: str, **values: Any) -> str:
    parent = KINDS[kind].parent
    return client.mock.add_session(kind, **values, **({"session_id": client.mock.add_session(parent)} if parent else {}))


def read(client: Client, kind: str, **values: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/{KINDS[kind].path}/{add(client, kind, **values)}?format=Entity", **JSON).json
    return found


@EACH
def test_members_in_order(client: Client, new_client: Client, kind: str) -> None:
    assert list(read(client, kind)) == MEMBERS[kind]
    assert list(read(new_client, kind)) == [camel(name) for name in MEMBERS[kind]]


@EACH
def test_the_end_of_a_running_session(client: Client, new_client: Client, kind: str) -> None:
    state = "InProgress" if "task" in kind or kind == "system" else "Working"
    assert list(read(client, kind, state=state)) == [name for name in MEMBERS[kind] if name != "EndTimeUTC"]
    assert read(new_client, kind, state=state)["endTimeUTC"] is None


@EACH
def test_collections_are_named_after_their_items(client: Client, new_client: Client, kind: str) -> None:
    add(client, kind)
    body = client.get(f"/{KINDS[kind].path}?format=Entity", **JSON).json
    assert {name: [list(item) for item in items] for name, items in body.items()} == {LISTS[kind]: [MEMBERS[kind]]}
    add(new_client, kind)
    assert list(new_client.get(f"/{KINDS[kind].path}?format=Entity", **JSON).json) == [camel(LISTS[kind])]


@QUERYABLE
def test_references(client: Client, kind: str) -> None:
    add(client, kind)
    body = client.get(f"/{KINDS[kind].path}", **JSON).json
    assert [list(ref) for ref in body["Refs"]] == [["Links", "UID", "Name", "Href", "Type"]]


@QUERYABLE
def test_queries_name_the_collection_then_the_item(client: Client, new_client: Client, kind: str) -> None:
    root, path = KINDS[kind].root, f"/query?type={KINDS[kind].type}&format=Entities"
    add(client, kind)
    entities = client.get(path, **JSON).json["Entities"]
    assert len(entities) == 49
    assert {name: list(slot) for name, slot in entities.items() if slot is not None} == {root: [LISTS[kind]]}
    assert len(entities[root][LISTS[kind]]) == 1
    add(new_client, kind)
    assert len(new_client.get(path, **JSON).json["entities"][camel(root)][camel(LISTS[kind])]) == 1


def test_what_is_empty_and_what_is_null(client: Client) -> None:
    assert read(client, "replica")["FailureMessage"] is None
    assert read(client, "cdp_replica")["FailureMessage"] == ""
    assert read(client, "cdp_replica_task")["Reason"] is None
    assert read(client, "replica_task")["Reason"] == ""
    assert read(client, "restore", progress=None)["Progress"] is None
    assert read(client, "restore")["RestoredObjRef"] is None
    assert read(client, "cloud_failover")["CloudFailoverPlanName"] is None


def test_the_result_of_a_system_session(client: Client, new_client: Client) -> None:
    values = {"state": "Failed", "message": "No", "is_canceled": True}
    assert read(client, "system", **values)["Result"] == {"Result": "Failed", "Message": "No", "IsCanceled": True}
    assert read(new_client, "system", **values)["result"] == {"result": "Failed", "message": "No", "isCanceled": True}


def test_the_tasks_of_a_cloud_failover_session(client: Client, new_client: Client) -> None:
    assert read(client, "cloud_failover")["CloudFailoverTasks"] == {"CloudFailoverTasks": []}
    given = [{"vm_name": "a", "point_id": "p", "point_name": "a@then"}, {"vm_name": "b", "state": "Working", "end_time": None}]
    tasks = read(client, "cloud_failover", failover_tasks=given)["CloudFailoverTasks"]["CloudFailoverTasks"]
    assert list(tasks[0]) == ["VmName", "VmReplicaPointLink", *RUN]
    assert list(tasks[1]) == [name for name in tasks[0] if name != "EndTimeUTC"]
    assert tasks[0]["VmReplicaPointLink"] == {
        "Rel": "Related",
        "Href": "https://localhost:9398/api/cloud/vmReplicaPoints/p",
        "Name": "a@then",
        "Type": "CloudVmReplicaPointReference",
    }
    tasks = read(new_client, "cloud_failover", failover_tasks=given)["cloudFailoverTasks"]["cloudFailoverTasks"]
    assert [task["vmName"] for task in tasks] == ["a", "b"]
    assert tasks[0]["vmReplicaPointLink"]["rel"] == "Related"
