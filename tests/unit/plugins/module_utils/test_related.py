# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be asked for along with sessions."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Include
from ansible_collections.backupops.veeam_em.plugins.module_utils._related import AGENTS, EVENTS, LINKS, tasks

EACH = pytest.mark.parametrize("include", [LINKS, AGENTS, EVENTS, tasks("backup_task")], ids=lambda include: str(include.name))


@EACH
def test_the_choice_names_the_include_and_its_sample_is_a_list(include: Include) -> None:
    assert include.choice.startswith(f"V({include.name}) adds ")
    assert include.description.endswith(".")
    assert isinstance(include.sample, list)


@EACH
def test_what_is_no_session_says_its_keys(include: Include) -> None:
    """The sample has some of them, and no other."""
    fields = FAMILIES[include.kind].fields if include.kind else include.contains
    assert bool(include.contains) is (include.kind is None)
    assert set(include.sample[0]) <= {field.name for field in fields}


def test_tasks_are_told_by_the_session_that_they_name() -> None:
    include = tasks("replica_task")
    assert (include.name, include.kind, include.by) == ("tasks", "replica_task", "session_id")
    assert "replica_task" in include.description
    assert include.sample[0]["kind"] == "replica_task"


def test_the_sessions_of_machines_name_their_container() -> None:
    assert (AGENTS.name, AGENTS.kind, AGENTS.by) == ("agents", "agent_backup", "parent_id")


def test_events_lie_below_their_session_and_are_told_by_their_order() -> None:
    assert (EVENTS.kind, EVENTS.path, EVENTS.root, EVENTS.item) == (None, "events", "SystemSessionEvents", "Events")
    assert [(field.name, field.element, field.type) for field in EVENTS.contains] == [
        ("order", "Order", "int"),
        ("time", "CreationTimeUTC", "time"),
        ("message", "Message", "str"),
    ]


def test_links_come_as_they_are() -> None:
    assert [field.name for field in LINKS.contains] == ["rel", "type", "name", "href"]
    assert (LINKS.kind, LINKS.path) == (None, "")
