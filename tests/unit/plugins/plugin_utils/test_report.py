# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report: its figures against those that a planned set of sessions must give."""

from __future__ import annotations

import random
import typing as t
from collections import Counter

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._values import epoch_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._report import Source, report_of, sessions_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._rules import rulebook_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.unit import support
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import NOW_EPOCH, before, resource, session

HOUR = 3600.0


def report(*sources: Source, kinds: t.Sequence[str] = ("backup", "replica", "restore"), **asked: t.Any) -> dict[str, t.Any]:
    """Return the report of the week before NOW."""
    return report_of(sources, kinds, rulebook_of(**asked), NOW_EPOCH - 168 * HOUR, NOW_EPOCH)


@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_those_of_the_plan(seed: int) -> None:
    """Each job of the plan makes runs; each run is a list of results, the first session's and its retries'."""
    dice = random.Random(seed)
    outcomes = ["S", "S", "S", "W", "F", "FS", "FFW", "FF", "R", "FR"]
    plan = {f"Job {number}": [dice.choice(outcomes) for dummy in range(dice.randint(1, 6))] for number in range(12)}
    words = {"S": "Success", "W": "Warning", "F": "Failed"}
    with MockEm(Settings(dataset="empty")) as em:
        for place, (job, runs) in enumerate(plan.items()):
            for when, run in enumerate(runs):
                for retry, letter in enumerate(run):
                    began = -(150 - when * 24 - retry * 2 - place / 10) * HOUR
                    ended: dict[str, t.Any] = {"state": "Stopped", "result": words.get(letter), "end_time": began + HOUR}
                    state = {"state": "Working", "result": None} if letter == "R" else ended
                    em.add_session(
                        job_id=f"{place:08}-0000-4000-8000-000000000000",
                        job_name=job,
                        creation_time=began,
                        is_retry=retry > 0,
                        **state,
                    )
        read = support.sessions_of(em)
        now = epoch_of(support.read_info(em, limit=1).result["summary"]["newest"]) or 0.0
    letters = Counter("".join(run for runs in plan.values() for run in runs))
    finished = [run for runs in plan.values() for run in runs if "R" not in run]
    totals = report_of([Source("em", read)], ["backup"], rulebook_of(), now - 168 * HOUR, now + 24 * HOUR)["totals"]
    assert totals["sessions"] == sum(letters.values())
    assert (totals["success"], totals["warning"], totals["failed"], totals["running"], totals["other"]) == (
        letters["S"],
        letters["W"],
        letters["F"],
        letters["R"],
        0,
    )
    assert (totals["runs"], totals["runs_ok"]) == (len(finished), sum(run[-1] in "SW" for run in finished))
    assert totals["success_rate"] == round(100 * totals["runs_ok"] / totals["runs"], 1)
    assert totals["jobs"] == len(plan)


def test_the_rate_is_never_above_all_because_of_retries() -> None:
    sessions = [session(5, 1, "Failed"), *(session(hours, is_retry=True) for hours in (4, 3, 2))]
    totals = report(Source("em", sessions))["totals"]
    assert (totals["runs"], totals["runs_ok"], totals["success_rate"]) == (1, 1, 100.0)


def test_without_a_finished_run_there_is_no_rate() -> None:
    assert report(Source("em", [session(5, None)]))["totals"]["success_rate"] is None


def test_each_kind_has_its_figures_and_sessions_without_a_job_are_runs() -> None:
    sessions = [session(5), session(6, 1, "Failed", job=None, kind="restore"), session(7, job=None, kind="restore")]
    backup, replica, restore = report(Source("em", sessions))["families"]
    assert (backup["title"], backup["sessions"], backup["success_rate"]) == ("backup job sessions", 1, 100.0)
    assert (replica["sessions"], replica["success_rate"]) == (0, None)
    assert (restore["sessions"], restore["failed"], restore["runs"], restore["success_rate"]) == (2, 1, 2, 50.0)


def test_a_session_that_was_read_as_two_kinds_counts_once_in_all() -> None:
    twice = session(5, job_type="AgentBackup")
    found = report(Source("em", [twice, {**twice, "kind": "agent_backup"}]), kinds=["backup", "agent_backup"])
    assert found["totals"]["sessions"] == 1
    assert [family["sessions"] for family in found["families"]] == [1, 1]


def test_what_needs_attention_comes_from_all_of_them_the_gravest_first() -> None:
    stale, failed = Source("a", [session(100)]), Source("b", [session(5, 1, "Failed")])
    found = report(stale, failed, max_age="26h")
    assert [(job["em"], job["verdict"]) for job in found["attention"]] == [("b", "failed"), ("a", "stale")]
    assert (found["totals"]["unhealthy"], found["totals"]["jobs"]) == (2, 2)
    assert [lane["em"] for lane in found["timeline"]["lanes"]] == ["b", "a"]


def test_older_sessions_are_judged_and_not_counted() -> None:
    found = report(Source("em", [], earlier=[session(400)], jobs=[resource("Daily SQL"), resource("New")]), max_age="26h")
    assert found["totals"]["sessions"] == 0
    assert [(job["job_name"], job["verdict"]) for job in found["jobs"]] == [("New", "never_ran"), ("Daily SQL", "stale")]


def test_one_that_could_not_be_read_is_named() -> None:
    found = report(Source("a", [session(5)]), Source("b", (), error="Nothing listens"))
    assert found["ems"] == [
        {"em": "a", "sessions": 1, "error": None, "notes": []},
        {"em": "b", "sessions": 0, "error": "Nothing listens", "notes": []},
    ]
    assert (found["totals"]["ems"], found["totals"]["ems_unread"]) == (2, 1)


def test_two_that_have_the_same_name_lose_nothing() -> None:
    """As with a variable for all hosts of a play."""
    found = report(Source("em", [session(5, 1, "Failed", job="A")]), Source("em", [session(5, job="B")]))
    assert (found["totals"]["jobs"], found["totals"]["unhealthy"], found["families"][0]["sessions"]) == (2, 1, 2)
    assert [lane["name"] for lane in found["timeline"]["lanes"]] == ["A", "B"]


def test_failures_say_whose_they_are() -> None:
    found = report(Source("a", [session(5, 1, "Failed")]))
    assert [(failure["em"], failure["job_name"]) for failure in found["failures"]] == [("a", "Daily SQL")]


@pytest.mark.parametrize(("error", "kept"), [(None, None), ("", None), ("Nothing listens", "Nothing listens")])
def test_what_a_playbook_tells_may_have_an_empty_error(error: str | None, kept: str | None) -> None:
    assert Source.of({"em": "a", "sessions": [], "error": error}).error == kept


def test_each_is_judged_by_its_own_clock() -> None:
    late = Source("late", [session(5)], now=before(-100))
    found = report(Source("same", [session(5)]), late, max_age="26h")
    assert {job["em"]: job["verdict"] for job in found["jobs"]} == {"same": "healthy", "late": "stale"}


def test_all_sessions_are_told_the_newest_first() -> None:
    sources = [Source("a", [session(5), session(50)]), Source("b", [session(20)])]
    assert [told["em"] for told in sessions_of(sources)] == ["a", "b", "a"]
