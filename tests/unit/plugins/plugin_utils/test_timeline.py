# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The timeline: where bars lie, what they look like, which lanes come first."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.plugin_utils._timeline import WIDTH, timeline_of
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import NOW_EPOCH, job_id, session

DAY = 24 * 3600.0


def bars(*sessions: dict[str, t.Any], hours: float = 100) -> list[dict[str, t.Any]]:
    """Return the bars of the only lane over so many hours up to now."""
    (lane,) = timeline_of([("em", sessions)], [], NOW_EPOCH - hours * 3600, NOW_EPOCH)["lanes"]
    return t.cast("list[dict[str, t.Any]]", lane["bars"])


def test_a_bar_reaches_from_start_to_end() -> None:
    (drawn,) = bars(session(50, took=10))
    assert (drawn["x"], drawn["width"], drawn["look"]) == (500.0, 100.0, "success")


def test_a_running_session_reaches_to_the_end_of_the_period() -> None:
    (drawn,) = bars(session(50, None))
    assert (drawn["x"], drawn["width"], drawn["look"]) == (500.0, 500.0, "running")


def test_a_session_that_began_before_the_period_is_cut() -> None:
    (drawn,) = bars(session(150, took=100))
    assert (drawn["x"], drawn["width"]) == (0.0, 500.0)


def test_a_short_session_can_be_seen_also_at_the_end() -> None:
    short, last = bars(session(50, took=0.01), session(0.001, took=0.001))
    assert short["width"] == 2.0
    assert (last["x"], last["width"]) == (WIDTH - 2, 2.0)


def test_sessions_outside_of_the_period_make_no_lane() -> None:
    outside = [session(200, took=10), session(-5, took=1)]
    assert timeline_of([("em", outside)], [], NOW_EPOCH - DAY, NOW_EPOCH)["lanes"] == []


@pytest.mark.parametrize(
    ("result", "look"), [("Success", "success"), ("Warning", "warning"), ("Failed", "failed"), (None, "other"), ("New", "other")]
)
def test_results_have_looks(result: str | None, look: str) -> None:
    assert bars(session(5, result=result))[0]["look"] == look


def test_bars_that_lie_on_each_other_are_one() -> None:
    alike = [session(50 + minute / 60, took=0.01) for minute in range(4)]
    (drawn,) = bars(*alike, hours=1000)
    assert drawn["sessions"] == 4


def test_bars_of_another_look_stay() -> None:
    assert len(bars(session(50, took=0.01), session(50.01, took=0.01, result="Failed"), hours=1000)) == 2


def test_a_bar_says_what_it_is() -> None:
    titles = [drawn["title"] for drawn in bars(session(50, 1.5, "Failed", is_retry=True), session(2, None))]
    assert titles == ["2026-03-08 10:00: Failed, a retry, 1 h 30 min", "2026-03-10 10:00: running, 2 h"]


def test_unhealthy_jobs_come_first_then_names() -> None:
    sessions = [session(5, job=name) for name in ("b", "A", "grave", "graver")]
    unhealthy = [{"em": "em", "job_id": job_id(name), "job_name": name, "verdict": "failed"} for name in ("graver", "grave")]
    lanes = timeline_of([("em", sessions)], unhealthy, NOW_EPOCH - DAY, NOW_EPOCH)["lanes"]
    assert [(lane["name"], lane["verdict"]) for lane in lanes] == [
        ("graver", "failed"),
        ("grave", "failed"),
        ("A", "healthy"),
        ("b", "healthy"),
    ]


def test_of_two_jobs_of_one_name_only_the_unhealthy_one_is_marked() -> None:
    servers = [("vbr01", session(6, 1, "Failed", job_id="1")), ("vbr02", session(5, job_id="2"))]
    sessions = [{**told, "backup_server": {"id": name, "name": name}} for name, told in servers]
    unhealthy = [{"em": "em", "job_id": "1", "job_name": "Daily SQL", "verdict": "failed"}]
    lanes = timeline_of([("em", sessions)], unhealthy, NOW_EPOCH - DAY, NOW_EPOCH)["lanes"]
    assert [(lane["backup_server"], lane["verdict"]) for lane in lanes] == [("vbr01", "failed"), ("vbr02", "healthy")]


def test_sessions_without_a_job_have_a_lane_for_their_kind() -> None:
    sessions = [session(5, job=None, kind="restore"), session(6, job=None, kind="restore"), session(7, job=None, kind="system")]
    lanes = timeline_of([("em", sessions)], [], NOW_EPOCH - DAY, NOW_EPOCH)["lanes"]
    assert [(lane["name"], len(lane["bars"])) for lane in lanes] == [("restore sessions", 2), ("system sessions", 1)]


@pytest.mark.parametrize(("days", "labels"), [(1, ["03-09 12:00", "03-09 15:00"]), (7, ["03-04", "03-05"]), (3650, ["2016-12"])])
def test_ticks_are_few_and_at_full_hours_or_days(days: int, labels: list[str]) -> None:
    ticks = timeline_of([], [], NOW_EPOCH - days * DAY, NOW_EPOCH)["ticks"]
    assert 2 <= len(ticks) <= 11
    assert [tick["label"] for tick in ticks[: len(labels)]] == labels
    assert all(0 <= tick["x"] <= WIDTH for tick in ticks)
    assert len({tick["x"] for tick in ticks}) == len(ticks)
