# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the result of an info module is sorted, cut, reduced and completed."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _info
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import jobs_of, queries_to, read_info, sent, sessions_of


@pytest.fixture(autouse=True)
def _six(em: MockEm) -> None:
    """Sessions of six jobs, F the newest; durations grow from A to F, but D has B's."""
    for number, name in enumerate("ABCDEF"):
        created = -86400 + 600 * number
        minutes = {"D": 1}.get(name, number)
        em.add_session(job_name=name, creation_time=created, end_time=created + 60 * minutes, progress=number)


# -- order and limit ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, {"running": False}, {"page_size": 2, "running": False}])
@pytest.mark.parametrize(("order", "expected"), [("desc", "F E D C B A"), ("asc", "A B C D E F")])
def test_the_newest_come_first(em: MockEm, changes: dict[str, t.Any], order: str, expected: str) -> None:
    assert jobs_of(em, sort_order=order, **changes) == expected


@pytest.mark.parametrize(
    ("sort_by", "order", "expected"),
    [
        ("job_name", "asc", "A B C D E F"),
        ("job_name", "desc", "F E D C B A"),
        ("end_time", "desc", "F E D C B A"),
        ("progress", "desc", "F E D C B A"),
        ("duration", "asc", "A D B C E F"),
        ("duration", "desc", "F E C D B A"),
    ],
)
@pytest.mark.parametrize("limit", [None, 1, 3, 6, 7])
@pytest.mark.parametrize("page_size", [2, 500])
def test_sorting_by_any_key(em: MockEm, sort_by: str, order: str, expected: str, limit: int | None, page_size: int) -> None:
    outcome = read_info(em, sort_by=sort_by, sort_order=order, limit=limit, page_size=page_size)
    found = [session["job_name"] for session in outcome.result["sessions"]]
    assert found == expected.split()[:limit]
    assert outcome.result["count"] == len(found)
    assert outcome.result["truncated"] is (len(found) < 6)


def test_a_limit_reads_no_more_than_it_takes(em: MockEm) -> None:
    assert jobs_of(em, limit=2) == "F E"
    (query,) = queries_to(em)
    assert (query["pageSize"], query["sortDesc"]) == ("3", "CreationTime")


def test_a_limit_of_several_pages_reads_no_further_pages(em: MockEm) -> None:
    assert jobs_of(em, limit=3, page_size=2) == "F E D"
    assert len(queries_to(em)) == 2


@pytest.mark.parametrize(("limit", "truncated"), [(5, True), (6, False), (7, False)])
def test_truncated_says_whether_the_limit_cut_anything_off(em: MockEm, limit: int, truncated: bool) -> None:
    assert read_info(em, limit=limit).result["truncated"] is truncated


def test_match_goes_before_the_limit_and_the_summary(em: MockEm) -> None:
    outcome = read_info(em, match={"job_name": "[ACE]"}, limit=2)
    assert [session["job_name"] for session in outcome.result["sessions"]] == ["E", "C"]
    assert (outcome.result["truncated"], outcome.result["summary"]["total"]) == (True, 2)


# -- summary and fields ------------------------------------------------------------------------------------------------


def test_the_result_has_its_four_parts(em: MockEm) -> None:
    outcome = read_info(em)
    assert list(outcome.result) == ["sessions", "count", "truncated", "summary"]
    assert (outcome.changed, outcome.diff, list(outcome.warnings)) == (False, None, [])
    summary = outcome.result["summary"]
    assert (summary["total"], summary["running"], summary["by_result"]) == (6, 0, {"Success": 6})
    assert [job["job_name"] for job in summary["by_job"]] == list("ABCDEF")


@pytest.mark.parametrize("changes", [{}, {"running": False}, {"sort_by": "duration"}])
def test_summary_only(em: MockEm, changes: dict[str, t.Any]) -> None:
    outcome = read_info(em, summary_only=True, **changes)
    assert (outcome.result["sessions"], outcome.result["count"], outcome.result["truncated"]) == ([], 0, False)
    assert outcome.result["summary"] == read_info(em, **changes).result["summary"]


def test_only_the_wanted_fields(em: MockEm) -> None:
    outcome = read_info(em, fields=["job_name", "progress"], limit=1)
    assert outcome.result["sessions"] == [{"job_name": "F", "progress": 5}]
    assert list(outcome.warnings) == []


def test_a_field_that_no_session_has_is_a_warning(em: MockEm) -> None:
    outcome = read_info(em, fields=["job_name", "nonsense"])
    assert {tuple(session) for session in outcome.result["sessions"]} == {("job_name",)}
    (warning,) = outcome.warnings
    assert "'nonsense'" in warning


def test_fields_matter_for_nothing_but_the_result(em: MockEm) -> None:
    assert [session["id"] for session in sessions_of(em, fields=["id"], sort_by="duration")] == [
        session["id"] for session in sessions_of(em, sort_by="duration")
    ]


def test_the_result_is_the_same_in_check_mode(em: MockEm) -> None:
    assert read_info(em, check=True).result == read_info(em).result


# -- what can be included ----------------------------------------------------------------------------------------------


def test_tasks_come_with_one_query_for_all_sessions(em: MockEm) -> None:
    for name in "ABC":
        em.add_session(job_name=f"with tasks {name}", tasks=2)
    found = sessions_of(em, include=["tasks"])
    assert [len(session["tasks"]) for session in found if "with tasks" in session["job_name"]] == [2, 2, 2]
    assert [session["tasks"] for session in found if "with tasks" not in session["job_name"]] == [[]] * 6
    for session in found:
        assert {(task["kind"], task["session_id"]) for task in session["tasks"]} <= {("backup_task", session["id"])}
    assert [query["type"] for query in queries_to(em)] == ["BackupTaskSession"]


def test_tasks_of_more_than_a_hundred_sessions(em: MockEm) -> None:
    for dummy in range(101):
        em.add_session(tasks=1)
    found = sessions_of(em, include=["tasks"], page_size=60)
    assert sum(len(session["tasks"]) for session in found) == 101
    assert [query["type"] for query in queries_to(em)].count("BackupTaskSession") == 2 + 1


def test_no_sessions_need_no_query_for_tasks(em: MockEm) -> None:
    read_info(em, include=["tasks"], job_name=["nothing"])
    read_info(em, include=["tasks"], summary_only=True)
    assert [query["type"] for query in queries_to(em)] == ["BackupJobSession"]


def test_tasks_of_sessions_by_id(em: MockEm) -> None:
    guid = em.add_session(tasks=3, creation_time=-90 * 86400)
    (session,) = sessions_of(em, id=[guid], include=["tasks"])
    assert len(session["tasks"]) == 3


def test_links_come_as_em_sent_them(em: MockEm) -> None:
    for session in sessions_of(em, include=["links"]):
        rels = {link["rel"] for link in session["links"]}
        assert {"Up", "Stop"} <= rels
        assert {tuple(link) for link in session["links"]} == {("rel", "type", "name", "href")}
    assert len(sent(em, "GET")) == 1


def test_what_is_included_stays_beside_the_wanted_fields(em: MockEm) -> None:
    (session,) = sessions_of(em, include=["tasks", "links"], fields=["job_name"], limit=1)
    assert set(session) == {"job_name", "tasks", "links"}


# -- other families ----------------------------------------------------------------------------------------------------


def test_tasks_of_sessions_and_machines(em: MockEm) -> None:
    first = em.add_session(tasks=2, creation_time=-60 * 86400)
    em.add_session(tasks=1)
    found = sessions_of(em, "backup_task", session_id=[first])
    assert {task["session_id"] for task in found} == {first}
    assert [task["vm_name"] for task in sessions_of(em, "backup_task", session_id=[first], vm_name=["vm02"])] == ["vm02"]
    assert "by_job" not in read_info(em, "backup_task").result["summary"]


@pytest.mark.parametrize(
    ("changes", "many"), [({}, True), ({"limit": 5}, False), ({"summary_only": True}, False), ({"fields": ["name"]}, True)]
)
def test_many_sessions_come_with_advice(em: MockEm, monkeypatch: pytest.MonkeyPatch, changes: dict[str, t.Any], many: bool) -> None:
    monkeypatch.setattr(_info, "_MANY", 5)
    advice = [warning for warning in read_info(em, **changes).warnings if warning.startswith("6 backup job sessions are returned")]
    assert len(advice) == many
    assert all(f"({name})" in advice[0] for name in ("created_after", "limit", "fields", "summary_only") if many)
