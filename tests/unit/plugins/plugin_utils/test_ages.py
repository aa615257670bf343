# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ages as people write them and as they are told."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _ages


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90m", 5400), ("24h", 86400), ("7d", 604800), ("2w", 1209600), ("30s", 30), ("30", 30), (30, 30), (" 1.5 H ", 5400), (0, 0)],
)
def test_an_age_is_so_many_seconds(text: t.Any, seconds: float) -> None:
    assert _ages.seconds_of(text, "max_age") == seconds


@pytest.mark.parametrize("text", ["soon", "", "-1h", "1y", "1h 30m", None, True, [1]])
def test_what_is_no_age_is_refused_by_the_name_of_its_option(text: t.Any) -> None:
    with pytest.raises(
        ValueError, match=r"^max_age has .*, which is neither a number of seconds nor an age such as 90m, 24h or 7d\.$"
    ):
        _ages.seconds_of(text, "max_age")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (-5, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (5400, "1 h 30 min"),
        (86400, "1 d"),
        (86400 + 1800, "1 d"),
        (93600, "1 d 2 h"),
    ],
)
def test_seconds_are_told_in_the_two_largest_units(seconds: float, words: str) -> None:
    assert _ages.spoken(seconds) == words
