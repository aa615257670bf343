# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What families have in common: backup sessions of three kinds, task sessions of three kinds."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _alike as alike
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Field
from ansible_collections.backupops.veeam_em.plugins.module_utils._fields import JOB_OF_A_TASK, owner
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import field_of

VM_UID = Field("vm_uid", "Id of the machine.", "x", element="VmUid")
BACKUP = alike.backup_family("x_backup", "x session", "Daily X@then", "XBackup", path="x/backupSessions", types=("XBackup",))
OWNER = owner("XUid", "XSession")
TASK = alike.task_family("x_task", "x task", "xTasks", "XTaskSession", OWNER, VM_UID, options=alike.TASK_LIKE)


def test_backup_sessions_are_those_of_the_server_whatever_they_are_called_here() -> None:
    assert (BACKUP.kind, BACKUP.title, BACKUP.uid_kind, BACKUP.root) == (
        "x_backup",
        "x session",
        "BackupJobSession",
        "BackupJobSessions",
    )
    assert (BACKUP.path, BACKUP.types, BACKUP.finished, BACKUP.job) == (
        "x/backupSessions",
        ("XBackup",),
        ("Stopped",),
        ("job_id", "job_name"),
    )


def test_the_fields_of_backup_sessions() -> None:
    names = [field.name for field in BACKUP.fields]
    own = ["job_id", "job_uid", "job_name", "job_type", "progress", "is_retry", "failure_message", "restore_point_ids", "parent_id"]
    assert names[-len(own) :] == own
    assert (field_of(BACKUP, "kind").sample, field_of(BACKUP, "job_type").sample) == ("x_backup", "XBackup")


def test_the_runs_of_jobs_have_what_is_their_own_at_the_end() -> None:
    family = alike.job_family("x", "x session", "XJobSession", "Daily X@then", "X", VM_UID, path="xSessions")
    assert (family.root, family.finished, family.options) == ("XJobSessions", ("Stopped",), alike.JOB_LIKE)
    assert [field.name for field in family.fields][-2:] == ["failure_message", "vm_uid"]


def test_task_sessions_end_in_another_state_and_have_no_job() -> None:
    assert (TASK.finished, TASK.job, TASK.root, TASK.by_id) == (("Completed",), None, "XTaskSessions", "xTasks")
    assert "Completed" in field_of(TASK, "state").description


def test_the_fields_of_task_sessions_and_after_them_their_own() -> None:
    names = [field.name for field in TASK.fields]
    assert names[-5:] == ["session_id", "vm_name", "reason", "total_size", "vm_uid"]
    assert field_of(TASK, "session_id").element == "XUid"


@pytest.mark.parametrize(("name", "expected"), [("end_time", "Ended"), ("result", None), ("creation_time", "CreationTime")])
def test_a_family_of_tasks_can_have_other_names_in_filters(name: str, expected: str | None) -> None:
    filters: dict[str, dict[str, t.Any]] = {"end_time": {"filter": "Ended"}, "result": {"filter": None}}
    family = alike.task_family("x", "x", "x", "X", OWNER, filters=filters, options=())
    assert field_of(family, name).filter == expected


def test_further_settings_are_those_of_the_table() -> None:
    family = alike.task_family("x", "x", "x", "X", OWNER, selectors=JOB_OF_A_TASK, options=(*alike.TASK_LIKE, "job"))
    assert family.selectors == JOB_OF_A_TASK
    assert family.options == ("sessions", "query", "server", "machine", "parent_session", "job")
