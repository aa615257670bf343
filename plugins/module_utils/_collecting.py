# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""From a stream of sessions to the result of an info module: matched, counted, sorted, cut, reduced to fields.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import dataclasses
import heapq
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family, _here, _selection, _summary, _values

# EM orders results by how bad they are.
_RESULTS = {"Success": 0, "Warning": 1, "Failed": 2}


class Plan(t.NamedTuple):
    """How a stream becomes a result. sort_by: None when the stream comes in the wanted order already."""

    family: _family.Family
    test: _here.Test | None = None
    limit: int | None = None
    sort_by: _family.Field | None = None
    descending: bool = True
    summary_only: bool = False


@dataclasses.dataclass
class Collected:
    """The sessions to return, the figures over all that matched and was read, and whether the limit cut anything off."""

    sessions: list[_family.Session]
    summary: _summary.Summary
    truncated: bool = False


def collect(stream: t.Iterator[_family.Session], plan: Plan) -> Collected:
    """Read the stream as far as the plan needs it."""
    summary = _summary.Summary(plan.family)
    matching = filter(plan.test, stream) if plan.test else stream
    if plan.sort_by and not plan.summary_only:
        return _sorted(matching, plan, plan.sort_by, summary)
    collected = Collected([], summary)
    if plan.summary_only and (plan.limit is None or plan.sort_by):
        # where the order is ours, the limit cuts after all was read
        for session in matching:
            summary.add(session)
        collected.truncated = plan.limit is not None and summary.total > plan.limit
        return collected
    for number, session in enumerate(matching, start=1):
        if plan.limit is not None and number > plan.limit:
            collected.truncated = True
            break
        summary.add(session)
        if not plan.summary_only:
            collected.sessions.append(session)
    return collected


def _sorted(matching: t.Iterator[_family.Session], plan: Plan, field: _family.Field, summary: _summary.Summary) -> Collected:
    """Read all, and keep the first ones of the order: with a limit never more of them than that."""

    def counted() -> t.Iterator[_family.Session]:
        for session in matching:
            summary.add(session)
            yield session

    def key(session: _family.Session) -> tuple[t.Any, ...]:
        return _sort_key(session[field.name], field, plan.descending)

    if plan.limit is None:
        sessions = sorted(counted(), key=key, reverse=plan.descending)
    elif plan.descending:
        sessions = heapq.nlargest(plan.limit, counted(), key=key)
    else:
        sessions = heapq.nsmallest(plan.limit, counted(), key=key)
    return Collected(sessions, summary, truncated=summary.total > len(sessions))


def _sort_key(value: t.Any, field: _family.Field, descending: bool) -> tuple[t.Any, ...]:
    """Return what a value sorts by; missing values come last in either direction."""
    missing = value is None
    if field.type == "result":
        return missing != descending, _RESULTS.get(value, len(_RESULTS)), value or ""
    number = value if isinstance(value, (int, float)) else 0
    text = (
        _values.instant(value) if field.type == "time" else "" if isinstance(value, (int, float)) else _selection.searchable(value)
    )
    return missing != descending, number, text


def reduced(sessions: t.Sequence[_family.Session], fields: t.Sequence[str], keep: t.Sequence[str]) -> list[_family.Session]:
    """Return the sessions with only these fields, and those that were asked for by include."""
    names = [*fields, *(name for name in keep if name not in fields)]
    return [{name: session[name] for name in names if name in session} for session in sessions]


def unknown_fields(
    sessions: t.Sequence[_family.Session], fields: t.Sequence[str], family: _family.Family, keep: t.Sequence[str]
) -> list[str]:
    """Return the names in fields that neither the family nor any of the sessions has."""
    known = {field.name for field in family.fields} | set(keep)
    return [name for name in fields if name not in known and not any(name in session for session in sessions)]
