# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold of any body: its reading ends soon, in data that can be returned or in one of our errors, however it arrives."""

from __future__ import annotations

import dataclasses
import itertools
import json
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._collecting import Plan, collect
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family, Session
from ansible_collections.backupops.veeam_em.plugins.module_utils._here import condition_test
from ansible_collections.backupops.veeam_em.plugins.module_utils._json import parse_json, read_json, record_of
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon import LOGON_SESSIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Condition
from ansible_collections.backupops.veeam_em.plugins.module_utils._query_info import _resource
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._selection import searchable
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import SessionBuilder, fields_of
from ansible_collections.backupops.veeam_em.plugins.module_utils._tasks import EmTask
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import parse_xml, read_xml

NOW = 1_772_582_400.75
_RAW = frozenset(map(chr, (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))))
_READERS = {"xml": read_xml, "json": read_json}

Finish = t.Callable[[list[Record]], t.Any]


@dataclasses.dataclass(frozen=True)
class Reading:
    """A way in which some module reads a body: what it expects, and what it makes of the records."""

    shape: Shape
    finish: Finish


def _reading_of(family: Family) -> Reading:
    roots = ("QueryResult", family.root, family.uid_kind)

    def finish(records: list[Record]) -> t.Any:
        return _used(family, [SessionBuilder(family, _now, with_links=True).build(record) for record in records])

    return Reading(Shape(roots, family.items, family.root), finish)


def _now() -> float:
    return NOW


def _used(family: Family, sessions: list[Session]) -> t.Any:
    """Sort, count, search and select sessions in every way that options can ask for; return the result of an info module."""
    for field in family.fields:
        for descending in (False, True):
            collect(iter(sessions), Plan(family, sort_by=field, descending=descending, limit=2))
        for operator in (">=", "<") if field.type == "time" else ("==", "!="):
            test = condition_test(Condition(field.name, operator, ("2026-01-01T00:00:00Z",)), field)
            [test(session) for session in sessions]
        [searchable(session[field.name]) for session in sessions]
    collected = collect(iter(sessions), Plan(family))
    return [collected.sessions, collected.summary.result()]


def _tasks(records: list[Record]) -> t.Any:
    tasks = [EmTask.from_record(record) for record in records]
    return [(task.entry(), task.decided) for task in tasks]


def _events(records: list[Record]) -> t.Any:
    (events,) = FAMILIES["system"].includes
    return [fields_of(record, events.contains) for record in records]


READINGS: t.Mapping[str, Reading] = {
    **{kind: _reading_of(family) for kind, family in FAMILIES.items()},
    "query": Reading(Shape(("QueryResult",), (), ""), lambda records: [_resource(record) for record in records]),
    "tasks": Reading(Shape(("Tasks", "Task"), ("Task",), "Tasks"), _tasks),
    "events": Reading(Shape(("SystemSessionEvents",), ("Events",), "Events", ("order",)), _events),
    "logon sessions": Reading(LOGON_SESSIONS, lambda records: records),
}


def check_body(body: bytes, media: str, names: t.Iterable[str] = READINGS) -> None:
    """Read a body in these ways. Raises AssertionError, or whatever it should not, where something does not hold."""
    for name in names:
        whole = _outcome(READINGS[name], media, [body])
        if not isinstance(whole, EmError):
            assert_returnable(whole)
            for size in (1, 7, 100):
                assert _outcome(READINGS[name], media, _pieces(body, size)) == whole, (
                    f"{name}: pieces of {size} bytes make a difference"
                )
    try:
        assert_returnable(parse_xml(body)[1] if media == "xml" else _small(parse_json(body)))
    except EmError as error:
        assert_returnable(error.payload())


def assert_returnable(result: t.Any) -> None:
    """Assert that a module can return it: it is JSON without half characters, and no terminal obeys it."""
    json.dumps(result, sort_keys=True).encode()
    for text in _texts(result):
        assert _RAW.isdisjoint(text), repr(text)[:200]


def _outcome(reading: Reading, media: str, chunks: t.Iterable[bytes]) -> t.Any:
    """Return what a reading comes to, with what the body says of its pages, or our error."""
    paging = Paging()
    try:
        records = list(_READERS[media](chunks, reading.shape, paging))
        return [reading.finish(records), dataclasses.asdict(paging)]
    except EmError as error:
        return error


def _small(data: t.Any) -> t.Any:
    return record_of(data) if isinstance(data, dict) else None


def _pieces(body: bytes, size: int) -> t.Iterator[bytes]:
    """Yield the first thousand bytes in small pieces, where they matter most, then the rest."""
    for start in range(0, min(len(body), 1000), size):
        yield body[start : min(start + size, 1000)]
    yield from itertools.islice([body[1000:]], len(body) > 1000)


def _texts(value: t.Any) -> t.Iterator[str]:
    """Yield all texts in a value, without recursion: bodies can be nested deeply."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            left.extend((*one.keys(), *one.values()))
        elif isinstance(one, (list, tuple)):
            left.extend(one)
