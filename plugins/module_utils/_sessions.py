# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""From records of EM to sessions as the modules return them, by the family's table.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors, _family, _records, _related, _values

# Parts of every record that are about the representation, not about the session.
_STRUCTURE = frozenset({"links", "href", "type"})
# The Type of a link to an entity lacks the ending that one to a reference has.
_ENDINGS = ("", "Reference")
_INT = re.compile(r"[+-]?[0-9]{1,19}")


class SessionBuilder:
    """Turns the records of one family into sessions.

    now: seconds since 1970 by the server's clock. only: names of the fields that are needed, where not all are; what is unknown to
    the table is then left out.
    """

    def __init__(
        self,
        family: _family.Family,
        now: t.Callable[[], float],
        with_links: bool = False,
        only: t.Collection[str] | None = None,
    ) -> None:
        fields = [field for field in family.fields if only is None or field.name in only]
        self._family = family
        self._now = now
        self._with_links = with_links
        self._all = only is None
        self._elements = [(field.name, *_path(field.element), _conversion(field), field) for field in fields if field.element]
        self._links = [(field, _leading_to(*field.link)) for field in fields if field.link]
        # the keys in the table's order
        self._empty: _family.Session = {**dict.fromkeys(field.name for field in fields), "kind": family.kind}
        self._timed = "duration" in self._empty
        self._known = _STRUCTURE | {element for dummy, element, *rest in self._elements}
        self._finished = frozenset(state.lower() for state in family.finished)
        self.elements = () if only is None else _elements_of(fields)
        self.links = None if with_links else frozenset(lead for dummy, leads in self._links for lead in leads)

    def build(self, record: _records.Record) -> _family.Session:
        """Return one session: the table's keys in the table's order, then the elements that the table does not know."""
        session = self._empty.copy()
        for key, name, inner, convert, field in self._elements:
            raw = record.get(name)
            if raw is None:
                continue
            if convert and isinstance(raw, str):
                session[key] = convert(raw)
            else:
                session[key] = value_of(field, _inside(raw, name, inner) if inner else raw)
        links = _links(record) if self._links or self._with_links else []
        for field, leads in self._links:
            session[field.name] = _linked(field, [link for link in links if _leads_to(link, leads)])
        self._compute(session)
        if self._all:
            for name, value in record.items():
                if name not in self._known:
                    session.setdefault(name, value)
        if self._with_links:
            session["links"] = [{field.name: link.get(field.name) for field in _related.LINKS.contains} for link in links]
        return session

    def _compute(self, session: _family.Session) -> None:
        """Fill what no element says. The state alone decides whether a session runs: a running task can say Success."""
        state = session["state"]
        running = state.lower() not in self._finished if state else session["end_time"] is None
        session["running"] = running
        if running:
            session["end_time"] = None
        if self._timed:
            session["duration"] = self._duration(session)

    def _duration(self, session: _family.Session) -> int | None:
        start = _values.epoch_of(session["creation_time"] or "")
        end = self._now() if session["running"] else _values.epoch_of(session["end_time"] or "")
        return None if start is None or end is None else max(0, int(end - start))


def _elements_of(fields: t.Iterable[_family.Field]) -> tuple[str, ...]:
    """Return the names of the elements and attributes that these fields are read from, and of that which tells sessions apart."""
    names = ["UID"] + [(field.element or "").partition("/")[0] or "Links" for field in fields if not field.computed]
    return tuple(dict.fromkeys(names))


def _links(record: _records.Record) -> list[_records.Record]:
    """Return the links of a record; anything else in their place is none."""
    links = record.get("links")
    return [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []


def _path(element: str) -> tuple[str, str]:
    """Return the names of an element in a record: its own or that of the one around it, and the inner one or nothing."""
    outer, dummy, inner = element.partition("/")
    return _records.snake(outer), _records.snake(inner)


def _inside(raw: t.Any, outer: str, inner: str) -> t.Any:
    """Return what an element holds inside. An inner one of the same name can come alone, or without the outer one around it."""
    if isinstance(raw, list):
        raw = raw[0] if raw else None
    while isinstance(raw, dict) and isinstance(raw.get(outer), dict):
        raw = raw[outer]
    if isinstance(raw, dict):
        return raw.get(inner)
    return raw if inner == outer else None


def value_of(field: _family.Field, raw: t.Any) -> t.Any:
    """Return the value of an element; what cannot be what the table expects is passed through. Raises ProtocolViolation for
    something else than text where text is needed."""
    if raw is None:
        return None
    if field.type == "list":
        return _list(field, raw) or None
    if field.type == "link_id" and isinstance(raw, dict):
        return _values.guid_of(str(raw.get("href") or "")) or None
    if not isinstance(raw, str):
        if field.type == "str" and field.name != "state":
            return raw
        raise _errors.ProtocolViolation(f"The server's element {field.element} holds something else than text.")
    convert = _CONVERSIONS.get(field.type)
    return convert(raw) if convert else raw


def _number(text: str) -> t.Any:
    return int(text) if _INT.fullmatch(text) else text


def _truth(text: str) -> t.Any:
    return {"true": True, "false": False, "1": True, "0": False}.get(text.lower(), text)


# From the text of an element to the value of a field, by the field's type.
_CONVERSIONS: t.Mapping[str, t.Callable[[str], t.Any]] = {
    "time": _values.utc_text,
    "id": _values.guid_of,
    "int": _number,
    "bool": _truth,
    "result": _values.result_of,
    "str": str,
}


def _conversion(field: _family.Field) -> t.Callable[[str], t.Any] | None:
    """Return what makes the value of a field of the text of its element, None where it takes more than that."""
    return None if "/" in (field.element or "") else _CONVERSIONS.get(field.type)


def fields_of(record: _records.Record, fields: t.Iterable[_family.Field]) -> _family.Session:
    """Return the keys of something smaller than a session: a part of one, or an event. Unknown elements come along."""
    names = [(field, _records.snake(field.element or "")) for field in fields]
    part = {field.name: value_of(field, record.get(name)) for field, name in names}
    known = {name for dummy, name in names}
    return {**part, **{name: value for name, value in record.items() if name not in known and name not in _STRUCTURE}}


def _list(field: _family.Field, raw: t.Any) -> list[_family.Session]:
    """Return the items of an element that is a list; a single item can come without a list around it."""
    if isinstance(raw, dict):
        raw = raw.get(_records.snake(field.element or ""), raw)
    items = raw if isinstance(raw, list) else [raw]
    return [fields_of(item, field.contains) for item in items if isinstance(item, dict)]


def _leading_to(rel: str, kind: str) -> tuple[_records.Leads, ...]:
    """Return the Rels and Types of the links that are that to a session."""
    return tuple((rel, kind + ending) for ending in _ENDINGS)


def _leads_to(link: _records.Record, leads: tuple[_records.Leads, ...]) -> bool:
    """Tell whether a link is one of these, and has an Href. Its place in the list varies."""
    return (link.get("rel"), link.get("type")) in leads and isinstance(link.get("href"), str)


def _linked(field: _family.Field, found: t.Sequence[_records.Record]) -> t.Any:
    """Return what the links of one Rel and Type say: a list of ids, one id, or the id and name of a server.

    Of an Href only the id counts: hosts and paths can be wrong.
    """
    if field.type == "ids":
        return [_values.guid_of(link["href"]) for link in found]
    if not found:
        return None
    if field.type == "server":
        return {"id": _values.guid_of(found[0]["href"]), "name": found[0].get("name")}
    return _values.guid_of(found[0]["href"])


def names_of(sessions: t.Iterable[_family.Session]) -> str:
    """Return the names and states of sessions for a message; of many only the first ones."""
    words = [f"{session['name']} ({session['state']})" for session in sessions]
    return _errors.shortened(", ".join(words[:5]), 1000) + (f" and {len(words) - 5} more" if len(words) > 5 else "")
