# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Related facts: added to each session, fetched with few requests."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import AGENT_BACKUP, BACKUP, FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._reading import SessionReader
from ansible_collections.backupops.veeam_em.plugins.module_utils._values import epoch_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import add_one, kind_of
from ansible_collections.backupops.veeam_em.tests.unit.plugins.module_utils.reading import related_to
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, queries_to, sent

WITH_TASKS = [family for family in FAMILIES.values() if any(include.name == "tasks" for include in family.includes)]
EACH_WITH_TASKS = pytest.mark.parametrize("family", WITH_TASKS, ids=[family.kind for family in WITH_TASKS])
MEDIA = pytest.mark.parametrize("media_type", ["xml", "json"])
HOUR = 3600


def tasks_of(family: Family) -> Family:
    """Return the family of the task sessions that belong to sessions of a family."""
    return FAMILIES[f"{kind_of(family).name}_task"]


# -- tasks -------------------------------------------------------------------------------------------------------------


def test_the_families_that_have_tasks() -> None:
    assert {family.kind for family in WITH_TASKS} == {"backup", "agent_backup", "nas_backup", "replica", "cdp_replica"}


@EACH_WITH_TASKS
@MEDIA
def test_tasks_of_many_sessions_come_with_one_query(em: MockEm, family: Family, media_type: str) -> None:
    guids = [add_one(em, family, tasks=number) for number in (2, 0, 1)]
    add_one(em, family, tasks=1)  # not asked for
    sessions = related_to(em, family, "tasks", guids, media_type=media_type)
    assert [len(session["tasks"]) for session in sessions] == [2, 0, 1]
    for session in sessions:
        assert {task["session_id"] for task in session["tasks"]} <= {session["id"]}
        assert {task["kind"] for task in session["tasks"]} <= {tasks_of(family).kind}
    (query,) = queries_to(em)
    assert query["type"] == tasks_of(family).uid_kind
    assert all(guid in query["filter"] for guid in guids)


@EACH_WITH_TASKS
def test_tasks_are_the_same_as_those_read_by_themselves(em: MockEm, family: Family) -> None:
    guid = add_one(em, family, tasks=2, creation_time=-90 * 24 * HOUR)
    (session,) = related_to(em, family, "tasks", [guid])
    with client_of(em) as client:
        tasks = SessionReader(client, tasks_of(family))
        assert session["tasks"] == list(tasks.by_ids([task["id"] for task in session["tasks"]]))


def test_tasks_come_newest_first(em: MockEm) -> None:
    guid = em.add_session(creation_time=-HOUR)
    for minutes in (3, 1, 2):
        em.add_session("backup_task", session_id=guid, creation_time=-60 * minutes, vm_name=f"vm{minutes}")
    (session,) = related_to(em, BACKUP, "tasks", [guid])
    assert [task["vm_name"] for task in session["tasks"]] == ["vm1", "vm2", "vm3"]


@pytest.mark.parametrize(("number", "queries"), [(100, 1), (101, 2)])
def test_a_query_asks_for_a_hundred_sessions(em: MockEm, number: int, queries: int) -> None:
    guids = [em.add_session(tasks=1) for dummy in range(number)]
    sessions = related_to(em, BACKUP, "tasks", guids)
    assert {len(session["tasks"]) for session in sessions} == {1}
    assert len(queries_to(em)) == queries


def test_the_pages_have_the_size_that_was_asked_for(em: MockEm) -> None:
    guid = em.add_session(tasks=5)
    (session,) = related_to(em, BACKUP, "tasks", [guid], page_size=2)
    assert len(session["tasks"]) == 5
    assert [query["pageSize"] for query in queries_to(em)] == ["2"] * 3


@pytest.mark.parametrize(("kind", "name"), [("backup", "tasks"), ("agent_backup", "agents"), ("system", "events")])
def test_no_sessions_need_no_request(em: MockEm, kind: str, name: str) -> None:
    assert related_to(em, FAMILIES[kind], name, []) == []
    assert sent(em, "GET") == []


# -- agents ------------------------------------------------------------------------------------------------------------


def add_container(em: MockEm, age: float, machines: t.Sequence[str] = (), hours: float | None = 1) -> str:
    """Add the session of an agent job, which began so many hours ago, and those of its machines; without hours it runs."""
    values: dict[str, t.Any] = {"creation_time": -age * HOUR}
    values.update({"state": "Working"} if hours is None else {"end_time": (hours - age) * HOUR})
    guid = em.add_session(job_type="AgentBackup", **values)
    for number, machine in enumerate(machines):
        values["creation_time"] = -age * HOUR + number
        em.add_session(job_type="AgentManagement", job_name=machine, parent_id=guid, **values)
    return guid


@MEDIA
def test_the_sessions_of_machines_come_with_one_query_for_all(em: MockEm, media_type: str) -> None:
    guids = [add_container(em, 30, ["a", "b"]), add_container(em, 20), add_container(em, 10, ["c"])]
    sessions = related_to(em, AGENT_BACKUP, "agents", guids, media_type=media_type)
    assert [[agent["job_name"] for agent in session["agents"]] for session in sessions] == [["b", "a"], [], ["c"]]
    assert {agent["kind"] for session in sessions for agent in session["agents"]} == {"agent_backup"}
    assert len(queries_to(em)) == 1


def test_they_are_looked_for_while_the_containers_ran(em: MockEm) -> None:
    """The server cannot select by container; what began a moment before or after counts, clocks and fractions differ."""
    guids = [add_container(em, 30, ["a"]), add_container(em, 10, ["b"])]
    add_container(em, 400, ["x"])
    sessions = related_to(em, AGENT_BACKUP, "agents", guids)
    terms = queries_to(em)[0]["filter"].split(";")
    assert terms[0] == '(JobType=="AgentBackup",JobType=="AgentManagement")'
    begin, end = (epoch_of(term.split('"')[1]) or 0 for term in terms[1:])
    assert [term.split('"')[0] for term in terms[1:]] == ["CreationTime>=", "CreationTime<"]
    assert begin == pytest.approx((epoch_of(sessions[0]["creation_time"]) or 0) - 60, abs=1)
    assert end == pytest.approx((epoch_of(sessions[1]["end_time"]) or 0) + 60, abs=1)


def test_a_machine_may_begin_a_moment_before_its_container_or_as_it_ends(em: MockEm) -> None:
    guid = em.add_session(job_type="AgentBackup", creation_time=-HOUR, end_time=-HOUR / 2)
    for name, begun in (("before", -HOUR - 30), ("after", -HOUR / 2 + 30)):
        em.add_session(job_type="AgentManagement", job_name=name, parent_id=guid, creation_time=begun)
    (session,) = related_to(em, AGENT_BACKUP, "agents", [guid])
    assert {agent["job_name"] for agent in session["agents"]} == {"before", "after"}


def test_while_a_container_runs_its_machines_may_begin_until_now(em: MockEm) -> None:
    guids = [add_container(em, 5, ["a"], hours=None), add_container(em, 9, ["b"])]
    em.add_session(job_type="AgentManagement", job_name="new", parent_id=guids[0], creation_time=-1, state="Working")
    sessions = related_to(em, AGENT_BACKUP, "agents", guids)
    assert [{agent["job_name"] for agent in session["agents"]} for session in sessions] == [{"a", "new"}, {"b"}]
    assert "CreationTime<" not in queries_to(em)[0]["filter"]


def test_machines_of_other_containers_of_that_time_are_left_out(em: MockEm) -> None:
    guid = add_container(em, 5, ["mine"])
    add_container(em, 5, ["other"])
    (session,) = related_to(em, AGENT_BACKUP, "agents", [guid])
    assert [agent["job_name"] for agent in session["agents"]] == ["mine"]


def test_a_machine_has_no_machines_and_is_not_asked_for_them(em: MockEm) -> None:
    container = add_container(em, 5, ["a"])
    guid = em.add_session(job_type="AgentManagement", parent_id=container, creation_time=-5 * HOUR)
    (session,) = related_to(em, AGENT_BACKUP, "agents", [guid])
    assert session["agents"] == []
    assert queries_to(em) == []


def test_the_time_of_machines_widens_no_search(em: MockEm) -> None:
    """Days before their container, as it were: only containers say when their machines ran."""
    container = add_container(em, 5, ["a"])
    machine = em.add_session(job_type="AgentManagement", parent_id=container, creation_time=-90 * HOUR)
    sessions = related_to(em, AGENT_BACKUP, "agents", [machine, container])
    assert [[agent["job_name"] for agent in session["agents"]] for session in sessions] == [[], ["a"]]
    begin = queries_to(em)[0]["filter"].split('CreationTime>="')[1].partition('"')[0]
    assert begin > sessions[0]["creation_time"]
