# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Related facts of sessions: what the option include adds to each of them.

PRIVATE to the collection: everything here may change without notice.
Related sessions come by one query for many sessions, what is no session of its own by one request for each.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._choice import divided
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import NotFound, ProtocolViolation
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family, Include, Session
from ansible_collections.backupops.veeam_em.plugins.module_utils._pages import Request, read_page
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Condition, Query, all_of, batches
from ansible_collections.backupops.veeam_em.plugins.module_utils._reading import SessionReader
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Shape, snake
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import fields_of
from ansible_collections.backupops.veeam_em.plugins.module_utils._values import epoch_of, instant, parse_id, text_of

# A session begins within the run of the one it is a part of; clocks and fractions are given this many seconds.
_SLACK = 60


def add_related(client: EmClient, family: Family, include: Include, sessions: t.Sequence[Session], page_size: int) -> None:
    """Add to each of the sessions of a family what an include names. page_size: sessions per page of a query."""
    if include.kind is None:
        for session in sessions:
            session[include.name] = _parts(client, family, include, session["id"])
        return
    by_session: dict[str, list[Session]] = {session["id"]: [] for session in sessions if session["id"]}
    related = FAMILIES[include.kind]
    reader = SessionReader(client, related)
    for selection in _filters(related, include, sessions):
        query = Query(related.uid_kind, selection, related.sort_by_creation, page_size=page_size)
        for other in reader.query(query):
            by_session.get(other[include.by], []).append(other)
    for session in sessions:
        session[include.name] = by_session.get(session["id"], [])


def _filters(related: Family, include: Include, sessions: t.Sequence[Session]) -> t.Iterator[str | None]:
    """Yield the filter of each query that it takes: by ids where the server can select by the field, otherwise by time."""
    field = related.selector(include.by)
    if field and field.filter:
        guids = list(dict.fromkeys(session["id"] for session in sessions if session["id"]))
        for batch in batches(guids):
            yield all_of(divided([Condition(include.by, "==", tuple(batch))], related)[0])
        return
    # what is itself a part of a session has no parts
    whole = [session for session in sessions if session.get(include.by) is None]
    if whole:
        yield all_of(divided(_while_running(whole), related)[0])


def _while_running(sessions: t.Sequence[Session]) -> list[Condition]:
    """Return the conditions for what began while one of the sessions ran."""
    starts = [session["creation_time"] for session in sessions if session["creation_time"]]
    ends = [session["end_time"] for session in sessions]
    bounds = []
    if len(starts) == len(sessions):
        bounds.append(Condition("creation_time", ">=", (_shifted(min(starts, key=instant), -_SLACK),)))
    if all(ends):
        bounds.append(Condition("creation_time", "<", (_shifted(max(ends, key=instant), _SLACK),)))
    return bounds


def _shifted(moment: str, seconds: int) -> str:
    """Return a time so many seconds later; what is no time, or would be none, stays."""
    epoch = epoch_of(moment)
    try:
        return moment if epoch is None else text_of(epoch + seconds)
    except ValueError:
        return moment


def _parts(client: EmClient, family: Family, include: Include, guid: str) -> list[Session]:
    """Return what one session has below its own URL, in its order; what EM has no longer is a warning, and nothing."""
    if parse_id(guid or "") is None:
        raise ProtocolViolation(f"EM gave {guid!r} as the id of a {family.title}, which is no GUID.")
    keys = tuple(snake(field.element or "") for field in include.contains)
    shape = Shape((include.root,), (include.item,), include.item, keys)
    doing = f"Cannot read the {include.name} of the {family.title} {guid}"
    request = Request(f"{family.by_id}/{guid}/{include.path}", doing, shape, family.readers, whole=True)
    try:
        parts = [fields_of(record, include.contains) for record in read_page(client, request, Paging(), set())]
    except NotFound as error:
        client.warnings.append(str(error))
        return []
    first = include.contains[0].name
    if all(isinstance(part[first], int) for part in parts):
        parts.sort(key=lambda part: int(part[first]))
    return parts
