# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""From records of EM to sessions as the modules return them, by the family's table.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import Family, Field
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Record, snake
from ansible_collections.backupops.veeam_em.plugins.module_utils._values import epoch_of, guid_of, utc_text

Session = dict[str, t.Any]

# Parts of every record that are about the representation, not about the session.
_STRUCTURE = frozenset({"links", "href", "type"})


class SessionBuilder:
    """Turns the records of one family into sessions. now: seconds since 1970 by the server's clock."""

    def __init__(self, family: Family, now: t.Callable[[], float], with_links: bool = False) -> None:
        self._family = family
        self._now = now
        self._with_links = with_links
        self._elements = [(field, snake(field.element)) for field in family.fields if field.element]
        self._links = [field for field in family.fields if field.link]
        self._order = [field.name for field in family.fields]
        self._known = _STRUCTURE | {name for dummy, name in self._elements}
        self._finished = frozenset(state.lower() for state in family.finished)

    def build(self, record: Record) -> Session:
        """Return one session: the table's keys in the table's order, then the elements that the table does not know."""
        session: Session = dict.fromkeys(self._order)
        for field, name in self._elements:
            session[field.name] = _value(field, record.get(name))
        links = _links(record)
        for field in self._links:
            session[field.name] = _linked(field, links)
        self._compute(session)
        for name, value in record.items():
            if name not in self._known:
                session.setdefault(name, value)
        if self._with_links:
            session["links"] = [{key: link.get(key) for key in ("rel", "type", "name", "href")} for link in links]
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


def _value(field: Field, raw: t.Any) -> t.Any:
    """Return the value of an element; what cannot be what the table expects is passed through."""
    if raw is None:
        return None
    if not isinstance(raw, str):
        if field.type == "str" and field.name != "state":
            return raw
        raise ProtocolViolation(f"The server's element {field.element} holds something else than text.")
    if field.type == "time":
        return utc_text(raw)
    if field.type == "id":
        return guid_of(raw)
    if field.type == "int":
        return int(raw) if raw.lstrip("+-").isdecimal() else raw
    if field.type == "bool":
        return {"true": True, "false": False, "1": True, "0": False}.get(raw.lower(), raw)
    if field.type == "result":
        return None if raw.lower() == "none" else raw
    return raw


def _linked(field: Field, links: t.Sequence[Record]) -> t.Any:
    """Return what the links of one Rel and Type say: a list of ids, one id, or the id and name of a server.

    Links are found by their Type: their place in the list varies. Of an Href only the id counts: hosts and paths can be wrong.
    """
    found = [link for link in links if (link.get("rel"), link.get("type")) == field.link and isinstance(link.get("href"), str)]
    if field.type == "ids":
        return [guid_of(link["href"]) for link in found]
    if not found:
        return None
    if field.type == "server":
        return {"id": guid_of(found[0]["href"]), "name": found[0].get("name")}
    return guid_of(found[0]["href"])
