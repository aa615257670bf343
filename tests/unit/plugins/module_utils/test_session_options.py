# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options by which sessions are selected."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP, FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import (
    GROUPS,
    MOMENTS,
    include_option,
    options_of,
    selecting_names,
)
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import EACH

ALL = [
    *("id", "name", "state", "result", "running", "created_after", "created_before", "ended_after", "ended_before"),
    *("match", "sort_by", "sort_order", "limit", "fields", "summary_only"),
]
WITH_QUERY = [*ALL, "filter", "page_size", "backup_server"]
OF_JOBS = ["job_name", "job_id", "job_type", "is_retry"]
OF_TASKS = ["vm_name", "session_id"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("backup", [*WITH_QUERY, *OF_JOBS]),
        ("agent_backup", [*WITH_QUERY, *OF_JOBS]),
        ("nas_backup", [*WITH_QUERY, *OF_JOBS]),
        ("replica", [*WITH_QUERY, *OF_JOBS]),
        ("restore", [*WITH_QUERY, "job_type", "vm_name"]),
        ("system", [*ALL, "session_type"]),
        ("backup_task", [*WITH_QUERY, *OF_TASKS, "job_name", "job_id"]),
        ("replica_task", [*WITH_QUERY, *OF_TASKS, "job_name", "job_id"]),
        ("cdp_replica", [*WITH_QUERY, "policy_name", "policy_id", "is_retry"]),
        ("cdp_replica_task", [*WITH_QUERY, *OF_TASKS]),
        ("cloud_failover", [*WITH_QUERY, "job_type"]),
    ],
)
def test_a_family_offers_the_options_of_its_groups(kind: str, expected: list[str]) -> None:
    assert [option.name for option in options_of(FAMILIES[kind])] == [*expected, "include"]


@EACH
def test_no_name_comes_twice(family: Family) -> None:
    names = [option.name for option in (*CONNECTION, *options_of(family))]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("kinds", "choices"),
    [
        (("backup", "nas_backup", "replica", "cdp_replica"), ("tasks", "links")),
        (("agent_backup",), ("tasks", "agents", "links")),
        (("system",), ("events", "links")),
        (("backup_task", "replica_task", "cdp_replica_task", "restore", "cloud_failover"), ("links",)),
    ],
)
def test_what_can_be_included(kinds: tuple[str, ...], choices: tuple[str, ...]) -> None:
    for kind in kinds:
        option = include_option(FAMILIES[kind])
        assert (option.type, option.elements, option.choices) == ("list", "str", choices)
        text = " ".join(option.description)
        assert all(f"V({choice})" in text for choice in choices)
        assert ("few requests" in text) is ("tasks" in choices)


def test_what_selects_and_so_excludes_id() -> None:
    assert set(selecting_names(options_of(BACKUP))) == {
        *("name", "state", "result", "running", "created_after", "created_before", "ended_after", "ended_before"),
        *("match", "filter", "backup_server", "job_name", "job_id", "job_type", "is_retry"),
    }


def test_from_is_inclusive_and_to_is_exclusive() -> None:
    assert MOMENTS == {
        "created_after": ("creation_time", ">="),
        "created_before": ("creation_time", "<"),
        "ended_after": ("end_time", ">="),
        "ended_before": ("end_time", "<"),
    }


def test_defaults() -> None:
    defaults = {option.name: option.default for group in GROUPS.values() for option in group if option.default is not None}
    assert defaults == {"sort_order": "desc", "summary_only": False, "page_size": 500}


def test_types() -> None:
    options = {option.name: option for group in GROUPS.values() for option in group}
    lists = {name for name, option in options.items() if option.type == "list"}
    assert lists == {
        *("id", "name", "state", "result", "fields", "backup_server", "job_name", "job_id", "job_type"),
        *("vm_name", "session_id", "policy_name", "policy_id", "session_type"),
    }
    assert {options[name].elements for name in lists} == {"str"}
    others = {name: option.type for name, option in options.items() if option.type not in ("list", "str")}
    assert others == {
        "running": "bool",
        "is_retry": "bool",
        "summary_only": "bool",
        "match": "dict",
        "limit": "int",
        "page_size": "int",
    }
