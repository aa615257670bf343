# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conditions that are applied to sessions which have been read."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import CDP_REPLICA_TASK, SYSTEM
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._here import all_tests, condition_test
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Condition
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import field_of

TIME = "2026-03-01T20:00:00"


def holds(name: str, operator: str, values: t.Sequence[str], value: t.Any, family: Family = SYSTEM) -> bool:
    """Tell whether a session with this value fulfils the condition."""
    return condition_test(Condition(name, operator, tuple(values)), field_of(family, name))({name: value})


@pytest.mark.parametrize(
    ("values", "value", "expected"),
    [
        (["a"], "a", True),
        (["a", "b"], "b", True),
        (["a", "b"], "c", False),
        (["a"], "A", False),
        (["a"], " a", False),
        (["a"], None, False),
        (['a";,(b'], 'a";,(b', True),
    ],
)
def test_names_are_compared_exactly(values: list[str], value: str | None, expected: bool) -> None:
    assert holds("name", "==", values, value) is expected
    assert holds("name", "!=", values, value) is not expected


@pytest.mark.parametrize("name", ["state", "session_type"])
@pytest.mark.parametrize("word", ["CollectJob", "collectjob", "COLLECTJOB"])
def test_words_of_em_are_compared_in_any_case(name: str, word: str) -> None:
    assert holds(name, "==", [word], "CollectJob") is True
    assert holds(name, "!=", [word], "CollectJob") is False
    assert holds(name, "==", [word], "Other") is False


@pytest.mark.parametrize(
    ("word", "value", "expected"),
    [
        ("failed", "Failed", True),
        ("Success", "Success", True),
        ("CompletedSuccessfully", "Success", True),
        ("completedwarning", "Warning", True),
        ("Warning", "Failed", False),
        ("None", None, True),
        ("none", "Success", False),
        ("Success", None, False),
    ],
)
@pytest.mark.parametrize("family", [SYSTEM, CDP_REPLICA_TASK], ids=["system", "cdp_replica_task"])
def test_results_are_compared_in_one_vocabulary(family: Family, word: str, value: str | None, expected: bool) -> None:
    assert holds("result", "==", [word], value, family) is expected


@pytest.mark.parametrize(("value", "expected"), [(True, True), (False, False)])
def test_truth(value: bool, expected: bool) -> None:
    assert holds("running", "==", ["true"], value) is expected
    assert holds("running", "==", ["false"], value) is not expected
    assert holds("is_canceled", "==", ["true"], value) is expected


@pytest.mark.parametrize(("server", "expected"), [({"id": "1", "name": "vbr01"}, True), ({"id": "vbr01"}, False), (None, False)])
def test_a_server_is_compared_by_its_name(server: dict[str, str] | None, expected: bool) -> None:
    assert holds("backup_server", "==", ["vbr01"], server) is expected


@pytest.mark.parametrize(
    ("value", "since", "before"),
    [
        (f"{TIME}Z", True, False),
        (f"{TIME}.000001Z", True, False),
        ("2026-03-01T19:59:59.999999Z", False, True),
        ("2026-03-01T20:00:01Z", True, False),
        ("2025-12-31T23:59:59Z", False, True),
        (None, False, False),
    ],
)
def test_from_is_inclusive_to_is_exclusive_and_without_a_time_neither_holds(value: str | None, since: bool, before: bool) -> None:
    assert holds("creation_time", ">=", [f"{TIME}Z"], value) is since
    assert holds("end_time", "<", [f"{TIME}Z"], value) is before


@pytest.mark.parametrize("bound", [f"{TIME}.5Z", f"{TIME}.50Z"])
def test_times_are_compared_to_the_fraction(bound: str) -> None:
    found = [holds("end_time", "<", [bound], f"{TIME}{fraction}Z") for fraction in ("", ".4", ".49", ".51", ".6")]
    assert found == [True, True, True, False, False]


def longer_than(length: int) -> t.Callable[[dict[str, t.Any]], bool]:
    return lambda session: len(session["name"]) > length


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ([longer_than(1)], "xx xxx"),
        ([None, longer_than(2), None], "xxx"),
        ([longer_than(0), longer_than(2), longer_than(1)], "xxx"),
        ([longer_than(5), longer_than(0)], ""),
    ],
)
def test_all_tests_must_hold(tests: list[t.Any], expected: str) -> None:
    test = all_tests(tests)
    assert test is not None
    assert [name for name in ("x", "xx", "xxx") if test({"name": name})] == expected.split()


@pytest.mark.parametrize("tests", [[], [None], [None, None]])
def test_no_tests_are_no_test(tests: list[None]) -> None:
    assert all_tests(tests) is None
