# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which events a session makes, and what they say."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_due import Due
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_register import Register
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.events import (
    BEGIN,
    JOB,
    at,
    failed,
    guid,
    session,
    wishes,
)

DAY = 24 * 60


def names(seen: dict[str, t.Any], register: Register | None = None, **given: t.Any) -> list[str]:
    """Return the names of the events that a session makes."""
    return Due(wishes(**given)).names(seen, register or Register(BEGIN))


def told(register: Register, *sessions: dict[str, t.Any], **given: t.Any) -> list[str]:
    """Return the names of the events of sessions that are seen one after the other, each told before the next."""
    due, found = Due(wishes(**given)), []
    for seen in sessions:
        for name in due.names(seen, register):
            found.append(name)
            register.tell(seen, name)
        register.conclude(seen, at(1))
    return found


def test_a_session_that_runs_has_started() -> None:
    assert names(session(1)) == ["started"]


@pytest.mark.parametrize(
    ("result", "more"), [("Success", []), ("Warning", ["warning"]), ("Failed", ["failed"]), (None, []), ("Odd", [])]
)
def test_a_session_that_is_over_has_finished_and_its_result_can_be_an_event_too(result: str | None, more: list[str]) -> None:
    assert names(session(1, 1, 2, result=result)) == ["started", "finished", *more]


def test_a_result_that_comes_before_the_end_is_no_event() -> None:
    assert names(session(1, result="Failed")) == ["started"]


def test_what_began_before_the_first_look_has_not_started_but_finishes() -> None:
    assert names(session(1, -5)) == []
    assert names(failed(1, -0.5)) == ["finished", "failed"]


def test_each_event_comes_once() -> None:
    register = Register(BEGIN)
    seen = [session(1), session(1), failed(1), failed(1), session(1), failed(1)]
    assert told(register, *seen) == ["started", "finished", "failed"]


def test_what_was_told_before_a_kill_is_not_told_again() -> None:
    register = Register(BEGIN)
    register.tell(failed(1), "started")
    register.tell(failed(1), "finished")
    assert names(failed(1), register) == ["failed"]


def test_a_session_that_takes_too_long_is_told_once_while_it_runs() -> None:
    register = Register(BEGIN)
    long = session(1, duration=3601)
    assert told(register, session(1), long, long, max_duration="1h") == ["started", "over_running"]
    assert told(register, session(1, 1, 90), max_duration="1h") == ["finished"]


def test_a_session_that_took_too_long_while_nobody_looked_is_told_as_well() -> None:
    assert names(session(1, 1, 90), max_duration="1h") == ["started", "over_running", "finished"]


def test_as_long_as_it_may_take_is_not_too_long() -> None:
    assert names(session(1, duration=3600), max_duration="1h") == ["started"]


def test_without_max_duration_nothing_takes_too_long() -> None:
    assert names(session(1, duration=10**9)) == ["started"]


@pytest.mark.parametrize(
    "values",
    [
        {"job_type": "BackupCopy"},
        {"job_type": "ImmediateBackupCopy"},
        {"kind": "cdp_replica"},
        {"kind": "cdp_replica_task"},
        {"state": "Idle"},
    ],
)
def test_a_session_that_is_meant_to_run_on_does_not_take_too_long(values: dict[str, t.Any]) -> None:
    assert names(session(1, duration=10**6, **values), max_duration="1h") == ["started"]


def test_a_session_without_a_duration_does_not_take_too_long() -> None:
    assert names(session(1, duration=None), max_duration="1h") == ["started"]


def test_a_job_fails_persistently_when_enough_runs_failed() -> None:
    first, second, third = (failed(number, number * DAY) for number in (1, 2, 3))
    register = Register(BEGIN)
    assert told(register, first) == ["started", "finished", "failed"]
    assert told(register, second) == ["started", "finished", "failed", "persistently_failed"]
    assert told(register, third) == ["started", "finished", "failed"]


def test_retries_are_the_same_run() -> None:
    register = Register(BEGIN)
    run = [failed(number, number, is_retry=number > 1) for number in (1, 2, 3)]
    assert "persistently_failed" not in told(register, *run)


def test_a_success_is_no_persistent_failure_even_where_one_would_be_due() -> None:
    register = Register(BEGIN)
    told(register, failed(1, 1), failed(2, 5), persistent_after=3)
    for result in ("Success", None):
        assert names(session(3, 9, 10, result=result), register, persistent_after=1) == ["started", "finished"]


def test_after_a_success_a_job_can_fail_persistently_again() -> None:
    register = Register(BEGIN)
    sessions = [failed(1, 1), failed(2, 5), session(3, 9, 10), failed(4, 13), failed(5, 17)]
    assert told(register, *sessions).count("persistently_failed") == 2


def test_an_event_is_flat_and_says_it_all() -> None:
    event = Due(wishes()).event(failed(7), "failed", Register(BEGIN))
    assert event == {
        "event": "failed",
        "em": "em.example.com",
        "kind": "backup",
        "id": guid(7),
        "name": "SQL Backup@7",
        "job_id": JOB,
        "job_name": "SQL Backup",
        "job_type": "Backup",
        "state": "Stopped",
        "result": "Failed",
        "creation_time": at(1),
        "end_time": at(2),
        "duration": 60,
        "message": "Not enough space",
    }


def test_a_persistent_failure_says_how_many_there_were() -> None:
    register = Register(BEGIN)
    register.conclude(failed(1, 1), at(9))
    event = Due(wishes()).event(failed(2, 5), "persistently_failed", register)
    assert event is not None
    assert event["failures"] == 2


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"policy_id": "p", "policy_name": "Tier 1", "policy_type": "CdpReplica"}, ("p", "Tier 1", "CdpReplica", None)),
        ({"reason": "No space", "vm_name": "sql01"}, (None, None, None, "No space")),
        ({"session_type": "CollectJob", "message": "No server"}, (None, None, "CollectJob", "No server")),
    ],
)
def test_each_kind_says_in_the_same_keys_what_it_has(values: dict[str, t.Any], expected: tuple[t.Any, ...]) -> None:
    common = ("kind", "id", "uid", "name", "state", "result", "running", "creation_time", "end_time", "duration")
    seen = {**{key: session(1)[key] for key in common}, **values}
    event = Due(wishes()).event(seen, "started", Register(BEGIN))
    assert event is not None
    assert tuple(event[key] for key in ("job_id", "job_name", "job_type", "message")) == expected


def test_only_the_events_that_are_wanted_are_delivered() -> None:
    due = Due(wishes(events=["failed"]))
    assert due.event(failed(1), "failed", Register(BEGIN)) is not None
    assert due.event(failed(1), "finished", Register(BEGIN)) is None


@pytest.mark.parametrize(
    ("patterns", "wanted"),
    [(["SQL *"], True), (["sql *"], True), (["Web *", "S?L Backup"], True), (["SQL"], False), (["[RS]QL*"], True)],
)
def test_only_the_jobs_that_are_wanted_are_delivered(patterns: list[str], wanted: bool) -> None:
    event = Due(wishes(job_name=patterns)).event(failed(1), "failed", Register(BEGIN))
    assert (event is not None) == wanted


def test_a_name_with_brackets_fits_itself() -> None:
    told = {**failed(1), "job_name": "SQL [prod]"}
    assert Due(wishes(job_name=["SQL [prod]"])).event(told, "failed", Register(BEGIN)) is not None


def test_a_session_without_a_job_fits_no_pattern() -> None:
    event = Due(wishes(job_name=["SQL*"])).event({**failed(1), "job_name": None}, "failed", Register(BEGIN))
    assert event is None
