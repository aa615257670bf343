# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From a stream of sessions to what is returned."""

from __future__ import annotations

import itertools
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._collecting import (
    Collected,
    Plan,
    collect,
    reduced,
    unknown_fields,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Field
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import SessionBuilder

BUILD = SessionBuilder(BACKUP, lambda: 0.0).build


def field(name: str) -> Field:
    found = BACKUP.field(name)
    assert found is not None
    return found


def session(name: str = "x", **values: t.Any) -> dict[str, t.Any]:
    return {**BUILD({"name": name, "state": "Stopped"}), **values}


def endless() -> t.Iterator[dict[str, t.Any]]:
    for number in itertools.count():
        yield session(str(number))


def names(collected: Collected) -> str:
    return " ".join(one["name"] for one in collected.sessions)


def test_everything_in_the_order_of_the_stream() -> None:
    collected = collect(iter([session("b"), session("a"), session("c")]), Plan(BACKUP))
    assert names(collected) == "b a c"
    assert collected.truncated is False
    assert collected.summary.result()["total"] == 3


def test_a_limit_stops_reading() -> None:
    stream = endless()
    collected = collect(stream, Plan(BACKUP, limit=3))
    assert names(collected) == "0 1 2"
    assert collected.truncated is True
    assert collected.summary.result()["total"] == 3
    assert next(stream)["name"] == "4"


@pytest.mark.parametrize(("number", "truncated"), [(2, False), (3, False), (4, True)])
@pytest.mark.parametrize("sort_by", [None, "name"])
def test_truncated_tells_whether_the_limit_cut_anything_off(number: int, truncated: bool, sort_by: str | None) -> None:
    plan = Plan(BACKUP, limit=3, sort_by=field(sort_by) if sort_by else None)
    collected = collect(itertools.islice(endless(), number), plan)
    assert (len(collected.sessions), collected.truncated) == (min(number, 3), truncated)


@pytest.mark.parametrize(("sort_by", "total"), [(None, 3), ("duration", 9)])
def test_without_sessions_the_summary_is_the_same_as_with_them(sort_by: str | None, total: int) -> None:
    plan = Plan(BACKUP, limit=3, sort_by=field(sort_by) if sort_by else None)
    with_them, without = (collect(itertools.islice(endless(), 9), plan._replace(summary_only=only)) for only in (False, True))
    assert without.sessions == []
    assert without.summary.result() == with_them.summary.result()
    assert without.summary.result()["total"] == total
    assert without.truncated is with_them.truncated is True


def even(one: dict[str, t.Any]) -> bool:
    return int(one["name"]) % 2 == 0


@pytest.mark.parametrize("sort_by", [None, "name"])
def test_only_what_matches_is_counted_and_limited(sort_by: str | None) -> None:
    plan = Plan(BACKUP, test=even, limit=2, sort_by=field(sort_by) if sort_by else None, descending=False)
    collected = collect(itertools.islice(endless(), 7), plan)
    assert names(collected) == "0 2"
    assert collected.truncated is True
    assert collected.summary.result()["total"] == (4 if sort_by else 2)


@pytest.mark.parametrize("sort_by", [None, "name"])
def test_summary_only_keeps_no_sessions(sort_by: str | None) -> None:
    plan = Plan(BACKUP, summary_only=True, sort_by=field(sort_by) if sort_by else None)
    collected = collect(itertools.islice(endless(), 5), plan)
    assert collected.sessions == []
    assert collected.summary.result()["total"] == 5
    assert collected.truncated is False


def in_order(key: str, values: t.Sequence[t.Any], descending: bool, limit: int | None = None) -> list[t.Any]:
    stream = (session(str(number), **{key: value}) for number, value in enumerate(values))
    collected = collect(stream, Plan(BACKUP, sort_by=field(key), descending=descending, limit=limit))
    return [one[key] for one in collected.sessions]


@pytest.mark.parametrize(
    ("key", "ascending"),
    [
        ("job_name", ["", "B", "a", "b", "\u00e9"]),
        ("progress", [0, 5, 10, 100]),
        ("duration", [0, 59, 3600]),
        ("is_retry", [False, True]),
        ("creation_time", ["2026-03-01T00:00:00Z", "2026-03-01T00:00:00.5Z", "2026-03-01T00:00:00.64Z", "2026-03-02T00:00:00Z"]),
        ("backup_server", [{"id": "2", "name": "a"}, {"id": "1", "name": "b"}]),
        ("restore_point_ids", [["a"], ["a", "b"], ["b"]]),
    ],
)
@pytest.mark.parametrize("limit", [None, 50])
def test_sorting_both_ways_with_missing_values_last(key: str, ascending: list[t.Any], limit: int | None) -> None:
    shuffled = [None, *ascending[1::2], *ascending[::2][::-1], None]
    assert in_order(key, shuffled, False, limit) == [*ascending, None, None]
    assert in_order(key, shuffled, True, limit) == [*ascending[::-1], None, None]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [None, 4, 9])
def test_equal_values_stay_in_the_order_of_the_stream(descending: bool, limit: int | None) -> None:
    stream = (session(str(number), progress=number % 2) for number in range(6))
    collected = collect(stream, Plan(BACKUP, sort_by=field("progress"), descending=descending, limit=limit))
    expected = "1 3 5 0 2 4" if descending else "0 2 4 1 3 5"
    assert names(collected) == " ".join(expected.split()[:limit])


def test_values_that_do_not_compare_are_no_error() -> None:
    found = in_order("progress", [3, "half", None, 1], False)
    assert [value for value in found if isinstance(value, int)] == [1, 3]
    assert (found[-1], set(found)) == (None, {1, 3, "half", None})


def test_all_is_read_before_the_limit_cuts() -> None:
    assert in_order("duration", [1, 5, 3, 9, 2], True, 2) == [9, 5]
    assert in_order("duration", [1, 5, 3, 9, 2], False, 2) == [1, 2]


def test_only_the_wanted_fields_in_their_order_with_what_was_included() -> None:
    sessions = [{"id": 1, "name": "a", "tasks": [], "extra": 0}, {"id": 2, "name": "b", "tasks": []}]
    assert reduced(sessions, ["name", "extra"], ["tasks"]) == [
        {"name": "a", "extra": 0, "tasks": []},
        {"name": "b", "tasks": []},
    ]
    assert list(reduced(sessions, ["tasks", "id"], ["tasks"])[0]) == ["tasks", "id"]


def test_fields_that_nothing_has() -> None:
    sessions = [{"id": 1, "extra": 0}, {"id": 2}]
    assert unknown_fields(sessions, ["id", "extra", "job_name", "tasks", "nonsense"], BACKUP, ["tasks"]) == ["nonsense"]
    assert unknown_fields([], ["id", "nonsense"], BACKUP, []) == ["nonsense"]
