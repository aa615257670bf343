# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every option of every family selects the sessions that have the value, and no others."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import kind_of
from ansible_collections.backupops.veeam_em.tests.unit.support import sessions_of


@pytest.mark.parametrize(
    ("kind", "option", "key"),
    [
        ("backup", "job_name", "job_name"),
        ("agent_backup", "job_name", "job_name"),
        ("nas_backup", "job_id", "job_id"),
        ("replica", "job_name", "job_name"),
        ("replica", "job_id", "job_uid"),
        ("replica", "job_type", "job_type"),
        ("restore", "vm_name", "vm_name"),
        ("restore", "job_type", "job_type"),
        ("backup_task", "session_id", "session_id"),
        ("backup_task", "vm_name", "vm_name"),
        ("replica_task", "session_id", "session_id"),
        ("cdp_replica", "policy_name", "policy_name"),
        ("cdp_replica", "policy_id", "policy_uid"),
        ("cdp_replica", "is_retry", "is_retry"),
        ("cdp_replica_task", "session_id", "session_id"),
        ("cdp_replica_task", "result", "result"),
        ("cloud_failover", "job_type", "job_type"),
        ("system", "session_type", "session_type"),
        ("replica", "backup_server", "backup_server"),
        ("cloud_failover", "backup_server", "backup_server"),
    ],
)
def test_every_option_selects_by_its_field(small_em: MockEm, kind: str, option: str, key: str) -> None:
    changes: dict[str, t.Any] = {"created_after": "900d"} if FAMILIES[kind].has_query else {}
    everything = sessions_of(small_em, kind, **changes)
    values = [session[key]["name"] if option == "backup_server" else session[key] for session in everything]
    for value in {value for value in values if value is not None}:
        expected = {session["id"] for session, own in zip(everything, values) if own == value}
        found = sessions_of(small_em, kind, **changes, **{option: value if isinstance(value, bool) else [value]})
        assert {session["id"] for session in found} == expected, value


@pytest.mark.parametrize("kind", ["backup_task", "replica_task"])
def test_tasks_of_a_job_although_no_task_names_it(small_em: MockEm, kind: str) -> None:
    parents = kind_of(FAMILIES[kind]).parent
    for session in sessions_of(small_em, parents, include=["tasks"]):
        wanted = {task["id"] for task in session["tasks"]}
        found = sessions_of(small_em, kind, job_id=[session["job_id"]], session_id=[session["id"]], job_name=[session["job_name"]])
        assert {task["id"] for task in found} == wanted
