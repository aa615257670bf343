# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Times and ids."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.backupops.veeam_em.plugins.module_utils import _values as values

GUID = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
NOW = 1_772_582_400.75  # 2026-03-04T00:00:00.75Z

UTC_TEXTS = [
    ("2026-03-03T21:15:00Z", "2026-03-03T21:15:00Z"),
    ("2026-03-03t21:15:00z", "2026-03-03T21:15:00Z"),
    ("2026-03-03T21:15:00", "2026-03-03T21:15:00Z"),
    ("2026-03-03 21:15:00", "2026-03-03T21:15:00Z"),
    ("2026-03-03T21:15", "2026-03-03T21:15:00Z"),
    ("2026-03-03", "2026-03-03T00:00:00Z"),
    (" 2026-03-03T21:15:00Z\n", "2026-03-03T21:15:00Z"),
    ("2026-03-03T21:15:00+00:00", "2026-03-03T21:15:00Z"),
    ("2026-03-03T21:15:00-00:00", "2026-03-03T21:15:00Z"),
    ("2026-03-03T21:15:00+02:00", "2026-03-03T19:15:00Z"),
    ("2026-03-03T21:15:00+0530", "2026-03-03T15:45:00Z"),
    ("2026-03-03T21:15:00-08", "2026-03-04T05:15:00Z"),
    ("2026-03-03T21:15:00 +02:00", "2026-03-03T19:15:00Z"),
    ("2026-01-01T00:30:00.25+01:00", "2025-12-31T23:30:00.25Z"),
    ("2024-02-29T23:59:59-00:01", "2024-03-01T00:00:59Z"),
    ("2026-03-03T21:15:00,5Z", "2026-03-03T21:15:00.5Z"),
]
NO_TIMES = ["", "now", "yesterday", "2026-3-3", "2026-03-03T21", "03.03.2026", "2026-03-03T21:15:00.Z", "2026-03-03T21:15:00+2"]


@pytest.mark.parametrize(("text", "expected"), UTC_TEXTS)
def test_every_form_of_a_time_becomes_the_one_form(text: str, expected: str) -> None:
    assert values.utc_text(text) == expected


@pytest.mark.parametrize("digits", range(1, 10))
@pytest.mark.parametrize("zone", ["Z", "", "+01:00"])
def test_the_fraction_stays_digit_by_digit(digits: int, zone: str) -> None:
    fraction = "120450789"[:digits]
    hour = "20" if zone == "+01:00" else "21"
    assert values.utc_text(f"2026-03-03T21:15:00.{fraction}{zone}") == f"2026-03-03T{hour}:15:00.{fraction}Z"


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00Z", "1753-01-01T00:00:00Z", "1900-01-01T00:00:00", "0001-01-01T00:00:00.000Z"]
)
def test_dates_that_stand_for_not_set_are_none(text: str) -> None:
    assert values.utc_text(text) is None


@pytest.mark.parametrize("text", NO_TIMES)
def test_text_that_is_no_time_stays_as_it_is(text: str) -> None:
    assert values.utc_text(text) == text


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59.9999999-05:00", "2026-02-30T10:00:00+02:00", "2026-01-01T25:00:00+02:00"])
def test_a_time_that_no_calendar_has_is_never_an_error(text: str) -> None:
    """A server may send its greatest date with an offset; reading must not end there."""
    assert values.utc_text(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"urn:veeam:BackupJobSession:{GUID}", GUID),
        (GUID.upper(), GUID),
        (f"https://em.invalid:9398/api/backupSessions/{GUID}?format=Entity", GUID),
        (f"https://em.invalid:9398/api/backupSessions/{GUID}/", GUID),
        (f"/api/restorePoints/{GUID}?format=Entity&x=a/b", GUID),
    ],
)
def test_the_guid_of_a_uid_or_an_href(text: str, expected: str) -> None:
    assert values.guid_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GUID, (None, GUID)),
        (f"  {GUID.upper()}\n", (None, GUID)),
        (f"urn:veeam:BackupJobSession:{GUID}", ("BackupJobSession", GUID)),
        (f"URN:VEEAM:backupjobsession:{GUID.upper()}", ("backupjobsession", GUID)),
    ],
)
def test_ids_that_people_give(text: str, expected: tuple[str | None, str]) -> None:
    assert values.parse_id(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "task-1", GUID[:-1], f"{GUID}0", f"{{{GUID}}}", f"urn:VMware:Vm:{GUID}.vm-1", f"{GUID};Name==x", GUID.replace("-", "")],
)
def test_what_is_no_id(text: str) -> None:
    assert values.parse_id(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00Z", 0.0),
        ("2026-03-04T00:00:00.75Z", NOW),
        ("2026-03-04T00:00:00.000125Z", 1_772_582_400.000125),
        ("1969-12-31T23:59:59Z", -1.0),
    ],
)
def test_seconds_of_a_time(text: str, expected: float) -> None:
    assert values.epoch_of(text) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["", "now", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T00:00:nanZ", "2026-01-01T00:00:infZ"]
)
def test_what_is_no_time_has_no_seconds(text: str) -> None:
    assert values.epoch_of(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90m", 5400), ("24h", 86400), ("7d", 604800), ("45s", 45), ("2w", 1209600), ("0h", 0), (" 3 D ", 259200), ("400d", 34560000)],
)
def test_an_age_counts_back_from_now(text: str, seconds: int) -> None:
    assert values.is_age(text)
    assert values.parse_moment(text, NOW) == values.text_of(NOW - seconds)


def test_an_age_is_a_time_without_fraction() -> None:
    assert values.parse_moment("24h", NOW) == "2026-03-03T00:00:00Z"


@pytest.mark.parametrize(("text", "expected"), UTC_TEXTS)
def test_every_form_of_a_time_is_a_moment_and_no_age(text: str, expected: str) -> None:
    assert not values.is_age(text)
    assert values.parse_moment(text, NOW) == expected


@pytest.mark.parametrize(
    "text",
    [
        *NO_TIMES,
        "24",
        "h",
        "-24h",
        "1.5h",
        "24 hours",
        "1y",
        "24h ago",
        "9999999999d",
        "999999999w",
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2026-01-01T24:00:00Z",
        "2026-01-01T10:60:00Z",
        "2026-01-01T10:00:61Z",
        "2026-02-30T10:00:00+02:00",
        "9999-12-31T23:59:59-05:00",
        "0001-01-01",
        "1753-01-01T00:00:00Z",
        '2026-01-01"; Name!="x',
    ],
)
def test_nonsense_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        values.parse_moment(text, NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("None", None),
        ("none", None),
        ("Success", "Success"),
        ("Failed", "Failed"),
        ("CompletedSuccessfully", "Success"),
        ("completedwarning", "Warning"),
        ("InProgress", None),
        ("Something new", "Something new"),
    ],
)
def test_results_in_one_vocabulary(text: str, expected: str | None) -> None:
    assert values.result_of(text) == expected


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (None, "0002-01-01T00:00:00Z"),
        ("2026-03-01T00:00:00Z", "2026-03-01T00:00:00.000001Z"),
        ("2026-03-01T00:00:00.1Z", "2026-03-01T00:00:00.12Z"),
        ("2026-03-01T00:00:00.999Z", "2026-03-01T00:00:01Z"),
    ],
)
def test_instants_compare_as_their_times_do(earlier: str | None, later: str | None) -> None:
    assert values.instant(earlier) < values.instant(later)


@given(st.integers(min_value=-62_000_000_000, max_value=253_000_000_000))
@settings(database=None, deadline=None)
def test_seconds_become_text_and_the_same_seconds_again(seconds: int) -> None:
    assert values.epoch_of(values.text_of(seconds)) == seconds


@pytest.mark.parametrize("seconds", [1e12, -1e12, 1e300])
def test_seconds_out_of_all_years_are_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="range"):
        values.text_of(seconds)


@given(st.text())
@settings(database=None, deadline=None)
def test_no_text_of_a_server_is_an_error(text: str) -> None:
    once = values.utc_text(text)
    assert once is None or isinstance(once, str)
    assert once is None or values.utc_text(once) == once
    values.epoch_of(text)
    values.guid_of(text)


@pytest.mark.parametrize("text", ["2026-01-01T00:00:00+99:99", "2026-01-01T00:00:00+15:00", "٢٠٢٦-01-01T00:00:00Z"])
def test_offsets_and_digits_that_no_time_has_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        values.parse_moment(text, NOW)
