# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patience with an EM that is away: what is waited through, for how long, and what is said of it."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_patience import LONGEST_PAUSE, Patience

GONE = errors.ConnectionFailed("Nothing listens on em:9398.")


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def patience(interval: float = 60, answered: bool = True) -> tuple[Patience, Clock]:
    """Return the patience with an EM, which has answered before or never yet."""
    clock = Clock()
    made = Patience("em.example.com", interval, clock)
    if answered:
        assert made.after_success() is None
    return made, clock


def test_the_pauses_grow_and_have_a_cap() -> None:
    bearing, dummy = patience()
    pauses = [bearing.after_failure(GONE)[0] for dummy in range(9)]
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert max(pauses) == LONGEST_PAUSE


def test_the_first_pause_is_no_longer_than_the_interval() -> None:
    bearing, dummy = patience(interval=1)
    assert [bearing.after_failure(GONE)[0] for dummy in range(3)] == [1, 2, 4]


def test_one_line_says_that_it_is_away_and_one_that_it_is_back() -> None:
    bearing, clock = patience()
    said = [bearing.after_failure(GONE)[1] for dummy in range(3)]
    assert said == [
        "Enterprise Manager em.example.com is away, and is asked again until it is back: Nothing listens on em:9398.",
        None,
        None,
    ]
    clock.seconds += 75
    assert bearing.after_success() == "Enterprise Manager em.example.com is back after 75 s."
    assert bearing.after_success() is None


def test_each_time_that_it_goes_begins_anew() -> None:
    bearing, dummy = patience()
    for word in (GONE,) * 4:
        bearing.after_failure(word)
    bearing.after_success()
    pause, said = bearing.after_failure(GONE)
    assert pause == 5
    assert said is not None


@pytest.mark.parametrize("kind", [errors.ConnectionFailed, errors.TimedOut, errors.ConnectTimedOut, errors.ServerFailed])
@pytest.mark.parametrize("answered", [True, False])
def test_what_time_can_mend_is_waited_through_from_the_start(kind: type[errors.EmError], answered: bool) -> None:
    bearing, dummy = patience(answered=answered)
    assert bearing.after_failure(kind("no"))[0] > 0


@pytest.mark.parametrize("kind", [errors.TlsFailed, errors.ProtocolViolation, errors.NotFound])
def test_what_looks_like_a_wrong_server_is_waited_through_where_it_was_the_right_one_before(kind: type[errors.EmError]) -> None:
    bearing, dummy = patience(answered=True)
    assert bearing.after_failure(kind("no"))[0] > 0
    stranger, dummy = patience(answered=False)
    with pytest.raises(kind):
        stranger.after_failure(kind("no"))


@pytest.mark.parametrize(
    "kind", [errors.BadRequest, errors.AuthenticationFailed, errors.PermissionDenied, errors.MissingLibrary, OSError]
)
@pytest.mark.parametrize("answered", [True, False])
def test_what_no_time_mends_ends_the_source(kind: type[Exception], answered: bool) -> None:
    bearing, dummy = patience(answered=answered)
    with pytest.raises(kind):
        bearing.after_failure(kind("no"))
