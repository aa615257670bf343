# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.generate.backup import BackupMaker
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.generate.families import SHARES, FamilyMaker
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import BACKUP, BACKUP_TASK, KINDS, is_running
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.schema import Record
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.times import parse_given_time

from .conftest import Start

NOW = parse_given_time("2026-01-02T03:04:05Z")


def made(count: int, seed: int = 1) -> list[Record]:
    return list(BackupMaker(seed, NOW).records(count))


def words(records: list[Record], key: str) -> set[Any]:
    return {record[key] for record in records}


def test_the_same_seed_gives_the_same_sessions() -> None:
    assert [record.values for record in made(300)] == [record.values for record in made(300)]
    assert made(300)[0].id != made(300, seed=2)[0].id


def test_any_number() -> None:
    assert [len(made(count)) for count in (0, 1, 7, 1000)] == [0, 1, 7, 1000]
    assert len(words(made(1000), "id")) == 1000


def test_everything_occurs() -> None:
    records = made(3000)
    types = {"Backup", "BackupCopy", "ImmediateBackupCopy", "ImmediateBackupCopyWorker", "AgentBackup", "AgentManagement"}
    assert words(records, "job_type") == types | {"NasBackup"}
    assert words(records, "state") == {"Working", "Stopped"}
    assert words(records, "result") == {"None", "Success", "Warning", "Failed"}
    assert words(records, "is_retry") == {True, False}
    assert len(words(records, "server_id")) == 3
    assert any("\\" in name for name in words(records, "job_name"))


def test_sessions_fit_together() -> None:
    records = made(3000)
    ids = words(records, "id")
    for record in records:
        running = record["state"] == "Working"
        assert (record["end_time"] is None) == running == (record["result"] == "None")
        assert (record["parent_id"] is not None) == (record["job_type"] == "AgentManagement")
        assert record["parent_id"] is None or record["parent_id"] in ids
        assert record["end_time"] is None or record["creation_time"] < record["end_time"]
        assert (record["failure_message"] is not None) == (record["result"] == "Failed")


def test_they_are_spread_over_thirty_days_and_a_few_are_older() -> None:
    ages = [NOW - record["creation_time"] for record in made(3000)]
    older = sum(age > timedelta(days=30) for age in ages)
    assert 0 < older < 100
    assert len({age.days for age in ages if age <= timedelta(days=30)}) >= 30
    assert min(ages) >= timedelta(0)


def test_task_sessions_are_made_on_demand(start: Start) -> None:
    client = start(dataset="generated", sessions=200)
    client.log_on()
    root = client.get("/query?type=BackupJobSession&filter=JobType==Backup&format=Entities&pageSize=1").xml
    identity = (next(root.iter("BackupJobSession")).get("UID") or "").rpartition(":")[2]
    tasks = client.get(f"/backupSessions/{identity}/taskSessions").xml
    assert 1 <= len(tasks) <= 3
    task = (tasks[0].get("UID") or "").rpartition(":")[2]
    assert client.get(f"/backupTaskSessions/{task}").status == 200
    assert client.get(f"/backupSessions/{identity}/taskSessions").xml[0].get("UID") in {item.get("UID") for item in tasks}
    assert len(client.mock.em.store.all(BACKUP_TASK)) > 200


def test_running_ones_end_by_themselves(start: Start) -> None:
    client = start(dataset="generated", sessions=3000)
    client.log_on()
    path = "/query?type=BackupJobSession&filter=State!=Stopped"
    assert list(client.get(path).xml.iter("Ref"))
    client.mock.clock.advance(9 * 3600)
    client.log_on()
    assert not list(client.get(path).xml.iter("Ref"))


EACH_FAMILY = pytest.mark.parametrize("name", SHARES)


def family(name: str, count: int = 2000, seed: int = 1) -> list[Record]:
    return list(FamilyMaker(name, seed, NOW).records(count))


@EACH_FAMILY
def test_the_same_seed_gives_the_same_sessions_of_every_family(name: str) -> None:
    assert [record.values for record in family(name, 50)] == [record.values for record in family(name, 50)]
    assert family(name, 1)[0].id != family(name, 1, seed=2)[0].id


@EACH_FAMILY
def test_sessions_of_every_family_fit_together(name: str) -> None:
    records = family(name)
    ages = [NOW - record["creation_time"] for record in records]
    assert 0 < sum(age > timedelta(days=30) for age in ages) < 70
    assert min(ages) >= timedelta(0)
    assert len(words(records, "id")) == len(records)
    assert words(records, "result") >= {"None", "Failed"}
    for record in records:
        assert is_running(record) == (record["end_time"] is None) == (record["result"] == "None")
        assert record["end_time"] is None or record["creation_time"] < record["end_time"] <= NOW
        assert bool(record["failure_message"]) == (record["result"] == "Failed") or name == "system"


def test_what_families_have_of_their_own() -> None:
    assert words(family("restore"), "job_type") == {"FileLevelRestore", "RestoreVm"}
    assert words(family("system"), "state") == {"InProgress", "CompletedSuccessfully", "CompletedWarning", "Failed"}
    assert len(words(family("system"), "session_type")) == 12
    assert {len(record["failover_tasks"]) for record in family("cloud_failover")} == {0, 1, 2, 3}
    assert len(words(family("cloud_failover"), "name")) == 6
    assert all(
        record["end_time"] - record["creation_time"] == timedelta(days=1) for record in family("cdp_replica") if record["end_time"]
    )


def test_a_number_of_sessions_means_backup_sessions_and_brings_the_others_along(start: Start) -> None:
    store = start(dataset="generated", sessions=150).mock.em.store
    assert len(store.all(BACKUP)) == 150
    assert {name: len(store.all(KINDS[name])) for name in SHARES} == {
        "replica": 8,
        "restore": 3,
        "cdp_replica": 3,
        "cloud_failover": 1,
        "system": 5,
    }
    assert len(store.all(KINDS["replica_task"])) >= 8
    assert len(store.all(KINDS["cdp_replica_task"])) >= 3
    none = start(dataset="generated", sessions=0).mock.em.store
    assert not any(none.all(kind) for kind in KINDS.values())
