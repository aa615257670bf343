# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Conditions that the server cannot apply, applied here to sessions that have been read.

PRIVATE to the collection: everything here may change without notice.
EM has no query for system sessions, and does not know every field in the filters of the others. The same option means the same
there: words of EM in any case, names exactly, times by their instant.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family, _query, _values

Test = t.Callable[[_family.Session], bool]

_IN_ANY_CASE = frozenset({"state", "result", "job_type", "session_type"})


def condition_test(condition: _query.Condition, field: _family.Field) -> Test:
    """Return a condition on a field as a test of one session."""
    if condition.operator in (">=", "<"):
        return _time_test(condition.field, condition.operator, condition.values[0])
    wanted = frozenset(_comparable(field, value) for value in condition.values)
    if condition.operator == "!=":
        return lambda session: _comparable(field, session[condition.field]) not in wanted
    return lambda session: _comparable(field, session[condition.field]) in wanted


def all_tests(tests: t.Iterable[Test | None]) -> Test | None:
    """Return one test that a session passes when it passes all of them, None when there is none."""
    given = [test for test in tests if test is not None]
    if len(given) < 2:
        return given[0] if given else None
    return lambda session: all(test(session) for test in given)


def _time_test(name: str, operator: str, moment: str) -> Test:
    """Return the test of a time: inclusive for >=, exclusive for <. A session that lacks the time does not pass."""
    bound = _values.instant(moment)
    if operator == "<":
        return lambda session: session[name] is not None and _values.instant(session[name]) < bound
    return lambda session: session[name] is not None and _values.instant(session[name]) >= bound


def _comparable(field: _family.Field, value: t.Any) -> str:
    """Return a value, of an option or of a session, as it is compared."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    if field.type == "result":
        text = _values.result_of(text) or "none"
    return text.lower() if field.name in _IN_ANY_CASE else text
