# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import timedelta

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.defaults import complete, given_time
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import BACKUP, BACKUP_TASK
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
