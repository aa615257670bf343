# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an info module does where families differ: who may query, what has a result early, types of jobs that are new."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import CLOUD_FAILOVER
from ansible_collections.backupops.veeam_em.plugins.module_utils._info import SessionInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import options_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, queries_to, read_info, sent, sessions_of

VIEWER: dict[str, t.Any] = {"username": "viewer"}


@pytest.mark.parametrize("media_type", ["xml", "json"])
def test_cloud_failovers_are_read_by_those_who_may_not_query_them(em: MockEm, media_type: str) -> None:
    for number, result in enumerate(("Success", "Failed", "Failed")):
        em.add_session("cloud_failover", name=f"Plan {number}", result=result)
    connection = {**VIEWER, "media_type": media_type}
    assert len(sessions_of(em, "cloud_failover", connection=connection)) == 3
    read = read_info(em, "cloud_failover", connection=connection, result=["failed"], limit=1)
    assert (read.result["count"], read.result["truncated"], read.result["summary"]["total"]) == (1, True, 2)
    assert sessions_of(em, "cloud_failover", connection=connection, name=["Plan 0"], running=False)[0]["result"] == "Success"


@pytest.mark.parametrize(
    ("options", "words"), [({"created_after": "400d"}, "only those of the last 30 days"), ({"result": ["Failed"]}, None)]
)
def test_what_cannot_be_reached_so_is_told(em: MockEm, options: dict[str, t.Any], words: str | None) -> None:
    em.add_session("cloud_failover", name="old", creation_time=-3000000, end_time=-2999000)
    em.add_session("cloud_failover", name="new")
    warnings: list[str] = []
    defaults = {option.name: option.default for option in options_of(CLOUD_FAILOVER)}
    with client_of(em, warnings=warnings, **VIEWER) as client:
        SessionInfo(CLOUD_FAILOVER, {**defaults, **options}).perform(client, False)
    assert [words in warning for warning in warnings if words] == ([True] if words else [])


def test_restores_are_read_by_those_who_may_not_query_them(em: MockEm) -> None:
    """Operators of Exchange restores, for example."""
    em.add_session("restore", name="a")
    em.add_session("restore", name="b")
    em.faults.add(kind="status", status=403, path="query")
    assert [session["name"] for session in sessions_of(em, "restore", name=["b"])] == ["b"]


def test_with_an_expression_the_refusal_is_told(em: MockEm) -> None:
    with pytest.raises(errors.PermissionDenied, match="without the option filter"):
        read_info(em, "cloud_failover", connection=VIEWER, filter="Result==Failed")


def test_a_refusal_of_other_families_is_told_at_once(em: MockEm) -> None:
    em.faults.add(kind="status", status=403, path="query")
    with pytest.raises(errors.PermissionDenied):
        read_info(em, "replica", result=["Failed"])
    assert sent(em, "GET", "replicaSessions") == []


@pytest.mark.parametrize(("kind", "passes"), [("backup_task", 2), ("backup", 1)])
def test_the_result_of_a_task_can_change_while_it_is_read(em: MockEm, kind: str, passes: int) -> None:
    session = em.add_session(result="Success")
    for number in range(4):
        given = {"session_id": session} if kind == "backup_task" else {}
        em.add_session(kind, name=str(number), result="Success", **given)
    sessions_of(em, kind, result=["Success"], page_size=2)
    assert [query["page"] for query in queries_to(em)].count("1") == passes


def test_an_agent_session_of_a_new_type_is_passed_through(em: MockEm) -> None:
    new, known = em.add_session(job_type="AgentPolicy"), em.add_session(job_type="Backup")
    assert [session["job_type"] for session in sessions_of(em, "agent_backup", id=[new])] == ["AgentPolicy"]
    with pytest.raises(errors.NotFound, match="job type Backup"):
        read_info(em, "agent_backup", id=[known])
    with pytest.raises(errors.NotFound, match="another family"):
        read_info(em, "nas_backup", id=[known])


@pytest.mark.parametrize("limit", [None, 2])
def test_what_can_be_missing_is_sorted_here(em: MockEm, limit: int | None) -> None:
    session = em.add_session()
    for reason in (None, "b", "a"):
        em.add_session("backup_task", session_id=session, reason=reason, result="Failed")
    reasons = [task["reason"] for task in sessions_of(em, "backup_task", sort_by="reason", sort_order="asc", limit=limit)]
    assert reasons == ["a", "b", None][:limit]


def test_lists_are_searched_as_well(em: MockEm) -> None:
    em.add_session("cloud_failover", name="One", failover_tasks=[{"vm_name": "app01"}])
    em.add_session("cloud_failover", name="Two", failover_tasks=[{"vm_name": "app02"}, {"vm_name": "query02"}])
    found = sessions_of(em, "cloud_failover", match={"failover_tasks": "query0"})
    assert [session["name"] for session in found] == ["Two"]


@pytest.mark.parametrize("options", [{"created_after": ""}, {"filter": "  "}, {"match": {}}, {"name": [""]}, {"job_name": []}])
def test_an_option_that_says_nothing_is_not_taken_for_everything(em: MockEm, options: dict[str, t.Any]) -> None:
    with pytest.raises(errors.BadRequest, match="says nothing"):
        read_info(em, "backup", **options)
    assert em.requests == []
