# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Related facts of sessions: what the option include adds to each of them.

PRIVATE to the collection: everything here may change without notice.
Related sessions come by one query for many sessions, what is no session of its own by one request for each.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _choice,
    _client,
    _errors,
    _families,
    _family,
    _pages,
    _query,
    _reading,
    _records,
    _sessions,
    _values,
)

# A session begins within the run of the one it is a part of; clocks and fractions are given this many seconds.
_SLACK = 60


def add_related(
    client: _client.EmClient,
    family: _family.Family,
    include: _family.Include,
    sessions: t.Sequence[_family.Session],
    page_size: int,
) -> None:
    """Add to each of the sessions of a family what an include names. page_size: sessions per page of a query."""
    if include.kind is None:
        for session in sessions:
            session[include.name] = _parts(client, family, include, session["id"])
        return
    by_session: dict[str, list[_family.Session]] = {session["id"]: [] for session in sessions if session["id"]}
    related = _families.FAMILIES[include.kind]
    reader = _reading.SessionReader(client, related)
    for selection in _filters(related, include, sessions):
        query = _query.Query(related.uid_kind, selection, related.sort_by_creation, page_size=page_size)
        for other in reader.query(query):
            by_session.get(other[include.by], []).append(other)
    for session in sessions:
        session[include.name] = by_session.get(session["id"], [])


def _filters(related: _family.Family, include: _family.Include, sessions: t.Sequence[_family.Session]) -> t.Iterator[str | None]:
    """Yield the filter of each query that it takes: by ids where the server can select by the field, otherwise by time."""
    field = related.selector(include.by)
    if field and field.filter:
        guids = list(dict.fromkeys(session["id"] for session in sessions if session["id"]))
        for batch in _query.batches(guids):
            yield _query.all_of(_choice.divided([_query.Condition(include.by, "==", tuple(batch))], related)[0])
        return
    # what is itself a part of a session has no parts
    whole = [session for session in sessions if session.get(include.by) is None]
    if whole:
        yield _query.all_of(_choice.divided(_while_running(whole), related)[0])


def _while_running(sessions: t.Sequence[_family.Session]) -> list[_query.Condition]:
    """Return the conditions for what began while one of the sessions ran."""
    starts = [session["creation_time"] for session in sessions if session["creation_time"]]
    ends = [session["end_time"] for session in sessions]
    bounds = []
    if len(starts) == len(sessions):
        bounds.append(_query.Condition("creation_time", ">=", (_shifted(min(starts, key=_values.instant), -_SLACK),)))
    if all(ends):
        bounds.append(_query.Condition("creation_time", "<", (_shifted(max(ends, key=_values.instant), _SLACK),)))
    return bounds


def _shifted(moment: str, seconds: int) -> str:
    """Return a time so many seconds later; what is no time, or would be none, stays."""
    epoch = _values.epoch_of(moment)
    try:
        return moment if epoch is None else _values.text_of(epoch + seconds)
    except ValueError:
        return moment


def _parts(client: _client.EmClient, family: _family.Family, include: _family.Include, guid: str) -> list[_family.Session]:
    """Return what one session has below its own URL, in its order; what EM has no longer is a warning, and nothing."""
    if _values.parse_id(guid or "") is None:
        raise _errors.ProtocolViolation(f"EM gave {guid!r} as the id of a {family.title}, which is no GUID.")
    keys = tuple(_records.snake(field.element or "") for field in include.contains)
    shape = _records.Shape((include.root,), (include.item,), include.item, keys)
    doing = f"Cannot read the {include.name} of the {family.title} {guid}"
    request = _pages.Request(f"{family.by_id}/{guid}/{include.path}", doing, shape, family.readers, whole=True)
    try:
        parts = [
            _sessions.fields_of(record, include.contains) for record in _pages.read_page(client, request, _records.Paging(), set())
        ]
    except _errors.NotFound as error:
        client.warnings.append(str(error))
        return []
    first = include.contains[0].name
    if all(isinstance(part[first], int) for part in parts):
        parts.sort(key=lambda part: int(part[first]))
    return parts
