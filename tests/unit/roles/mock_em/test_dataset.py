# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections import Counter

import pytest

from .conftest import Client, Start


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
