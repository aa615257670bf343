# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The XML of EM as a stream of records.

PRIVATE to the collection: everything here may change without notice.
Records come out while the body is still arriving, and what has come out is forgotten, so memory does not grow with the body.
A body may be hostile: no DTD, no entity, nothing from the network, no other namespace, no root that was not asked for.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors, _libraries, _records, _xml_bounds

if t.TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "http://www.veeam.com/ent/v1.0"
_PREFIX = f"{{{NAMESPACE}}}"
_PAGING_INFO = f"{_PREFIX}PagingInfo"
_REFERENCE = f"{_PREFIX}Ref"

# resolve_entities, load_dtd and no_network are each the safe value; huge_tree keeps libxml2's limits on depth and text.
_HARDENED: t.Mapping[str, t.Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def read_xml(chunks: t.Iterable[bytes], shape: _records.Shape, paging: _records.Paging) -> t.Iterator[_records.Record]:
    """Yield the records of a body that arrives in chunks; paging is filled when the body tells it.

    Raises ProtocolViolation for a body that is not what EM sends, ReferencesOnly for references instead of entities.
    """
    lxml: t.Any = _libraries.library("lxml.etree", "lxml")
    arriving = iter(chunks)
    head = _head(lxml, arriving, shape)
    wanted = [f"{_PREFIX}{name}" for name in shape.items] + [_PAGING_INFO, _REFERENCE] if shape.items else f"{_PREFIX}*"
    parser = lxml.XMLPullParser(events=("end",), tag=wanted, **_HARDENED)
    total = pending = 0
    names = _xml_bounds.Names()
    try:
        for chunk in itertools.chain((head,), arriving):
            total, pending = total + len(chunk), pending + len(chunk)
            names.look_at(chunk)
            parser.feed(chunk)
            if (yield from _finished(parser, shape, paging)):
                pending = 0
            _xml_bounds.check_size(total, pending)
        parser.close()
    except lxml.XMLSyntaxError as exc:
        raise _errors.ProtocolViolation(f"The server's XML is broken: {_errors.shortened(str(exc))}.") from exc
    yield from _finished(parser, shape, paging)


def parse_xml(body: bytes) -> tuple[str, _records.Record]:
    """Return a small body as (name of its root, record). Raises ProtocolViolation."""
    lxml: t.Any = _libraries.library("lxml.etree", "lxml")
    _xml_bounds.check_prolog(body)
    try:
        root = lxml.fromstring(body, lxml.XMLParser(**_HARDENED))
    except (lxml.XMLSyntaxError, ValueError) as exc:
        raise _errors.ProtocolViolation(f"The server's XML is broken: {_errors.shortened(str(exc))}.") from exc
    return _local(root), _record(root)


def _head(lxml: t.Any, arriving: t.Iterator[bytes], shape: _records.Shape) -> bytes:
    """Return the first bytes of a body, up to a root element that may be there, before anything of the body is kept."""
    head = b""
    first = lxml.XMLPullParser(events=("start",), **_HARDENED)
    for chunk in arriving:
        head += chunk
        _xml_bounds.check_prolog(head)
        # what comes before a mistake decides here; the mistake itself is reported by the reader
        with contextlib.suppress(lxml.XMLSyntaxError):
            first.feed(chunk)
        for dummy, root in first.read_events():
            _check_root(_local(root), shape)
            return head
        if len(head) > _xml_bounds.MOST_BEFORE_ROOT:
            raise _errors.ProtocolViolation(
                f"The server's XML has no root element in its first {_xml_bounds.MOST_BEFORE_ROOT} bytes."
            )
    if not head.strip():
        raise _errors.ProtocolViolation("The server's answer is empty where XML was expected.")
    return head


def _check_root(name: str, shape: _records.Shape) -> None:
    if name == "EntityReferences" and name not in shape.roots:
        raise _references()
    if name not in shape.roots:
        raise _errors.ProtocolViolation(f"The server's XML has the root element {name} instead of {' or '.join(shape.roots)}.")


def _local(root: etree._Element) -> str:
    """Return the name of a root element without its namespace. Raises ProtocolViolation for a foreign one."""
    space, dummy, name = str(root.tag).rpartition("}")
    if root.getroottree().docinfo.internalDTD is not None:
        raise _xml_bounds.doctype()
    if space[1:] != NAMESPACE:
        raise _errors.ProtocolViolation(
            f"The server's XML is not that of Enterprise Manager: its root element is {name}"
            f" in the namespace {space[1:] or '(none)'} instead of {NAMESPACE}."
        )
    return name


def _references() -> _errors.ReferencesOnly:
    return _errors.ReferencesOnly("The server answered with references where entities were asked for.")


def _finished(parser: t.Any, shape: _records.Shape, paging: _records.Paging) -> t.Generator[_records.Record, None, bool]:
    """Yield the records of the elements that are complete, and forget them. Return whether there were any."""
    names = {_records.snake(name): name for name in shape.only}
    tags = {f"{_PREFIX}{name}": key for key, name in names.items()}
    last: etree._Element | None = None
    for dummy, element in parser.read_events():
        tag = element.tag
        if tag == _PAGING_INFO:
            paging.read({_records.snake(name): value for name, value in element.attrib.items()})
            continue
        if shape.items and tag == _REFERENCE:
            raise _references()
        if not shape.items and not _is_listed(element):
            continue
        yield _part(element, tags, names, shape.links) if tags else _record(element, shape.links)
        element.clear()
        last = element
    if last is None:
        return False
    _forget_before(last)
    return True


def _forget_before(element: etree._Element) -> None:
    """Drop what came before an element and before those around it."""
    around = element.getparent()
    while around is not None:
        del around[: around.index(element)]
        element, around = around, around.getparent()


def _is_listed(element: etree._Element) -> bool:
    """Tell whether an element is an item of the result of a query: QueryResult/Refs/Ref, or QueryResult/Entities/<list>/<item>."""
    around = [_name(parent) for parent in element.iterancestors()]
    return around[:-1] == ["Refs"] or (len(around) == 3 and around[1] in ("Entities", "Resources"))


def _part(
    element: t.Any,
    tags: t.Mapping[str, str],
    names: t.Mapping[str, str],
    links: t.Collection[_records.Leads] | None,
) -> _records.Record:
    """Return as a record what an element has of these children and, where there is no such child, of these attributes.

    tags: the keys of the record by the tags of children. names: the names of attributes by the same keys. links: which of its
    links, None for all.
    """
    record: _records.Record = {}
    for child in element[:]:  # taken all at once, which lxml is quicker at, though its types do not know it
        if key := tags.get(child.tag):
            text = child.text
            record[key] = text if text and text.isprintable() and not len(child) else _inner(child, key, links)
    for key in names.keys() - record.keys():
        if text := element.get(names[key]):
            record[key] = _records.clean(text)
    return record


def _record(element: t.Any, links: t.Collection[_records.Leads] | None = None) -> _records.Record:
    """Return attributes and children of an element as one record. links: which of its links, None for all.

    This is what reading very many sessions costs, so the usual child, which is nothing but text, is not handed on.
    """
    several: set[str] = set()
    record: _records.Record = {}
    for attribute, text in element.items():
        if attribute[0] != "{":
            record[_records.snake(attribute)] = _records.clean(text) or None
    for child in element[:]:
        key = _key(str(child.tag))
        words = child.text
        value = words if words and words.isprintable() and not len(child) else _inner(child, key, links)
        if key in several:
            record[key].append(value)
        elif key in record:
            several.add(key)
            before = record[key]
            record[key] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            record[key] = value
    return record


def _inner(element: etree._Element, key: str, links: t.Collection[_records.Leads] | None) -> t.Any:
    """Return what a child holds that is more than text: of links only these, where not all are needed. Most have five or more."""
    if links is not None and key == "links":
        return [_record(link) for link in element if (link.get("Rel"), link.get("Type")) in links]
    return _value(element)


def _value(element: etree._Element) -> t.Any:
    """Return what an element holds: text, a list, or a record. An empty element is None."""
    if len(element):
        if _records.is_container(_name(element), [_name(child) for child in element]):
            return [_value(child) for child in element]
        return _record(element)
    text = element.text
    if text:
        return _records.clean(text)
    return _record(element) or None


def _name(element: etree._Element) -> str:
    return _without_namespace(str(element.tag))


@functools.lru_cache(maxsize=512)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


@functools.lru_cache(maxsize=512)
def _key(tag: str) -> str:
    return _records.snake(_without_namespace(tag))
