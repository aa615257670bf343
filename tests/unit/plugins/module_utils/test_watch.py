# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looking again and again: when it is quiet, for how long, and when time is up."""

from __future__ import annotations

import time
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._watch import Watch, patience


class Time:
    """A client that never sleeps, and its clock."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds


def session(name: str) -> dict[str, t.Any]:
    return {"uid": name, "name": name}


def watching(looks: t.Sequence[t.Any], **settings: t.Any) -> tuple[Watch, Time]:
    """Return a watch to which each look shows these names, the last ones for ever; an error is raised."""
    clock, left = Time(), list(looks)

    def look() -> list[dict[str, t.Any]]:
        seen = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(seen, Exception):
            raise seen
        return [session(name) for name in seen]

    chosen: t.Any = {"interval": 10, "stable_for": 0, "timeout": 60, **settings}
    return Watch(t.cast("t.Any", clock), look, clock=clock, **chosen), clock


def counts(watch: Watch) -> list[int]:
    return [entry["running"] for entry in watch.history]


def test_it_is_over_when_nothing_runs() -> None:
    watch, clock = watching([""])
    assert watch.until_quiet()
    assert (clock.pauses, watch.waited, counts(watch)) == ([], 0, [0])


def test_it_looks_again_after_each_interval() -> None:
    watch, clock = watching(["ab", "ab", "b", ""])
    assert watch.until_quiet()
    assert (clock.pauses, watch.waited, counts(watch)) == ([10, 10, 10], 30, [2, 1, 0])
    assert [entry["time"] for entry in watch.history] == ["1970-01-01T00:16:40Z", "1970-01-01T00:17:00Z", "1970-01-01T00:17:10Z"]


def test_one_that_takes_the_place_of_another_is_a_change() -> None:
    watch, dummy = watching(["a", "b", ""])
    assert watch.until_quiet()
    assert counts(watch) == [1, 1, 0]


def test_time_is_up_after_a_last_look() -> None:
    watch, clock = watching(["a"], timeout=25)
    assert not watch.until_quiet()
    assert (clock.pauses, watch.waited) == ([10, 10, 5], 25)
    assert [running["name"] for running in watch.running] == ["a"]


def test_the_last_look_counts() -> None:
    watch, dummy = watching(["a", "a", "a", ""], timeout=25)
    assert watch.until_quiet()


def test_without_time_there_is_one_look() -> None:
    watch, clock = watching(["a"], timeout=0)
    assert not watch.until_quiet()
    assert clock.pauses == []
    assert watching([""], timeout=0)[0].until_quiet()


def test_it_has_to_be_quiet_for_a_while() -> None:
    watch, clock = watching(["a", ""], stable_for=25)
    assert watch.until_quiet()
    assert (clock.pauses, counts(watch)) == ([10, 10, 10, 5], [1, 0])


def test_what_starts_meanwhile_begins_the_while_anew() -> None:
    watch, clock = watching(["", "", "a", ""], stable_for=25)
    assert watch.until_quiet()
    assert (clock.pauses, counts(watch)) == ([10, 10, 10, 10, 10, 5], [0, 1, 0])


def test_the_while_has_to_be_over_in_time() -> None:
    watch, dummy = watching(["a", "a", ""], stable_for=30, timeout=45)
    assert not watch.until_quiet()
    assert watch.running == []


def test_no_interval_is_not_no_pause() -> None:
    watch, clock = watching(["a", "a", ""], interval=0)
    assert watch.until_quiet()
    assert clock.pauses == [0.1, 0.1]


@pytest.mark.parametrize("kind", [errors.ConnectionFailed, errors.TimedOut, errors.ServerFailed])
def test_a_moment_without_em_does_not_end_the_wait(kind: type[errors.EmError]) -> None:
    watch, dummy = watching(["a", kind("away"), ""])
    assert watch.until_quiet()
    assert counts(watch) == [1, 0]


def test_a_moment_without_em_is_not_a_quiet_one() -> None:
    watch, clock = watching(["", errors.ConnectionFailed("away"), ""], stable_for=25)
    assert watch.until_quiet()
    assert clock.pauses == [10, 10, 10, 10, 5]


def test_an_outage_at_the_end_of_the_wait_is_its_end() -> None:
    watch, dummy = watching(["a", errors.ConnectionFailed("away")])
    with pytest.raises(errors.ConnectionFailed):
        watch.until_quiet()
    assert watch.waited >= 50


@pytest.mark.parametrize(
    "kind", [errors.AuthenticationFailed, errors.PermissionDenied, errors.ProtocolViolation, errors.BadRequest]
)
def test_other_errors_end_the_wait(kind: type[errors.EmError]) -> None:
    watch, dummy = watching(["a", kind("no")])
    with pytest.raises(kind):
        watch.until_quiet()
    with pytest.raises(kind), patience(1, time.monotonic() + 1000):
        raise kind("no")


def test_a_logon_session_does_not_idle_for_too_long() -> None:
    watch, clock = watching(["a", "a", ""], interval=5000, timeout=10000)
    assert watch.until_quiet()
    assert clock.pauses == [600, 600]


def test_the_first_look_has_no_patience() -> None:
    watch, dummy = watching([errors.ConnectionFailed("away"), ""])
    with pytest.raises(errors.ConnectionFailed):
        watch.until_quiet()
