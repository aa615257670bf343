# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.times import (
    iso_time,
    name_time,
    parse_filter_time,
    parse_given_time,
    sql_time,
)

WHOLE = datetime(2025, 8, 6, 5, 7, 38, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("microsecond", "element", "name"),
    [
        (0, "05:07:38Z", "05:07:38"),
        (500000, "05:07:38.5Z", "05:07:38"),
        (640000, "05:07:38.64Z", "05:07:38"),
        (607000, "05:07:38.607Z", "05:07:38"),
        (123400, "05:07:38.1234Z", "05:07:38.1234"),
        (399120, "05:07:38.39912Z", "05:07:38.39912"),
        (45, "05:07:38.000045Z", "05:07:38.000045"),
    ],
)
def test_trailing_zeros_are_dropped(microsecond: int, element: str, name: str) -> None:
    when = WHOLE.replace(microsecond=microsecond)
    assert iso_time(when) == f"2025-08-06T{element}"
    assert name_time(when) == f"2025-08-06 {name}"


@pytest.mark.parametrize(("hour", "expected"), [(0, "12:07AM"), (3, " 3:07AM"), (12, "12:07PM"), (15, " 3:07PM"), (22, "10:07PM")])
def test_sql_server_pads_with_blanks(hour: int, expected: str) -> None:
    assert sql_time(WHOLE.replace(hour=hour)) == f"Aug  6 2025 {expected}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-08-06T05:07:38Z", WHOLE),
        ("2025-08-06T05:07:38", WHOLE),
        ("2025-08-06t05:07:38z", WHOLE),
        ("2025-08-06", WHOLE.replace(hour=0, minute=0, second=0)),
        ("2025-08-06T05:07:38.22142Z", WHOLE.replace(microsecond=221420)),
        ("2025-08-06T05:07:38.1234567Z", WHOLE.replace(microsecond=123456)),
    ],
)
def test_times_in_filters(text: str, expected: datetime) -> None:
    assert parse_filter_time(text) == expected


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025-08-06T05:07", "2025-08-06T05:07:38+02:00", "2025-13-06", "06.08.2025", "2025-8-6"]
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|does not match"):
        parse_filter_time(text)


def test_given_times_may_have_any_offset() -> None:
    assert parse_given_time("2025-08-06T07:07:38+02:00") == WHOLE
    assert parse_given_time("2025-08-06T05:07:38Z") == WHOLE
    assert parse_given_time(WHOLE.replace(tzinfo=None)) == WHOLE
    assert parse_given_time(WHOLE.astimezone(timezone(timedelta(hours=5)))) == WHOLE
