# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an info module does for every family alike, and what it does otherwise for one of them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import CDP_REPLICA, FAMILIES, SYSTEM
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import (
    EACH,
    EACH_WITH_QUERY,
    add_one,
    running_state,
)
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID, queries_to, read_info, sent, sessions_of

DAY = 86400


def names(em: MockEm, family: Family, **changes: t.Any) -> str:
    """Return the names of the sessions that an info module returns."""
    return " ".join(session["name"] for session in sessions_of(em, family.kind, **changes))


@pytest.fixture
def four(em: MockEm, family: Family) -> MockEm:
    """Sessions of a family, A the newest, and for agents and file shares one that is none of theirs."""
    for name, age, values in (
        ("A", 3600, {"state": running_state(family)}),
        ("B", 7200, {"end_time": -6600}),
        ("C", 10800, {"end_time": -10200, "result": "Failed"}),
        ("D", 60 * DAY, {}),
    ):
        add_one(em, family, name=name, creation_time=-age, **values)
    if family.types:
        em.add_session(name="X", job_type="Backup", creation_time=-1800)
    return em


# -- alike -------------------------------------------------------------------------------------------------------------


@EACH
def test_the_whole_collection_in_one_request_the_newest_first(four: MockEm, family: Family) -> None:
    assert names(four, family) == "A B C"
    assert sent(four, "GET") == [f"{family.path}?format=Entity"]


@EACH
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"running": False}, "B C"),
        ({"result": ["failed"]}, "C"),
        ({"result": ["None"]}, "A"),
        ({"name": ["B", "C", "X", "Z"]}, "B C"),
        ({"created_after": "150m"}, "A B"),
        ({"created_before": "150m", "match": {"name": "[ABC]"}}, "C"),
        ({"ended_after": "140m"}, "B"),
        ({"sort_by": "name", "sort_order": "asc"}, "A B C"),
        ({"sort_order": "asc"}, "C B A"),
        ({"limit": 2}, "A B"),
        ({"match": {"name": "[AC]"}, "limit": 1}, "A"),
    ],
)
def test_the_same_options_mean_the_same(four: MockEm, family: Family, changes: dict[str, t.Any], expected: str) -> None:
    if family.kind == "cdp_replica_task" and changes.get("result") == ["None"]:
        expected = ""  # one that runs says Success already
    assert names(four, family, **changes) == expected
    if family.has_query:
        assert {query["type"] for query in queries_to(four)} == {family.uid_kind}
        assert sent(four, "GET", family.path) == []
    else:
        assert sent(four, "GET") == [f"{family.path}?format=Entity"]


@EACH_WITH_QUERY
@pytest.mark.parametrize("changes", [{"running": True}, {"created_after": "400d"}, {"ended_before": "400d"}])
def test_the_options_that_reach_beyond_the_window(em: MockEm, family: Family, changes: dict[str, t.Any]) -> None:
    state = {"state": running_state(family)} if "running" in changes else {"end_time": -500 * DAY}
    created = -50 * DAY if "created_after" in changes else -600 * DAY
    add_one(em, family, name="old", **{"creation_time": created, **state})
    assert names(em, family, **changes) == "old"


@EACH
def test_by_id_of_any_age(four: MockEm, family: Family) -> None:
    guid = add_one(four, family, name="old", creation_time=-300 * DAY)
    assert names(four, family, id=[guid]) == "old"


@EACH
def test_the_summary(four: MockEm, family: Family) -> None:
    summary = read_info(four, family.kind, summary_only=True).result["summary"]
    assert (summary["total"], summary["running"]) == (3, 1)
    assert summary["by_result"]["Failed"] == 1
    assert ("by_job" in summary) is bool(family.job)
    if family.job:
        assert [job["total"] for job in summary["by_job"]] == [3]
        assert summary["by_job"][0]["job_name"]


FIELDS = [
    (family, field.name)
    for family in FAMILIES.values()
    for field in family.fields
    if not field.computed and field.type not in ("list", "ids")
]


@pytest.mark.parametrize(("family", "key"), FIELDS, ids=[f"{family.kind}-{key}" for family, key in FIELDS])
def test_a_limit_cuts_the_order_and_does_not_change_it(small_em: MockEm, family: Family, key: str) -> None:
    """Whether the server sorts, or we do: words in the same order, missing values last."""

    def values(order: str, limit: int | None) -> list[t.Any]:
        return [session[key] for session in sessions_of(small_em, family.kind, sort_by=key, sort_order=order, limit=limit)]

    for order in ("asc", "desc"):
        assert values(order, 6) == values(order, None)[:6], order


# -- otherwise ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media_type", ["xml", "json"])
def test_system_sessions_are_always_read_from_their_collection(em: MockEm, media_type: str) -> None:
    em.add_session("system", name="A")
    em.add_session("system", name="old", creation_time=-31 * DAY)
    changes: dict[str, t.Any] = {"created_after": "400d", "sort_by": "duration", "limit": 5}
    assert names(em, SYSTEM, connection={"media_type": media_type}, **changes) == "A"
    assert sent(em, "GET") == ["systemSessions?format=Entity"]


def test_the_window_of_system_sessions_is_that_of_the_server_alone(em: MockEm) -> None:
    times = "<CreationTimeUTC>2020-01-01T00:00:00Z</CreationTimeUTC>"
    item = f'<Sessions UID="urn:veeam:SystemSession:{GUID}" Name="old">{times}</Sessions>'
    em.replay.add("systemSessions", f'<SystemSessions xmlns="http://www.veeam.com/ent/v1.0">{item}</SystemSessions>')
    assert names(em, SYSTEM) == "old"
    assert names(em, SYSTEM, created_after="24h") == ""


def test_references_instead_of_system_sessions_are_an_error_for_there_is_no_query(em: MockEm) -> None:
    em.replay.add("systemSessions", '<EntityReferences xmlns="http://www.veeam.com/ent/v1.0"><Ref UID="x"/></EntityReferences>')
    with pytest.raises(errors.ReferencesOnly, match="Cannot read system sessions"):
        read_info(em, "system")
    assert queries_to(em) == []


def test_the_age_of_a_system_session_is_counted_by_the_clock_of_the_server(em: MockEm) -> None:
    em.clock.advance(-100 * DAY)
    em.add_session("system", name="A", creation_time=-1800)
    em.add_session("system", name="B", creation_time=-7200)
    assert names(em, SYSTEM, created_after="1h") == "A"


def test_a_running_task_of_cdp_says_success_and_runs_all_the_same(em: MockEm) -> None:
    guid = add_one(em, FAMILIES["cdp_replica_task"], state="InProgress")
    (task,) = sessions_of(em, "cdp_replica_task", result=["Success"])
    assert (task["id"], task["result"], task["running"], task["end_time"]) == (guid, "Success", True, None)


def test_what_only_we_can_select_by_goes_before_the_limit(em: MockEm) -> None:
    for number in range(5):
        add_one(em, CDP_REPLICA, name=f"S{number}", is_retry=number in (3, 4), creation_time=-60 * number - 60)
    outcome = read_info(em, "cdp_replica", is_retry=True, limit=1, page_size=2)
    assert [session["name"] for session in outcome.result["sessions"]] == ["S3"]
    assert (outcome.result["truncated"], outcome.result["summary"]["total"]) == (True, 1)


def test_what_only_we_can_select_by_leaves_the_order_to_us(em: MockEm) -> None:
    """The server could sort by name, but not on so many pages as it may take to fill the limit."""
    for name in "BDAC":
        add_one(em, CDP_REPLICA, name=name, is_retry=name != "D")
    assert names(em, CDP_REPLICA, is_retry=True, sort_by="name", sort_order="asc", limit=2, page_size=100) == "A B"
    assert [(query["pageSize"], query["sortDesc"]) for query in queries_to(em)] == [("100", "CreationTimeUTC")]


def test_who_may_not_is_told_who_may(em: MockEm) -> None:
    em.faults.add(kind="status", status=403, path="query")
    with pytest.raises(errors.PermissionDenied, match="restore operator"):
        read_info(em, "restore", filter="State==Stopped")


VIEWER = {"username": "viewer"}


@pytest.mark.parametrize("media_type", ["xml", "json"])
def test_cloud_failover_sessions_are_selected_here_for_who_may_only_read_them_all(em: MockEm, media_type: str) -> None:
    """A portal user may not query them, but may read their collection."""
    for name, result in (("A", "Failed"), ("B", "Success"), ("C", "Failed")):
        em.add_session("cloud_failover", name=name, result=result, creation_time=-ord(name))
    connection = {**VIEWER, "media_type": media_type}
    assert names(em, FAMILIES["cloud_failover"], result=["Failed"], connection=connection) == "A C"
    assert names(em, FAMILIES["cloud_failover"], limit=2, sort_order="asc", connection=connection) == "C B"
    assert sent(em, "GET", "cloud") == ["cloud/failoverSessions?format=Entity"] * 2


def test_a_raw_filter_cannot_be_applied_here(em: MockEm) -> None:
    with pytest.raises(errors.PermissionDenied, match="without the option filter"):
        read_info(em, "cloud_failover", filter="Result==Failed", connection=VIEWER)
