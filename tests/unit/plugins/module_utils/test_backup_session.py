# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module em_backup_session does with its options."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._backup_session import StopSessions
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop_options import SELECTION, STOP_OPTIONS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, sent, stops_sent

UNKNOWN = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"


def options(**changes: t.Any) -> dict[str, t.Any]:
    return {**{option.name: option.default for option in (*SELECTION, *STOP_OPTIONS)}, "wait_interval": 1, **changes}


def perform(em: MockEm, check: bool = False, connection: dict[str, t.Any] | None = None, **changes: t.Any) -> Outcome:
    task = StopSessions(options(**changes))
    with client_of(em, **(connection or {})) as client:
        return task.perform(client, check)


@pytest.fixture(autouse=True)
def _quick(em: MockEm) -> None:
    em.settings.task_seconds = em.settings.stop_seconds = 0


def names(outcome: Outcome) -> set[str]:
    return {entry["job_name"] for entry in outcome.result["sessions"]}


# -- which sessions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"all": False},
        {"max_stops": 5},
        {"filter": "   "},
        {"filter": ""},
        {"job_name": []},
        {"job_id": []},
        {"match": {}},
        {"created_before": ""},
        {"backup_server": [], "job_type": []},
        {"job_name": ["x"], "job_type": []},
    ],
)
def test_it_is_never_everything_by_omission(changes: dict[str, t.Any]) -> None:
    with pytest.raises(errors.BadRequest):
        StopSessions(options(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"id": ["4711"]},
        {"id": [f"urn:veeam:Job:{UNKNOWN}"]},
        {"job_id": ["4711"]},
        {"created_before": "soon"},
        {"filter": "Result==Failed)"},
        {"match": {"nonsense": "x"}},
        {"match": {"name": "("}},
        {"all": True, "max_stops": -1},
        {"all": True, "wait_timeout": -1},
        {"all": True, "wait_interval": -1},
        {"all": True, "job_name": ["x"]},
        {"all": True, "id": [UNKNOWN]},
    ],
)
def test_wrong_options_are_refused_before_em_is_asked(changes: dict[str, t.Any]) -> None:
    with pytest.raises(errors.BadRequest, match="option"):
        StopSessions(options(**changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"all": True}, {"A", "B", "C"}),
        ({"job_name": ["A", "C", "D"]}, {"A", "C"}),
        ({"job_type": ["backupcopy"]}, {"B"}),
        ({"backup_server": ["vbr02"]}, {"C"}),
        ({"created_after": "90m"}, {"A", "B"}),
        ({"created_before": "90m"}, {"C"}),
        ({"filter": "JobName==A,JobName==D"}, {"A"}),
        ({"match": {"job_name": "^[BC]$"}}, {"B", "C"}),
        ({"match": {"job_name": "^[BC]$"}, "job_type": ["Backup"]}, {"C"}),
        ({"job_name": ["nothing"]}, set()),
        ({"created_after": "2020-01-01"}, {"A", "B", "C"}),
    ],
)
def test_options_select_among_running_sessions_of_any_age(em: MockEm, changes: dict[str, t.Any], expected: set[str]) -> None:
    em.add_session(job_name="A", state="Working")
    em.add_session(job_name="B", state="Idle", job_type="BackupCopy")
    em.add_session(job_name="C", state="Pausing", server_name="vbr02", creation_time=-40 * 86400)
    em.add_session(job_name="D")
    outcome = perform(em, **changes)
    assert names(outcome) == expected
    assert len(stops_sent(em)) == len(expected)
    assert outcome.changed is bool(expected)


def test_by_job_id(em: MockEm) -> None:
    em.add_session(job_name="A", state="Working", job_id=UNKNOWN)
    em.add_session(job_name="B", state="Working")
    assert names(perform(em, job_id=[f"urn:veeam:Job:{UNKNOWN.upper()}"])) == {"A"}


def test_by_id_in_the_order_given_with_those_that_have_stopped(em: MockEm) -> None:
    running, stopped = em.add_session(state="Working"), em.add_session()
    outcome = perform(em, id=[stopped, f"urn:veeam:BackupJobSession:{running.upper()}", stopped])
    assert [entry["id"] for entry in outcome.result["sessions"]] == [stopped, running]
    assert [entry["changed"] for entry in outcome.result["sessions"]] == [False, True]
    assert len(stops_sent(em)) == 1


def test_no_ids_stop_nothing(em: MockEm) -> None:
    em.add_session(state="Working")
    outcome = perform(em, id=[])
    assert (outcome.changed, outcome.result) == (False, {"sessions": [], "stopped_count": 0, "still_running": []})
    assert stops_sent(em) == []


def test_an_unknown_id_is_named_before_anything_is_stopped(em: MockEm) -> None:
    with pytest.raises(errors.NotFound, match=f"{UNKNOWN}.*Nothing was stopped"):
        perform(em, id=[em.add_session(state="Working"), UNKNOWN])
    assert stops_sent(em) == []


def test_more_than_a_hundred_ids(em: MockEm) -> None:
    guids = [em.add_session(state="Working") for dummy in range(120)]
    outcome = perform(em, id=guids)
    assert [entry["id"] for entry in outcome.result["sessions"]] == guids
    assert outcome.result["stopped_count"] == 120


def test_an_age_goes_by_the_clock_of_the_server(em: MockEm) -> None:
    em.clock.advance(-50 * 86400)
    em.add_session(job_name="A", state="Working", creation_time=-600)
    em.add_session(job_name="B", state="Working", creation_time=-7200)
    assert names(perform(em, created_after="1h")) == {"A"}


@pytest.mark.parametrize("check", [False, True])
def test_too_many_are_not_begun(em: MockEm, check: bool) -> None:
    for dummy in range(3):
        em.add_session(job_name="A", state="Working")
    with pytest.raises(errors.BadRequest, match=r"3 backup job sessions.*max_stops \(2\).*A@"):
        perform(em, check, all=True, max_stops=2)
    assert stops_sent(em) == []
    assert perform(em, check, all=True, max_stops=3).result["stopped_count"] == 3


def test_those_that_have_stopped_do_not_count_as_stops(em: MockEm) -> None:
    guids = [em.add_session(), em.add_session()]
    assert perform(em, id=guids, max_stops=0).changed is False


# -- results -----------------------------------------------------------------------------------------------------------


def test_the_result_of_a_stop(em: MockEm) -> None:
    guid = em.add_session(job_name="A", state="Working")
    outcome = perform(em, id=[guid])
    (entry,) = outcome.result["sessions"]
    assert entry == {
        "id": guid,
        "name": entry["name"],
        "job_name": "A",
        "job_type": "Backup",
        "previous_state": "Working",
        "state": "Stopped",
        "result": "Failed",
        "changed": True,
        "stopped": True,
        "msg": f'Job Session "{entry["name"]}" triggered to stop.',
    }
    assert (outcome.changed, outcome.result["stopped_count"], outcome.result["still_running"]) == (True, 1, [])
    assert outcome.diff == {"before": {"sessions": {guid: "Working"}}, "after": {"sessions": {guid: "Stopped"}}}


def test_without_waiting_the_state_is_what_it_was_right_after(em: MockEm) -> None:
    em.settings.stop_seconds = 60
    guid = em.add_session(state="Working")
    result = perform(em, id=[guid], wait=False).result
    assert (result["sessions"][0]["state"], result["sessions"][0]["stopped"]) == ("Stopping", False)
    assert (result["stopped_count"], result["still_running"]) == (1, [guid])


@pytest.mark.parametrize(("wait", "state"), [(True, "Stopped"), (False, "Stopping")])
def test_check_mode_predicts_and_sends_no_stop(em: MockEm, wait: bool, state: str) -> None:
    running, stopped = em.add_session(state="Working"), em.add_session()
    outcome = perform(em, check=True, id=[running, stopped], wait=wait)
    first, second = outcome.result["sessions"]
    assert (first["previous_state"], first["state"], first["changed"], first["stopped"]) == ("Working", state, True, wait)
    assert (second["state"], second["changed"], second["stopped"]) == ("Stopped", False, True)
    assert outcome.changed is True
    assert outcome.diff == {
        "before": {"sessions": {running: "Working", stopped: "Stopped"}},
        "after": {"sessions": {running: state, stopped: "Stopped"}},
    }
    assert sent(em, "POST") == ["sessionMngr/?v=latest"]


def test_a_second_run_changes_nothing(em: MockEm) -> None:
    guid = em.add_session(state="Working")
    assert perform(em, id=[guid]).changed is True
    assert perform(em, id=[guid]).changed is False
    assert len(stops_sent(em)) == 1
