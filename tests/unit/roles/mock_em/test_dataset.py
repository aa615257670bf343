# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections import Counter

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS, is_running
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.schema import Record

from .conftest import Client, Start

KINDS_WITH_PATHS = {
    "replica": "replicaSessions",
    "replica_task": "replicaTaskSessions",
    "restore": "restoreSessions",
    "cdp_replica": "cdpReplicaSessions",
    "cdp_replica_task": "cdpReplicaTaskSessions",
    "cloud_failover": "cloud/failoverSessions",
    "system": "systemSessions",
}
EACH = pytest.mark.parametrize("kind", KINDS_WITH_PATHS)
JOB_STATES = {"Starting", "Stopping", "Working", "Pausing", "Resuming", "Stopped", "Idle"}
SHORT_STATES = {"Starting", "Stopping", "Working", "Stopped"}
TASK_STATES = {"InProgress", "Pending", "Completed"}
STATES = {
    "replica": JOB_STATES | {"Seeding"},
    "replica_task": TASK_STATES,
    "restore": SHORT_STATES | {"WaitingForUserAction"},
    "cdp_replica": JOB_STATES | {"Resyncing"},
    "cdp_replica_task": TASK_STATES,
    "cloud_failover": SHORT_STATES | {"Finalizing"},
    "system": {"InProgress", "CompletedSuccessfully", "CompletedWarning", "Failed", "Queued"},
}
RESULTS = {"None", "Success", "Warning", "Failed"}


@pytest.fixture
def small(start: Start) -> Client:
    client = start(dataset="small")
    client.log_on()
    return client


def test_every_state_result_and_job_type_occurs(small: Client) -> None:
    items = list(small.get("/query?type=BackupJobSession&format=Entities").xml.iter("BackupJobSession"))
    assert 28 <= len(items) <= 36
    states = {item.findtext("State") for item in items}
    assert states == {"Starting", "Stopping", "Working", "Pausing", "Resuming", "Stopped", "Idle", "Postprocessing"}
    assert {item.findtext("Result") for item in items} == {"None", "Success", "Warning", "Failed"}
    types = Counter(item.findtext("JobType") for item in items)
    assert {"AgentBackup", "AgentManagement", "NasBackup", "ImmediateBackupCopyWorker", "KubernetesBackup"} <= set(types)
    digits = {len((item.findtext("CreationTimeUTC") or "").rstrip("Z").partition(".")[2]) for item in items}
    assert digits >= {0, 1, 2, 3, 4, 5, 6}
    points = {sum(link.get("Rel") == "Related" for link in item.iter("Link")) for item in items}
    assert points == {0, 1, 3}
    assert len({item.get("UID") for item in items}) == len(items)


def test_state_and_end_go_together(small: Client) -> None:
    for item in small.get("/query?type=BackupJobSession&format=Entities").xml.iter("BackupJobSession"):
        stopped = item.findtext("State") == "Stopped"
        assert (item.find("EndTimeUTC") is not None, item.findtext("Result") != "None") == (stopped, stopped)


def test_one_is_too_old_for_the_collection(small: Client) -> None:
    listed = {item.get("UID") for item in small.get("/backupSessions").xml}
    everything = {item.get("UID") for item in small.get("/query?type=BackupJobSession").xml.iter("Ref")}
    assert len(everything - listed) == 1


def test_a_running_task_can_say_success(small: Client) -> None:
    tasks = list(small.get("/backupTaskSessions?format=Entity").xml)
    assert ("InProgress", "Success") in {(task.findtext("State"), task.findtext("Result")) for task in tasks}
    assert ("Pending", "None") in {(task.findtext("State"), task.findtext("Result")) for task in tasks}


def test_ids_are_the_same_in_every_run(start: Start) -> None:
    found = []
    for dummy in range(2):
        client = start(dataset="small")
        client.log_on()
        found.append({item.get("UID") for item in client.get("/query?type=BackupTaskSession").xml.iter("Ref")})
    assert found[0] == found[1]


def test_children_belong_to_their_containers(small: Client) -> None:
    root = small.get('/query?type=BackupJobSession&format=Entities&filter=JobType==AgentBackup;JobName=="Linux%20Agents"').xml
    container = (next(root.iter("BackupJobSession")).get("UID") or "").rpartition(":")[2]
    children = small.get(f"/backupSessions/{container}/agentManagementSessions?format=Entity").xml
    assert sorted(child.findtext("JobName") or "" for child in children) == ["Linux Agents - db01", "Linux Agents - web01"]


def records(client: Client, kind: str) -> list[Record]:
    return client.mock.em.store.all(KINDS[kind])


def test_totals_of_backup_sessions_stay(small: Client) -> None:
    """Tests of users count them."""
    assert [len(records(small, kind)) for kind in ("backup", "backup_task")] == [33, 15]


@EACH
def test_every_state_and_result_of_every_family(small: Client, kind: str) -> None:
    found = records(small, kind)
    assert 9 <= len(found) <= 13
    assert {record["state"] for record in found} == STATES[kind]
    words = {"CompletedSuccessfully", "CompletedWarning"} if kind == "system" else set()
    assert {record["result"] for record in found} == RESULTS | words
    if kind != "system":
        assert len({record["server_id"] for record in found}) == 2


@EACH
def test_running_ones_have_no_end(small: Client, kind: str) -> None:
    for record in records(small, kind):
        assert is_running(record) == (record["end_time"] is None)
        assert is_running(record) or record["result"] != "None"


@EACH
def test_one_of_every_family_is_too_old_for_the_collection(small: Client, kind: str) -> None:
    listed = {(item.get("UID") or "").rpartition(":")[2] for item in small.get(f"/{KINDS_WITH_PATHS[kind]}").xml}
    hidden = {record.id for record in records(small, kind)} - listed
    assert len(hidden) == 1
    assert small.get(f"/{KINDS_WITH_PATHS[kind]}/{hidden.pop()}?format=Entity").status == 200


@pytest.mark.parametrize("kind", ["replica", "restore", "cdp_replica", "cloud_failover", "system"])
def test_odd_values_of_every_family(small: Client, kind: str) -> None:
    found = records(small, kind)
    times = [record["creation_time"].microsecond for record in found]
    assert {len(f"{micro:06d}".rstrip("0")) for micro in times} == {0, 1, 2, 3, 4, 5, 6}
    text = "".join(f"{record['name']} {record['message']}" for record in found)
    assert all(character in text for character in '";,\\@')
    assert not text.isascii()
    assert [record["extra"] for record in found if record["extra"]]


def test_what_only_some_families_have(small: Client) -> None:
    restores = records(small, "restore")
    assert min(record["end_time"] for record in restores if record["end_time"]).year == 1753
    assert {record["progress"] for record in restores} >= {0, None}
    assert any(record["restored_object"] for record in restores)
    failovers = records(small, "cloud_failover")
    assert len({record["name"] for record in failovers}) < len(failovers) - 2
    assert {len(record["failover_tasks"]) for record in failovers} == {0, 2, 3}
    assert {bool(record["plan_name"]) for record in failovers} == {True, False}
    assert ("InProgress", "Success") in {(task["state"], task["result"]) for task in records(small, "cdp_replica_task")}
    assert {record["is_canceled"] for record in records(small, "system")} == {True, False}
