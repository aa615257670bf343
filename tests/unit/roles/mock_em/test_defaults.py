# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import timedelta

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.defaults import COMPLETERS, complete, given_time
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import BACKUP, BACKUP_TASK, KINDS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.schema import Record
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.times import parse_given_time

NOW = parse_given_time("2026-01-02T03:04:05Z")


def test_a_session_without_a_state_is_over() -> None:
    values = complete(BACKUP, {}, NOW)
    assert (values["state"], values["result"], values["progress"]) == ("Stopped", "Success", 100)
    assert values["creation_time"] < values["end_time"] <= NOW


def test_a_session_with_another_state_runs() -> None:
    values = complete(BACKUP, {"state": "Idle"}, NOW)
    assert (values["result"], values["end_time"]) == ("None", None)
    assert values["progress"] < 100


def test_the_same_job_and_server_keep_their_ids() -> None:
    one, two, other = (complete(BACKUP, {"job_name": name}, NOW) for name in ("A", "A", "B"))
    assert one["job_id"] == two["job_id"] != other["job_id"]
    assert one["server_id"] == other["server_id"]
    assert one["id"] != two["id"]


def test_the_name_follows_job_and_time() -> None:
    values = complete(BACKUP, {"job_name": "A", "creation_time": "2026-01-01T00:00:00.123456Z"}, NOW)
    assert values["name"] == "A@2026-01-01 00:00:00.123456"


def test_times_may_be_relative() -> None:
    assert given_time(-90, NOW) == NOW - timedelta(seconds=90)
    assert given_time(None, NOW) is None
    assert given_time("2026-01-02T03:04:05Z", NOW) == NOW


def test_restore_points_by_number() -> None:
    assert len(complete(BACKUP, {"restore_points": 3}, NOW)["restore_points"]) == 3


def test_unknown_values_are_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        complete(BACKUP, {"colour": "red"}, NOW)


def test_a_task_session_takes_after_its_session() -> None:
    parent = Record(BACKUP, complete(BACKUP, {"job_name": "A"}, NOW))
    values = complete(BACKUP_TASK, {"vm_name": "vm"}, NOW, parent)
    assert (values["session_id"], values["job_name"], values["state"]) == (parent.id, "A", "Completed")
    assert values["restore_points"]
    assert not complete(BACKUP_TASK, {"result": "Failed"}, NOW, parent)["restore_points"]
    with pytest.raises(ValueError, match="session_id"):
        complete(BACKUP_TASK, {}, NOW)


def test_every_kind_has_defaults() -> None:
    assert set(COMPLETERS) == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "given", "name"),
    [
        ("replica", {"job_name": "A"}, "A@2026-01-01 00:00:00"),
        ("restore", {"vm_name": "a"}, "FLR_[a]@2026-01-01 00:00:00"),
        ("restore", {"vm_name": "a", "job_type": "RestoreVm"}, "a@2026-01-01 00:00:00"),
        ("cdp_replica", {"policy_name": "A"}, "A@2026-01-01 00:00:00"),
        ("cloud_failover", {}, "Failover Plan"),
        ("system", {"session_type": "CatalogReplicationJob"}, "Catalog Replication Job @2026-01-01 00:00:00"),
        ("system", {"session_type": "CatalogConsolidation"}, "Catalog Consolidation @2026-01-01 00:00:00"),
    ],
)
def test_how_the_families_name_their_sessions(kind: str, given: dict[str, str], name: str) -> None:
    assert complete(KINDS[kind], {"creation_time": "2026-01-01T00:00:00Z", **given}, NOW)["name"] == name


@pytest.mark.parametrize(
    ("given", "state", "result"),
    [
        ({}, "CompletedSuccessfully", "CompletedSuccessfully"),
        ({"state": "CompletedWarning"}, "CompletedWarning", "CompletedWarning"),
        ({"result": "Warning"}, "CompletedWarning", "Warning"),
        ({"result": "Failed"}, "Failed", "Failed"),
        ({"state": "InProgress"}, "InProgress", "None"),
    ],
)
def test_state_and_result_of_a_system_session(given: dict[str, str], state: str, result: str) -> None:
    values = complete(KINDS["system"], given, NOW)
    assert (values["state"], values["result"], values["end_time"] is None) == (state, result, state == "InProgress")


def test_a_cdp_session_lasts_a_day_and_makes_no_progress() -> None:
    values = complete(KINDS["cdp_replica"], {"creation_time": -2 * 86400}, NOW)
    assert values["end_time"] - values["creation_time"] == timedelta(days=1)
    assert (values["progress"], values["failure_message"]) == (0, "")


def test_a_cdp_task_at_work_says_success() -> None:
    parent = Record(KINDS["cdp_replica"], complete(KINDS["cdp_replica"], {"state": "Working"}, NOW))
    task = complete(KINDS["cdp_replica_task"], {"state": "InProgress"}, NOW, parent)
    assert (task["result"], task["end_time"]) == ("Success", None)
    assert task["total_size"] > 0
    assert complete(KINDS["cdp_replica_task"], {"state": "Pending"}, NOW, parent)["result"] == "None"


def test_cloud_failover_tasks_take_after_their_session() -> None:
    given = {"state": "Working", "failover_tasks": [{"vm_name": "a"}, {"state": "Stopped", "result": "Failed", "end_time": -5}]}
    one, two = complete(KINDS["cloud_failover"], given, NOW)["failover_tasks"]
    assert (one["vm_name"], one["state"], one["result"], one["end_time"]) == ("a", "Working", "None", None)
    assert (two["state"], two["result"], two["end_time"]) == ("Stopped", "Failed", NOW - timedelta(seconds=5))
    assert one["point_id"] != two["point_id"]
    with pytest.raises(ValueError, match="colour"):
        complete(KINDS["cloud_failover"], {"failover_tasks": [{"colour": "red"}]}, NOW)


def test_a_failed_replica_task_has_no_point() -> None:
    parent = Record(KINDS["replica"], complete(KINDS["replica"], {}, NOW))
    assert complete(KINDS["replica_task"], {}, NOW, parent)["replica_points"]
    assert not complete(KINDS["replica_task"], {"result": "Failed"}, NOW, parent)["replica_points"]
    assert "vm_uid" not in complete(KINDS["replica_task"], {}, NOW, parent)
