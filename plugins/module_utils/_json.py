# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The JSON of EM as records, equal to those of the XML reader.

PRIVATE to the collection: everything here may change without notice.
A page is read whole, so callers keep pages small. Names come as EM 12 or as EM 13 writes them, lists bare or wrapped, and in a
query doubled ({"Entities": {"BackupJobSessions": {"BackupJobSessions": [...]}}}): the one list inside is what counts.
"""

from __future__ import annotations

import json
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors, _records

# A page of 500 sessions is about 1 MB, with some 25 values each.
# In memory a body takes up to nine times its size, a value up to 250 bytes.
MOST_BYTES = 20 * 1024 * 1024
MOST_VALUES = 600_000

# What is never the list that was asked for.
_STRUCTURE = frozenset({"links", "refs", "href", "type", "paging_info", "entities", "resources"})


def read_json(chunks: t.Iterable[bytes], shape: _records.Shape, paging: _records.Paging) -> t.Iterator[_records.Record]:
    """Yield the records of a body; paging is filled when the body tells it. Raises ProtocolViolation, ReferencesOnly."""
    body = parse_json(_joined(chunks))
    try:
        items = _items(body, shape, paging)
    except RecursionError as exc:
        raise _too_deep() from exc
    for item in items:
        if not isinstance(item, dict) or (shape.items and _is_no_item(map(_records.snake, item), shape)):
            raise _errors.ProtocolViolation(
                f"The server's JSON has a list of something else than {shape.container or 'resources'}."
            )
        yield record_of(item)


def _items(body: t.Any, shape: _records.Shape, paging: _records.Paging) -> list[t.Any]:
    """Return what a body lists, and fill paging."""
    if isinstance(body, dict):
        slots = {_records.snake(name): value for name, value in body.items() if value is not None}
        if isinstance(slots.get("paging_info"), dict):
            paging.read(_records.members(slots["paging_info"]))
        if shape.items and "refs" in slots and "refs" not in map(_records.snake, shape.roots):
            raise _errors.ReferencesOnly("The server answered with references where entities were asked for.")
        body = _slot(slots, shape) if shape.items or "entities" in slots or "refs" not in slots else _references(slots["refs"])
    return _list(body, shape)


def record_of(item: t.Mapping[str, t.Any]) -> _records.Record:
    """Return an object as a record. Raises ProtocolViolation."""
    try:
        return _records.members(item)
    except RecursionError as exc:
        raise _too_deep() from exc


def _too_deep() -> _errors.ProtocolViolation:
    return _errors.ProtocolViolation("The server's JSON is nested more deeply than any of EM.")


def parse_json(body: bytes) -> t.Any:
    """Return a body as Python data. Raises ProtocolViolation."""
    if sum(map(body.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise _errors.ProtocolViolation(
            f"The server's JSON has more than {MOST_VALUES} values. Ask for fewer per page (page_size), or for XML (media_type)."
        )
    try:
        # a byte order mark may come first
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as exc:
        raise _errors.ProtocolViolation(f"The server's JSON is broken: {_errors.shortened(str(exc))}.") from exc


def _joined(chunks: t.Iterable[bytes]) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > MOST_BYTES:
            raise _errors.ProtocolViolation(
                f"The server's JSON is larger than {MOST_BYTES} bytes. Ask for fewer sessions per page (page_size),"
                " or for XML (media_type)."
            )
    return bytes(body)


def _references(node: t.Any) -> t.Any:
    """Return the list of references, which has a container of the same name around it."""
    return next(iter(node.values()), []) if isinstance(node, dict) else node


def _slot(slots: t.Mapping[str, t.Any], shape: _records.Shape) -> t.Any:
    """Return the part of a body that holds the items: below Entities or Resources, or the body itself."""
    for group in ("entities", "resources"):
        if isinstance(slots.get(group), dict):
            slots = {_records.snake(name): value for name, value in slots[group].items() if value is not None}
            break
    if _records.snake(shape.container) in slots:
        return slots[_records.snake(shape.container)]
    if not _is_no_item(slots, shape):
        return [slots]
    lists = [value for name, value in slots.items() if name not in _STRUCTURE and isinstance(value, (list, dict))]
    if len(lists) > 1:
        raise _errors.ProtocolViolation(f"The server's JSON has no {shape.container} but several other lists.")
    if not lists and not slots.keys() <= _STRUCTURE:
        raise _errors.ProtocolViolation(f"The server's JSON has no {shape.container} and no other list.")
    return lists[0] if lists else []


def _is_no_item(names: t.Iterable[str], shape: _records.Shape) -> bool:
    """Tell whether an object with these names is a container of items, not itself one."""
    return frozenset(shape.keys).isdisjoint(names)


def _list(node: t.Any, shape: _records.Shape) -> list[t.Any]:
    """Return the list in a node: the node itself, the one list inside, or a single object as a list of one."""
    if isinstance(node, list):
        return node
    if not isinstance(node, dict):
        raise _errors.ProtocolViolation("The server's JSON has something else where a list was expected.")
    names = {_records.snake(name): value for name, value in node.items()}
    if not _is_no_item(names, shape):
        return [node]
    inner = [value for name, value in names.items() if name not in _STRUCTURE and isinstance(value, (list, dict))]
    if len(inner) > 1:
        raise _errors.ProtocolViolation("The server's JSON has several lists where one was expected.")
    return _list(inner[0], shape) if inner else []
