# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stopping sessions when answers are lost or logon sessions end: no request is blindly repeated."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils import _stopper
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop import Stop
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, add_running, outcome_of, stops_sent

Stopping = t.Callable[..., list[Stop]]


# -- answers that are lost ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [{"kind": "lose_answer"}, {"kind": "truncate"}, {"kind": "reset", "when": "headers"}])
def test_a_lost_answer_to_a_stop_that_arrived_leads_to_no_second_one(
    em: MockEm, stopping: Stopping, fault: dict[str, t.Any]
) -> None:
    em.settings.stop_seconds = 5
    em.faults.add(method="POST", path="backupSessions", **fault)
    (stop,) = stopping(add_running(em))
    assert outcome_of(stop) == ("Stopped", True, False)
    assert len(stops_sent(em)) == 1


@pytest.mark.parametrize("state", ["Idle", "Starting", "Working"])
def test_a_lost_answer_is_made_up_for_by_the_session_whatever_it_was_doing(em: MockEm, stopping: Stopping, state: str) -> None:
    em.faults.add(kind="lose_answer", method="POST", path="backupSessions")
    (stop,) = stopping([em.add_session(state=state)], wait=False)
    assert (stop.accepted, stop.previous_state) == (True, state)


@pytest.mark.parametrize("fault", [{"kind": "reset"}, {"kind": "status", "status": 503}, {"kind": "status", "status": 500}])
def test_a_stop_that_did_not_arrive_is_sent_again_after_two_looks(
    em: MockEm, stopping: Stopping, fault: dict[str, t.Any], pauses: Pauses
) -> None:
    em.settings.task_seconds = em.settings.stop_seconds = 0
    em.faults.add(method="POST", path="backupSessions", times=1, **fault)
    (stop,) = stopping(add_running(em), interval=7)
    assert outcome_of(stop) == ("Stopped", True, False)
    assert [entry.method for entry in em.requests] == ["POST", "GET", "GET", "POST", "GET", "GET", "DELETE"]
    assert list(pauses) == [7]


@pytest.mark.parametrize(("wish", "seconds", "stops"), [("7", 7.0, 2), ("30", 30.0, 2), ("31", 1.0, 1)])
def test_a_stop_is_sent_again_after_a_short_wish_to_wait(
    em: MockEm, stopping: Stopping, pauses: Pauses, wish: str, seconds: float, stops: int
) -> None:
    """After a long one it is not, and that is the error."""
    em.settings.task_seconds = em.settings.stop_seconds = 0
    em.faults.add(kind="status", status=503, headers={"Retry-After": wish}, method="POST", path="backupSessions", times=1)
    (stop,) = stopping(add_running(em))
    assert (list(pauses), len(stops_sent(em)), isinstance(stop.refusal, errors.ServerFailed)) == ([seconds], stops, stops == 1)


def test_an_answer_that_cannot_be_read_is_a_doubt_and_the_others_are_stopped(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds = em.settings.stop_seconds = 0
    guids = add_running(em, 3)
    em.faults.add(kind="html", method="POST", session_id=guids[0], times=1)
    assert [outcome_of(stop) for stop in stopping(guids)] == [("Stopped", True, False)] * 3


@pytest.mark.parametrize("fault", [{"kind": "reset"}, {"kind": "status", "status": 503}])
def test_a_stop_that_never_arrives_is_sent_twice_and_no_more(em: MockEm, stopping: Stopping, fault: dict[str, t.Any]) -> None:
    em.faults.add(method="POST", path="backupSessions", **fault)
    (stop,) = stopping(add_running(em))
    assert outcome_of(stop) == ("Working", False, True)
    assert len(stops_sent(em)) == 2


def test_a_session_that_somebody_else_is_stopping_is_not_ours(em: MockEm, stopping: Stopping) -> None:
    """No stop of ours ever arrived, so none was accepted."""
    em.faults.add(kind="reset", method="POST", path="backupSessions")
    (stop,) = stopping([em.add_session(state="Stopping")], wait=False)
    assert stop.accepted is False


def test_a_lost_answer_of_one_does_not_touch_the_others(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds = em.settings.stop_seconds = 0
    guids = add_running(em, 3)
    em.faults.add(kind="reset", method="POST", session_id=guids[1], times=1)
    stops = stopping(guids)
    assert [outcome_of(stop) for stop in stops] == [("Stopped", True, False)] * 3
    assert [path.count(guids[1]) for path in stops_sent(em)] == [0, 1, 0, 1]


def test_without_waiting_a_doubt_does_not_keep_the_task_for_the_time_of_a_wait(
    em: MockEm, stopping: Stopping, pauses: Pauses
) -> None:
    """The answer is lost, and EM stays away after it."""
    guids = add_running(em)
    em.faults.add(kind="lose_answer", method="POST", path="backupSessions")
    em.faults.add(kind="status", status=500, path="query", after=1)
    with pytest.raises(errors.ServerFailed):
        stopping(guids, wait=False)
    assert 50 <= sum(pauses) <= 61


def test_an_interval_of_none_does_not_ask_without_a_pause(em: MockEm, stopping: Stopping, pauses: Pauses) -> None:
    guids = add_running(em)
    em.faults.add(kind="lose_answer", method="POST", path="backupSessions")
    em.faults.add(kind="status", status=500, path="query", after=1, times=60)
    with pytest.raises(errors.ServerFailed):
        stopping(guids, interval=0, timeout=3, retries=0)
    assert 30 <= len(em.requests) <= 40


# -- a logon session that ends -----------------------------------------------------------------------------------------


def test_a_logon_that_ends_while_the_task_is_followed_leads_to_no_second_stop(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 5, 30
    em.faults.add(kind="expire", path="tasks", times=1)
    (stop,) = stopping(add_running(em))
    assert outcome_of(stop) == ("Stopped", True, False)
    assert len(stops_sent(em)) == 1
    assert em.logon_sessions == []


def test_a_logon_that_ends_between_two_stops(em: MockEm, stopping: Stopping) -> None:
    """Both tasks are then called task-1, each in its own logon session."""
    em.settings.task_seconds, em.settings.stop_seconds = 5, 30
    first, second = add_running(em, 2)
    em.faults.add(kind="expire", session_id=second, times=1)
    stops = stopping([first, second])
    assert [outcome_of(stop) for stop in stops] == [("Stopped", True, False)] * 2
    assert [len([path for path in stops_sent(em) if guid in path]) for guid in (first, second)] == [1, 2]


def test_a_task_of_another_logon_session_says_nothing_of_ours(em: MockEm, stopping: Stopping) -> None:
    """Both tasks are called task-1 again, but only the second stop is refused."""
    em.settings.task_seconds, em.settings.stop_seconds = 5, 30
    first, second = add_running(em, 2)
    em.faults.add(kind="expire", session_id=second, times=1)
    em.faults.add(kind="stop_refused", session_id=second)
    stops = stopping([first, second])
    assert [outcome_of(stop) for stop in stops] == [("Stopped", True, False), ("Working", False, True)]


def test_a_logon_that_ends_while_the_sessions_are_awaited(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 0, 30
    em.faults.add(kind="expire", path="query", after=3, times=1)
    (stop,) = stopping(add_running(em))
    assert outcome_of(stop) == ("Stopped", True, False)
    assert len(stops_sent(em)) == 1


def test_a_logon_that_cannot_be_renewed_ends_the_task(em: MockEm, stopping: Stopping) -> None:
    em.faults.add(kind="unauthorized", method="POST", path="backupSessions")
    with pytest.raises(errors.AuthenticationFailed):
        stopping(add_running(em, 2))
    assert len(stops_sent(em)) == 2


# -- tasks and sessions that disappear ---------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2])
def test_a_task_that_disappears_leaves_the_session_to_tell(em: MockEm, stopping: Stopping, number: int) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 5, 30
    em.faults.add(
        kind="body", path="tasks", status=500 if number == 1 else 200, body='<Tasks xmlns="http://www.veeam.com/ent/v1.0"/>'
    )
    stops = stopping(add_running(em, number))
    assert [outcome_of(stop) for stop in stops] == [("Stopped", True, False)] * number
    assert len(stops_sent(em)) == number


@pytest.mark.parametrize(("interval", "pause"), [(1, 1), (0, 0.1)])
def test_without_waiting_a_session_is_given_an_interval_to_tell_what_its_task_does_not(
    em: MockEm, stopping: Stopping, pauses: Pauses, interval: int, pause: float
) -> None:
    """EM took the stop, and shows it a moment later: there is a pause even where the interval is none."""
    task = '<Task xmlns="http://www.veeam.com/ent/v1.0"><TaskId>task-1</TaskId><State>Running</State></Task>'
    em.faults.add(kind="body", method="POST", path="backupSessions", status=202, body=task)
    (stop,) = stopping(add_running(em), wait=False, interval=interval)
    assert (list(pauses), stop.undecided, stop.running) == ([pause], True, True)
    assert "has not said" in stop.msg


def test_a_session_that_one_query_omits_is_not_taken_for_stopped(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 0, 30
    empty = '<QueryResult xmlns="http://www.veeam.com/ent/v1.0"><PagingInfo PageNum="1" PagesCount="1"/></QueryResult>'
    em.faults.add(kind="body", path="query", body=empty, after=1)
    (stop,) = stopping(add_running(em), timeout=3)
    assert (stop.session["state"], stop.running) == ("Stopping", True)


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 500}, {"kind": "reset"}])
def test_a_wait_outlives_a_read_that_fails(em: MockEm, stopping: Stopping, fault: dict[str, t.Any]) -> None:
    em.settings.task_seconds = em.settings.stop_seconds = 0
    em.faults.add(path="query", after=1, times=1, **fault)
    (stop,) = stopping(add_running(em), retries=0)
    assert outcome_of(stop) == ("Stopped", True, False)


def test_a_wait_outlives_a_look_for_tasks_that_fails(
    em: MockEm, stopping: Stopping, pauses: Pauses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EM refuses late, after a moment in which it could not be asked."""
    monkeypatch.setattr(_stopper, "_LONGEST_FOLLOWING", 0)
    em.settings.task_seconds = 5
    em.faults.add(kind="stop_refused", message="Not now.")
    em.faults.add(kind="status", status=503, path="tasks", after=1, times=1)
    (stop,) = stopping(add_running(em), retries=0, timeout=20)
    assert (outcome_of(stop), sum(pauses)) == (("Working", False, True), 5)
    assert "Not now." in str(stop.refusal)


def test_a_wait_ends_with_the_error_when_reads_fail_to_its_end(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds = 0
    em.faults.add(kind="status", status=500, path="query", after=1)
    with pytest.raises(errors.ServerFailed):
        stopping(add_running(em), retries=0, timeout=5)


def test_a_session_that_disappears_runs_no_more(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 0, 30
    empty = '<QueryResult xmlns="http://www.veeam.com/ent/v1.0"><PagingInfo PageNum="1" PagesCount="1"/></QueryResult>'
    em.faults.add(kind="body", path="query", body=empty, after=1)
    em.faults.add(kind="status", status=404, method="GET", path="backupSessions")
    (stop,) = stopping(add_running(em))
    assert (stop.session["state"], stop.running) == (None, False)
    assert "no longer knows" in stop.msg
