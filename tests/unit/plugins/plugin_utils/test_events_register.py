# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an event source knows, and what it forgets."""

from __future__ import annotations

import json

from ansible_collections.backupops.veeam_em.plugins.module_utils._values import text_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_register import OVERLAP, Known, Register, register_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_streaks import Streak
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.events import BEGIN, JOB, at, failed, guid, session

HOUR = 60


def test_what_it_knows_survives_as_json() -> None:
    register = Register(BEGIN)
    register.tell(session(1), "started")
    register.conclude(failed(2), at(3))
    register.finish_look(at(3))
    content = {"kinds": ["backup"], **register.content()}
    assert register_of(json.loads(json.dumps(content))) == register


def test_the_first_look_reads_from_the_beginning_and_a_later_one_reaches_back_before_the_one_before_it() -> None:
    register = Register(BEGIN)
    assert register.ended_after == BEGIN
    register.finish_look(at(1))
    assert register.ended_after == BEGIN
    register.finish_look(at(5 * HOUR))
    assert register.ended_after == at(5 * HOUR - OVERLAP / 60)


def test_a_session_that_began_before_the_first_look_has_started_before() -> None:
    register = Register(BEGIN)
    assert register.known(session(1, begun=-1)).told == ("started",)
    assert register.known(session(1, begun=0)).told == ()
    assert register.known(session(1, begun=1)).told == ()
    assert register.known({**session(1), "creation_time": None}).told == ("started",)


def test_a_fraction_of_a_second_after_the_beginning_is_after_it() -> None:
    assert Register(BEGIN).known(session(1, creation_time="2026-03-01T20:00:00.5Z")).told == ()


def test_what_is_told_is_remembered_until_the_session_is_over() -> None:
    register = Register(BEGIN)
    running = session(1)
    register.tell(running, "started")
    register.conclude(running, at(2))
    assert register.known(running) == Known("backup", told=("started",))
    register.conclude(session(1, 1, 3), at(4))
    assert register.known(running) == Known("backup", over=True, until=at(4))


def test_a_session_that_was_seen_running_and_is_not_to_be_seen_is_looked_for() -> None:
    register = Register(BEGIN)
    for number in (1, 2):
        register.conclude(session(number), at(2))
    register.conclude(session(3, 1, 2), at(2))
    assert register.lost({session(1)["uid"]}) == {"backup": [guid(2)]}


def test_a_session_that_em_has_deleted_is_forgotten() -> None:
    register = Register(BEGIN)
    register.conclude(session(1), at(2))
    register.drop({guid(1)})
    assert register.lost(()) == {}


def test_it_forgets_what_no_look_to_come_can_bring_again() -> None:
    register = Register(BEGIN)
    for hour in range(100):
        register.conclude(session(hour, hour * HOUR, hour * HOUR + 1), at(hour * HOUR + 2))
        register.finish_look(at(hour * HOUR + 2))
    kept = {known.until for known in register.sessions.values()}
    assert kept == {at(hour * HOUR + 2) for hour in (97, 98, 99)}
    assert min(kept) == register.ended_after


def test_it_keeps_what_runs_however_long() -> None:
    register = Register(BEGIN)
    register.conclude(session(1), at(2))
    register.finish_look(at(1000 * HOUR))
    assert list(register.sessions) == [session(1)["uid"]]


def test_a_session_that_ended_without_a_time_is_kept_from_when_it_was_seen() -> None:
    register = Register(BEGIN)
    register.conclude({**session(1, 1, 2), "end_time": None}, at(30))
    register.finish_look(at(30))
    assert register.sessions[session(1)["uid"]].until == at(30)


def test_a_session_of_a_backup_server_whose_clock_is_ahead_is_kept_for_longer() -> None:
    register = Register(BEGIN)
    register.conclude(session(1, 1, 5 * HOUR), at(2))
    register.finish_look(at(6 * HOUR))
    assert register.known(session(1)).over


def test_a_session_that_is_seen_again_and_again_is_not_kept_for_longer() -> None:
    register = Register(BEGIN)
    for minute in (3, HOUR, 2 * HOUR):
        register.conclude(session(1, 1, 2), at(minute))
    register.finish_look(at(2 * HOUR + 10))
    assert register.sessions == {}


def test_a_session_that_was_found_late_is_kept_as_well() -> None:
    register = Register(BEGIN)
    register.conclude(session(1, 1, 2), at(9 * HOUR))
    register.finish_look(at(9 * HOUR))
    assert register.known(session(1)).over


def test_a_session_that_is_over_and_runs_again_is_kept_for_as_long_as_it_is_seen() -> None:
    register = Register(BEGIN)
    register.conclude(session(1, 1, 2), at(3))
    for hour in range(1, 20):
        register.conclude(session(1, 1), at(hour * HOUR))
        register.finish_look(at(hour * HOUR))
        assert register.known(session(1)).over
    assert register.lost(()) == {}


def test_a_failure_counts_when_all_is_told_of_the_session_and_once() -> None:
    register = Register(BEGIN)
    for dummy in range(3):
        register.conclude(failed(1), at(3))
    assert register.streaks == {JOB: Streak(1, at(1))}


def test_it_remembers_that_a_job_was_told_to_fail_persistently() -> None:
    register = Register(BEGIN)
    register.conclude(failed(1, 1), at(9))
    register.tell(failed(2, 5), "persistently_failed")
    register.conclude(failed(2, 5), at(9))
    register.conclude(failed(3, 7), at(9))
    assert register.streaks == {JOB: Streak(3, at(7), True)}


def test_it_forgets_good_jobs_soon_and_failing_ones_when_they_are_gone_for_good() -> None:
    register = Register(BEGIN)
    register.conclude(session(1, 1, 2, job_id="good"), at(3))
    register.conclude(failed(2, 1, job_id="bad"), at(3))
    register.finish_look(at(3))
    assert set(register.streaks) == {"good", "bad"}
    register.finish_look(at(3 * HOUR))
    assert set(register.streaks) == {"bad"}
    register.finish_look(text_of(1772395200 + 500 * 86400))
    assert register.streaks == {}
