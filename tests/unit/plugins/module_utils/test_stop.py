# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is known of the stop of one session."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop import Stop, all_forbidden
from ansible_collections.backupops.veeam_em.plugins.module_utils._tasks import EmTask

TASK = EmTask("task-1", "StopJob", "Running", None, None)


def stop_of(state: str | None = "Working", **changes: t.Any) -> Stop:
    session = {"id": "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10", "state": state, "running": state not in (None, "Stopped")}
    return Stop.of({**session, **changes})


@pytest.mark.parametrize("guid", [None, "", "..", "a/../b", "x?y", "x#y"])
def test_what_no_url_can_be_made_for_is_not_stopped(guid: str | None) -> None:
    with pytest.raises(errors.ProtocolViolation, match="no GUID"):
        stop_of(id=guid)


def test_one_that_runs_and_one_that_has_stopped() -> None:
    running, stopped = stop_of(), stop_of("Stopped")
    assert (running.running, running.previous_state, running.msg) == (True, "Working", "")
    assert (stopped.running, stopped.previous_state, stopped.msg) == (False, "Stopped", "It had stopped already.")


@pytest.mark.parametrize(("state", "expected"), [("Working", True), ("Idle", True), ("Stopping", False), ("Stopped", False)])
def test_a_sign_of_being_stopped(state: str, expected: bool) -> None:
    assert stop_of(state).untouched is expected


def test_who_has_still_to_say_something() -> None:
    stop = stop_of()
    assert (stop.undecided, stop.askable) == (False, False)
    stop.task = TASK
    assert (stop.undecided, stop.askable) == (True, True)
    stop.silent = True
    assert (stop.undecided, stop.askable) == (True, False)
    stop.accepted = True
    assert stop.undecided is False


def test_a_refusal_is_a_decision() -> None:
    stop = stop_of()
    stop.task, stop.refusal = TASK, errors.Refused("x")
    assert stop.undecided is False


def test_all_refusals_for_want_of_a_role() -> None:
    forbidden, refused, fine = stop_of(), stop_of(), stop_of()
    forbidden.refusal = errors.PermissionDenied("x")
    refused.refusal = errors.Refused("x")
    assert all_forbidden([forbidden, fine]) is True
    assert all_forbidden([forbidden, refused]) is False
