# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Streaks of failed runs: what counts as one, and what ends them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_streaks import Streak, key_of
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.events import JOB, failed, session


def streak_of(*words: str) -> Streak:
    """Return the streak after sessions with these results, one a minute; a word that begins with + is a retry."""
    streak = Streak()
    for minute, word in enumerate(words):
        result: t.Any = word.lstrip("+") or None
        streak = streak.after(session(minute, minute, minute + 1, result=result, is_retry=word.startswith("+")))
    return streak


@pytest.mark.parametrize(
    ("words", "failures"),
    [
        (["Failed"], 1),
        (["Failed", "Failed"], 2),
        (["Failed", "+Failed", "+Failed"], 1),
        (["Failed", "+Failed", "Failed", "+Failed"], 2),
        (["Failed", "+Success"], 0),
        (["Failed", "+Warning"], 0),
        (["Failed", "Failed", "Success"], 0),
        (["Failed", "Success", "Failed"], 1),
        # the first session of the run was before our time
        (["+Failed"], 1),
        (["Success", "+Failed"], 1),
        # a result that says nothing, as when EM has a new word
        (["Failed", ""], 1),
        (["Failed", "Odd", "Failed"], 2),
    ],
)
def test_a_run_and_its_retries_are_one_failure_which_a_success_ends(words: list[str], failures: int) -> None:
    assert streak_of(*words).failures == failures


def test_a_session_that_comes_late_does_not_count_after_a_later_one() -> None:
    succeeded = Streak().after(session(2, 5, 6))
    assert succeeded.after(failed(1, 1)) == succeeded


def test_the_same_session_does_not_count_twice() -> None:
    once = Streak().after(failed(1, 1))
    assert once.after(failed(1, 1)) == once


def test_it_is_due_once_when_enough_runs_have_failed() -> None:
    assert not streak_of("Failed").is_due(2)
    assert streak_of("Failed", "Failed").is_due(2)
    assert streak_of("Failed", "Failed", "Failed").is_due(2)
    assert not streak_of("Failed", "Failed")._replace(told=True).is_due(2)


def test_after_a_success_it_can_be_due_again() -> None:
    told = streak_of("Failed", "Failed")._replace(told=True)
    again = told.after(session(8, 8, 9)).after(failed(9, 9)).after(failed(10, 10))
    assert again.is_due(2)


def test_it_belongs_to_the_job_or_the_policy() -> None:
    assert key_of(session()) == JOB
    assert key_of({"policy_id": "p"}) == "p"
    assert key_of({"vm_name": "sql01"}) is None


def test_the_session_of_a_machine_below_that_of_its_agent_job_belongs_to_none() -> None:
    assert key_of(session(parent_id="3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10")) is None
