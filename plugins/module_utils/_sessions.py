# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""From records of EM to sessions as the modules return them, by the family's table.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation, shortened
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family, Field, Session
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Record, snake
from ansible_collections.backupops.veeam_em.plugins.module_utils._related import LINKS
from ansible_collections.backupops.veeam_em.plugins.module_utils._values import epoch_of, guid_of, result_of, utc_text

# Parts of every record that are about the representation, not about the session.
_STRUCTURE = frozenset({"links", "href", "type"})
_TO_REFERENCE = "Reference"
_INT = re.compile(r"[+-]?[0-9]{1,19}")


class SessionBuilder:
    """Turns the records of one family into sessions. now: seconds since 1970 by the server's clock."""

    def __init__(self, family: Family, now: t.Callable[[], float], with_links: bool = False) -> None:
        self._family = family
        self._now = now
        self._with_links = with_links
        self._elements = [(field, *_path(field.element)) for field in family.fields if field.element]
        self._links = [field for field in family.fields if field.link]
        self._order = [field.name for field in family.fields]
        self._known = _STRUCTURE | {element[1] for element in self._elements}
        self._finished = frozenset(state.lower() for state in family.finished)

    def build(self, record: Record) -> Session:
        """Return one session: the table's keys in the table's order, then the elements that the table does not know."""
        session: Session = dict.fromkeys(self._order)
        for field, name, inner in self._elements:
            raw = record.get(name)
            session[field.name] = value_of(field, _inside(raw, name, inner) if inner else raw)
        links = _links(record)
        for field in self._links:
            session[field.name] = _linked(field, links)
        self._compute(session)
        for name, value in record.items():
            if name not in self._known:
                session.setdefault(name, value)
        if self._with_links:
            session["links"] = [{field.name: link.get(field.name) for field in LINKS.contains} for link in links]
        return session

    def _compute(self, session: Session) -> None:
        """Fill what no element says. The state alone decides whether a session runs: a running task can say Success."""
        state = session["state"]
        running = state.lower() not in self._finished if state else session["end_time"] is None
        session["kind"] = self._family.kind
        session["running"] = running
        if running:
            session["end_time"] = None
        session["duration"] = self._duration(session)

    def _duration(self, session: Session) -> int | None:
        start = epoch_of(session["creation_time"] or "")
        end = self._now() if session["running"] else epoch_of(session["end_time"] or "")
        return None if start is None or end is None else max(0, int(end - start))


def _links(record: Record) -> list[Record]:
    """Return the links of a record; anything else in their place is none."""
    links = record.get("links")
    return [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []


def _path(element: str) -> tuple[str, str]:
    """Return the names of an element in a record: its own or that of the one around it, and the inner one or nothing."""
    outer, dummy, inner = element.partition("/")
    return snake(outer), snake(inner)


def _inside(raw: t.Any, outer: str, inner: str) -> t.Any:
    """Return what an element holds inside. An inner one of the same name can come alone, or without the outer one around it."""
    if isinstance(raw, list):
        raw = raw[0] if raw else None
    while isinstance(raw, dict) and isinstance(raw.get(outer), dict):
        raw = raw[outer]
    if isinstance(raw, dict):
        return raw.get(inner)
    return raw if inner == outer else None


def value_of(field: Field, raw: t.Any) -> t.Any:
    """Return the value of an element; what cannot be what the table expects is passed through. Raises ProtocolViolation for
    something else than text where text is needed."""
    if raw is None:
        return None
    if field.type == "list":
        return _list(field, raw) or None
    if field.type == "link_id" and isinstance(raw, dict):
        return guid_of(str(raw.get("href") or "")) or None
    if not isinstance(raw, str):
        if field.type == "str" and field.name != "state":
            return raw
        raise ProtocolViolation(f"The server's element {field.element} holds something else than text.")
    if field.type == "time":
        return utc_text(raw)
    if field.type == "id":
        return guid_of(raw)
    if field.type == "int":
        return int(raw) if _INT.fullmatch(raw) else raw
    if field.type == "bool":
        return {"true": True, "false": False, "1": True, "0": False}.get(raw.lower(), raw)
    if field.type == "result":
        return result_of(raw)
    return raw


def fields_of(record: Record, fields: t.Iterable[Field]) -> Session:
    """Return the keys of something smaller than a session: a part of one, or an event. Unknown elements come along."""
    names = [(field, snake(field.element or "")) for field in fields]
    part = {field.name: value_of(field, record.get(name)) for field, name in names}
    known = {name for dummy, name in names}
    return {**part, **{name: value for name, value in record.items() if name not in known and name not in _STRUCTURE}}


def _list(field: Field, raw: t.Any) -> list[Session]:
    """Return the items of an element that is a list; a single item can come without a list around it."""
    if isinstance(raw, dict):
        raw = raw.get(snake(field.element or ""), raw)
    items = raw if isinstance(raw, list) else [raw]
    return [fields_of(item, field.contains) for item in items if isinstance(item, dict)]


def _linked(field: Field, links: t.Sequence[Record]) -> t.Any:
    """Return what the links of one Rel and Type say: a list of ids, one id, or the id and name of a server.

    Links are found by their Type: their place in the list varies. Of an Href only the id counts: hosts and paths can be wrong.
    """
    found = [link for link in links if _leads(link) == field.link and isinstance(link.get("href"), str)]
    if field.type == "ids":
        return [guid_of(link["href"]) for link in found]
    if not found:
        return None
    if field.type == "server":
        return {"id": guid_of(found[0]["href"]), "name": found[0].get("name")}
    return guid_of(found[0]["href"])


def _leads(link: Record) -> tuple[str | None, str]:
    """Return Rel and Type of a link; the Type of a link to an entity lacks the ending that one to a reference has."""
    kind = str(link.get("type") or "")
    return link.get("rel"), kind[: -len(_TO_REFERENCE)] if kind.endswith(_TO_REFERENCE) else kind


def names_of(sessions: t.Iterable[Session]) -> str:
    """Return the names and states of sessions for a message; of many only the first ones."""
    words = [f"{session['name']} ({session['state']})" for session in sessions]
    return shortened(", ".join(words[:5]), 1000) + (f" and {len(words) - 5} more" if len(words) > 5 else "")
