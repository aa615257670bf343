# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stopping sessions: one request each, every outcome told as it is. What was sent is taken from the server's log."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop import Stop
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, add_running, outcome_of, sent, stops_sent

Stopping = t.Callable[..., list[Stop]]


# -- the straight way --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media_type", ["xml", "json"])
def test_one_post_each_one_look_for_all_tasks_one_query_for_all_sessions(em: MockEm, stopping: Stopping, media_type: str) -> None:
    em.settings.task_seconds = em.settings.stop_seconds = 0
    guids = add_running(em, 3)
    stops = stopping(guids, media_type=media_type)
    assert [outcome_of(stop) for stop in stops] == [("Stopped", True, False)] * 3
    assert stops_sent(em) == [f"backupSessions/{guid}?action=stop" for guid in guids]
    assert sent(em, "GET", "tasks") == ["tasks"]
    assert len(sent(em, "GET", "query")) == 1
    assert all(stop.msg.endswith("triggered to stop.") for stop in stops)
    assert [stop.previous_state for stop in stops] == ["Working"] * 3


def test_the_task_is_followed_and_the_session_awaited(em: MockEm, stopping: Stopping, pauses: Pauses) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 5, 30
    (stop,) = stopping(add_running(em), interval=10)
    assert outcome_of(stop) == ("Stopped", True, False)
    assert stop.session["result"] == "Failed"
    assert len(stops_sent(em)) == 1
    assert sum(pauses) >= 30
    assert max(pauses) <= 10


def test_the_success_of_the_task_is_not_the_end_of_the_session(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds = 0
    em.faults.add(kind="stop_never_ends")
    (stop,) = stopping(add_running(em), timeout=60)
    assert outcome_of(stop) == ("Stopping", True, False)
    assert stop.running


def test_one_query_per_interval_however_many_wait(em: MockEm, stopping: Stopping, pauses: Pauses) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 0, 45
    stopping(add_running(em, 5), interval=10)
    assert list(pauses) == [10] * 5
    assert len(sent(em, "GET", "query")) == 6


def test_without_waiting_the_sessions_are_looked_at_once(em: MockEm, stopping: Stopping, pauses: Pauses) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 0, 45
    (stop,) = stopping(add_running(em), wait=False)
    assert outcome_of(stop) == ("Stopping", True, False)
    assert (list(pauses), len(sent(em, "GET", "query"))) == ([], 1)


def test_what_has_stopped_already_stays_as_it_is(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds = em.settings.stop_seconds = 0
    stopped, running = em.add_session(), add_running(em)[0]
    first, second = stopping([stopped, running])
    assert outcome_of(first) == ("Stopped", False, False)
    assert "already" in first.msg
    assert outcome_of(second) == ("Stopped", True, False)
    assert len(stops_sent(em)) == 1


def test_nothing_to_stop_asks_nothing(em: MockEm, stopping: Stopping) -> None:
    stopping([em.add_session()])
    assert [entry.method for entry in em.requests] == ["DELETE"]


# -- the deadline ------------------------------------------------------------------------------------------------------


def test_waiting_ends_at_the_deadline(em: MockEm, stopping: Stopping, pauses: Pauses) -> None:
    em.settings.task_seconds = 0
    em.faults.add(kind="stop_never_ends")
    stopping(add_running(em), interval=10, timeout=25)
    assert sum(pauses) == 25


def test_those_that_stop_in_time_are_told_from_those_that_do_not(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 0, 5
    quick, endless = add_running(em, 2)
    em.faults.add(kind="stop_never_ends", session_id=endless)
    first, second = stopping([quick, endless], timeout=20)
    assert (first.running, second.running) == (False, True)


def test_a_task_that_never_decides_does_not_hold_up_for_ever(em: MockEm, stopping: Stopping, pauses: Pauses) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 10_000, 5
    (stop,) = stopping(add_running(em), timeout=30)
    assert outcome_of(stop) == ("Stopped", True, False)
    assert sum(pauses) <= 30
    assert len(stops_sent(em)) == 1


def test_a_deadline_that_passes_while_a_doubt_is_settled_ends_the_wait(em: MockEm, stopping: Stopping, pauses: Pauses) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 0, 30
    em.faults.add(kind="reset", method="POST", path="backupSessions", times=1)
    (stop,) = stopping(add_running(em), interval=7, timeout=5)
    assert (list(pauses), outcome_of(stop)) == ([7], ("Stopping", True, False))


# -- refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "stop_refused", "message": "Not now."}, errors.Refused),
        ({"kind": "stop_refused", "status": 403}, errors.PermissionDenied),
        ({"kind": "stop_refused", "status": 400}, errors.BadRequest),
        ({"kind": "status", "status": 404, "method": "POST"}, errors.NotFound),
        ({"kind": "redirect", "location": "http://127.0.0.1:9/", "method": "POST"}, errors.ProtocolViolation),
    ],
)
def test_a_refused_stop_is_not_asked_again_and_does_not_stop_the_others(
    em: MockEm, stopping: Stopping, fault: dict[str, t.Any], error: type[errors.EmError]
) -> None:
    em.settings.task_seconds = em.settings.stop_seconds = 0
    first, refused, last = add_running(em, 3)
    em.faults.add(session_id=refused, **fault)
    stops = stopping([first, refused, last])
    assert [outcome_of(stop) for stop in stops] == [("Stopped", True, False), ("Working", False, True), ("Stopped", True, False)]
    assert isinstance(stops[1].refusal, error)
    assert len(stops_sent(em)) == 3


def test_a_refused_stop_is_not_awaited(em: MockEm, stopping: Stopping, pauses: Pauses) -> None:
    em.settings.task_seconds = 0
    em.faults.add(kind="stop_refused", message="Not now.")
    (stop,) = stopping(add_running(em))
    assert list(pauses) == []
    assert stop.refusal is not None
    assert stop.refusal.server_message == "Not now."


def test_a_refused_stop_of_what_has_ended_meanwhile_is_none(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds = 5
    em.faults.add(kind="stop_refused", message="It is not running.")
    (stop,) = stopping(add_running(em, planned_end=2))
    assert outcome_of(stop) == ("Stopped", False, False)
    assert "It is not running." in stop.msg


def test_a_forbidden_stop_of_what_has_ended_meanwhile_is_none(em: MockEm, stopping: Stopping) -> None:
    em.settings.task_seconds, em.settings.stop_seconds = 0, 30
    fine, forbidden = add_running(em)[0], add_running(em, planned_end=10)[0]
    em.faults.add(kind="stop_refused", status=403, session_id=forbidden)
    stops = stopping([fine, forbidden])
    assert [outcome_of(stop) for stop in stops] == [("Stopped", True, False), ("Stopped", False, False)]
    assert "over or stopping all the same" in stops[1].msg


@pytest.mark.parametrize(("fault", "refused", "waited"), [({"message": "It is stopping."}, False, 20), ({"status": 403}, True, 0)])
def test_what_somebody_else_is_stopping_is_awaited_by_those_who_may_stop_it(
    em: MockEm, stopping: Stopping, pauses: Pauses, fault: dict[str, t.Any], refused: bool, waited: int
) -> None:
    em.settings.task_seconds = 0
    em.faults.add(kind="stop_refused", **fault)
    (stop,) = stopping([em.add_session(state="Stopping")], timeout=20)
    assert (outcome_of(stop), sum(pauses)) == (("Stopping", False, refused), waited)
