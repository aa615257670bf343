# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an info module does with its options: which resource is asked, and what comes back."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP
from ansible_collections.backupops.veeam_em.plugins.module_utils._info import SessionInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import options_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import (
    body_of,
    client_of,
    jobs_of,
    queries_to,
    read_info,
    sent,
    sessions_of,
)

GUID = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
COLLECTION = "backupSessions?format=Entity"


@pytest.fixture
def five(em: MockEm) -> dict[str, str]:
    """Sessions of five jobs, A the newest; return their ids by job."""
    common: list[dict[str, t.Any]] = [
        {"job_name": "A", "state": "Working"},
        {"job_name": "B", "result": "Failed", "failure_message": "no space"},
        {"job_name": "C", "result": "Warning", "job_type": "BackupCopy", "is_retry": True},
        {"job_name": "D", "server_name": "vbr02"},
        {"job_name": "E", "state": "Idle", "job_type": "NasBackup"},
    ]
    return {values["job_name"]: em.add_session(creation_time=-3600 * (n + 1), **values) for n, values in enumerate(common)}


# -- which resource ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, {"fields": ["id"]}, {"summary_only": True}, {"include": ["links"]}])
def test_without_a_selection_the_collection_answers_in_one_request(em: MockEm, changes: dict[str, t.Any]) -> None:
    read_info(em, **changes)
    assert sent(em, "GET") == [COLLECTION]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ["x"]},
        {"running": False},
        {"running": True},
        {"is_retry": False},
        {"result": ["Failed"]},
        {"filter": "Result==Failed"},
        {"match": {"name": "x"}},
        {"sort_by": "name"},
        {"sort_by": "duration"},
        {"sort_order": "asc"},
        {"page_size": 60},
        {"limit": 5},
        {"created_after": "24h"},
        {"ended_before": "2026-01-01"},
        {"backup_server": ["x"]},
        {"job_id": [GUID]},
    ],
)
def test_anything_selected_sorted_or_cut_is_a_query(em: MockEm, changes: dict[str, t.Any]) -> None:
    read_info(em, **changes)
    (query,) = queries_to(em)
    assert (query["type"], query["format"]) == ("BackupJobSession", "Entities")
    assert sent(em, "GET", "backupSessions") == []


@pytest.mark.parametrize("body", ["references.xml", "references.em12.json"])
def test_references_lead_to_the_query(em: MockEm, five: dict[str, str], body: str) -> None:
    em.replay.add("backupSessions", body_of(body))
    assert jobs_of(em) == "A B C D E"
    assert len(queries_to(em)) == 1


@pytest.mark.parametrize(("media_type", "answer"), [("json", "asked"), ("auto", "json")])
def test_json_is_read_by_the_query(em: MockEm, five: dict[str, str], media_type: str, answer: str) -> None:
    em.settings.answer = answer
    assert jobs_of(em, connection={"media_type": media_type}, page_size=2) == "A B C D E"
    assert [query["pageSize"] for query in queries_to(em)] == ["2"] * 3
    assert sent(em, "GET", "backupSessions") == []


@pytest.mark.parametrize("changes", [{"running": False}, {"filter": "Result==Failed"}, {"limit": 3}, {"sort_by": "name"}])
def test_the_query_has_the_window_of_the_collection(em: MockEm, changes: dict[str, t.Any]) -> None:
    em.add_session(job_name="old", creation_time=-31 * 86400, result="Failed")
    em.add_session(job_name="new", creation_time=-29 * 86400, result="Failed")
    assert jobs_of(em, **changes) == "new"
    assert 'CreationTime>="' in queries_to(em)[0]["filter"]


def test_the_window_is_that_of_the_clock_of_the_server(em: MockEm) -> None:
    em.clock.advance(-100 * 86400)
    em.add_session(job_name="old", creation_time=-31 * 86400)
    em.add_session(job_name="new", creation_time=-29 * 86400)
    assert jobs_of(em, limit=9) == "new"


@pytest.mark.parametrize(
    "changes",
    [{"running": True}, {"created_after": "400d"}, {"created_before": "1h"}, {"ended_after": "400d"}, {"ended_before": "0s"}],
)
def test_some_options_reach_as_far_back_as_em_does(em: MockEm, changes: dict[str, t.Any]) -> None:
    state = {"state": "Working"} if "running" in changes else {}
    em.add_session(job_name="old", creation_time=-300 * 86400, **state)
    assert jobs_of(em, **changes) == "old"


# -- selection ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"running": True}, "A E"),
        ({"running": False}, "B C D"),
        ({"result": ["failed", "WARNING"]}, "B C"),
        ({"result": ["none"]}, "A E"),
        ({"state": ["idle"]}, "E"),
        ({"job_name": ["A", "D", "Z"]}, "A D"),
        ({"job_type": ["nasbackup", "BackupCopy"]}, "C E"),
        ({"backup_server": ["vbr02"]}, "D"),
        ({"is_retry": True}, "C"),
        ({"created_after": "150m"}, "A B"),
        ({"created_before": "150m"}, "C D E"),
        ({"filter": "Result==Failed,IsRetry==true"}, "B C"),
        ({"filter": "Result==Failed,IsRetry==true", "job_name": ["C", "D"]}, "C"),
        ({"match": {"failure_message": "space"}}, "B"),
        ({"match": {"backup_server": "02$"}}, "D"),
        ({"running": False, "job_type": ["Backup"], "result": ["Success"]}, "D"),
    ],
)
def test_selection(em: MockEm, five: dict[str, str], changes: dict[str, t.Any], expected: str) -> None:
    assert jobs_of(em, **changes) == expected


def test_names_are_data(small_em: MockEm) -> None:
    odd = [session["job_name"] for session in sessions_of(small_em, created_after="900d")]
    for name in dict.fromkeys(odd):
        assert {session["job_name"] for session in sessions_of(small_em, job_name=[name], created_after="900d")} == {name}
    assert any('"' in name for name in odd)


def test_an_age_with_a_token_costs_one_request_for_the_clock(em: MockEm, five: dict[str, str]) -> None:
    with client_of(em):
        connection = {"session_token": em.logon_sessions[0].token}
        del em.requests[:]
        em.settings.idle_timeout = 86400
        em.clock.advance(7200)
        assert jobs_of(em, connection=connection, created_after="270m") == "A B"
        assert [entry.path for entry in em.requests] == ["/api/", "/api/query"]
        read_info(em, connection=connection, limit=1)
        assert len(em.requests) == 3


# -- by id -------------------------------------------------------------------------------------------------------------


def test_by_id_in_the_order_given(em: MockEm, five: dict[str, str]) -> None:
    assert jobs_of(em, id=[five["D"], f"urn:veeam:BackupJobSession:{five['A'].upper()}", five["C"]]) == "D A C"
    assert len(sent(em, "GET")) == 3


def test_by_id_sorted_when_that_is_asked_for(em: MockEm, five: dict[str, str]) -> None:
    assert jobs_of(em, id=[five["D"], five["A"], five["C"]], sort_by="job_name", sort_order="asc") == "A C D"


def test_no_ids_are_no_sessions(em: MockEm, five: dict[str, str]) -> None:
    outcome = read_info(em, id=[])
    assert (outcome.result["sessions"], outcome.result["count"]) == ([], 0)
    assert sent(em, "GET") == []


def test_an_unknown_id_fails_and_is_named(em: MockEm, five: dict[str, str]) -> None:
    with pytest.raises(errors.NotFound, match=GUID):
        read_info(em, id=[five["A"], GUID])


# -- options at fault --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"id": ["4711"]},
        {"job_id": ["4711"]},
        {"limit": 0},
        {"limit": -1},
        {"page_size": 0},
        {"sort_by": "nonsense"},
        {"match": {"nonsense": "x"}},
        {"match": {"name": "("}},
        {"name": []},
        {"job_id": []},
        {"created_after": "soon"},
        {"filter": "Result==Failed)"},
    ],
)
def test_wrong_options_are_refused_before_em_is_asked(changes: dict[str, t.Any]) -> None:
    defaults = {option.name: option.default for option in options_of(BACKUP)}
    with pytest.raises(errors.BadRequest, match="option"):
        SessionInfo(BACKUP, {**defaults, **changes})
