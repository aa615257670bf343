# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""XML as Enterprise Manager writes it: one line, no indentation, attribute order by version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from .content import Link, Member, Resource, Scalar, Style
from .messages import XML_TYPE
from .names import plural
from .paging import Page
from .schema import Kind

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
NAMESPACE = 'xmlns="http://www.veeam.com/ent/v1.0"'
SCHEMA_PREFIXES = 'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
SPECIAL = re.compile("[^ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand as it is; one class, because every value of every session is looked at."""
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LINK_ORDER = {12: ("Rel", "Type", "Href", "Name"), 13: ("Href", "Name", "Type", "Rel")}
HEAD_ORDER = {
    ("entity", 12): ("Type", "Href", "Name", "*", "UID"),
    ("entity", 13): ("Href", "Type", "Name", "UID", "*"),
    ("reference", 12): ("Type", "Href", "Name", "UID"),
    ("reference", 13): ("UID", "Name", "Href", "Type"),
    ("resource", 12): ("Type", "Href", "*"),
    ("resource", 13): ("Href", "Type", "*"),
    ("plain", 12): ("*",),
    ("plain", 13): ("*",),
}
"""Which attributes a shape has, in which order; ``*`` stands for those of its own."""
PAGING_ORDER = {12: ("PagesCount", "PageSize", "PageNum"), 13: ("PageNum", "PageSize", "PagesCount")}


def escape_text(text: str) -> str:
    """Element content; a carriage return would be read as a line feed, so it goes as a character reference."""
    if SPECIAL.search(text) is None:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")
    return ILLEGAL.sub("\ufffd", escaped)


def escape_attribute(text: str) -> str:
    """Attribute content; white space other than blanks as character references, or parsers turn it into blanks."""
    if SPECIAL.search(text) is None:
        return text
    return escape_text(text).replace('"', "&quot;").replace("\n", "&#xA;").replace("\t", "&#x9;")


def scalar_text(value: Scalar) -> str:
    """A value as XML Schema writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


class XmlRenderer:
    """Bodies in XML, in one style. Fragments have no namespace; bodies are complete."""

    media = "xml"
    content_type = XML_TYPE

    def __init__(self, style: Style) -> None:
        self.style = style
        self._namespaces = NAMESPACE if style.em_version < 13 else f"{SCHEMA_PREFIXES} {NAMESPACE}"

    def fragment(self, resource: Resource) -> str:
        """One resource without declaration and namespace, as a collection holds it."""
        return self._element(resource, "")

    def document(self, resource: Resource) -> str:
        """One resource as a body of its own."""
        return DECLARATION + self._element(resource, f" {self._namespaces}")

    def collection(self, root: str, fragments: Iterable[str]) -> str:
        """A collection's root around its fragments."""
        return f"{DECLARATION}<{root} {self._namespaces}>{''.join(fragments)}</{root}>"

    def references(self, fragments: Iterable[str]) -> str:
        """A collection of references."""
        return self.collection("EntityReferences", fragments)

    def entities(self, kind: Kind, fragments: Iterable[str]) -> str:
        """A collection of entities."""
        return self.collection(kind.root, fragments)

    def query_references(self, fragments: Iterable[str], page: Page) -> str:
        """A page of a query as references."""
        return self._query(f"<Refs>{''.join(fragments)}</Refs>", page)

    def query_entities(self, kind: Kind, fragments: Iterable[str], page: Page) -> str:
        """A page of a query as entities."""
        return self._query(f"<Entities><{kind.root}>{''.join(fragments)}</{kind.root}></Entities>", page)

    def query_resources(self, item: str, fragments: Iterable[str], page: Page) -> str:
        """A page of a query for resources without a key, such as tasks."""
        root = plural(item)
        return self._query(f"<Resources><{root}>{''.join(fragments)}</{root}></Resources>", page)

    def error(self, status: int, message: str) -> str:
        """An Error body."""
        head: list[tuple[str, Scalar]] = [("Message", message), ("StatusCode", status)]
        return f"{DECLARATION}<Error{self._attributes(head)} {self._namespaces} />"

    def _query(self, content: str, page: Page) -> str:
        counts = {"PageNum": page.number, "PageSize": page.size, "PagesCount": page.pages}
        numbers = [(name, counts[name]) for name in PAGING_ORDER[self.style.em_version]]
        paging = f"<PagingInfo{self._attributes(numbers)}>{self._links(page.links)}</PagingInfo>"
        return f"{DECLARATION}<QueryResult {self._namespaces}>{content}{paging}</QueryResult>"

    def _element(self, resource: Resource, namespaces: str) -> str:
        own: Sequence[tuple[str, Scalar]] = [pair for pair in resource.attributes if pair[1] is not None]
        order = HEAD_ORDER[resource.shape, self.style.em_version]
        pairs: list[tuple[str, Scalar]] = []
        for name in order:
            pairs += own if name == "*" else _present(name, resource.head)
        parts: list[str] = []
        if resource.links is not None:
            parts.append(self._links(resource.links))
        parts += [self._member(member) for member in resource.members]
        inner = "".join(parts)
        head = f"{resource.element}{namespaces}{self._attributes(pairs)}"
        return f"<{head}>{inner}</{resource.element}>" if inner else f"<{head} />"

    def _member(self, member: Member) -> str:
        name, value = member.name, member.value
        if value is None:
            return ""
        if isinstance(value, Resource):
            return self.fragment(value)
        if isinstance(value, list):
            inner = "".join(self.fragment(item) for item in value)
            if member.repeated:
                return inner
            return f"<{name}>{inner}</{name}>" if inner else f"<{name} />"
        if isinstance(value, Link):
            return self._link(name, value)
        text = escape_text(scalar_text(value))
        return f"<{name}>{text}</{name}>" if text else f"<{name} />"

    def _links(self, links: Sequence[Link]) -> str:
        return f"<Links>{''.join([self._link('Link', link) for link in links])}</Links>" if links else "<Links />"

    def _link(self, element: str, link: Link) -> str:
        values: Mapping[str, str | None] = {
            "Rel": link.rel,
            "Type": link.type,
            "Href": link.href,
            "Name": link.name,
        }
        pairs = [(name, values[name]) for name in LINK_ORDER[self.style.em_version] if values[name] is not None]
        return f"<{element}{self._attributes(pairs)} />"

    def _attributes(self, pairs: Iterable[tuple[str, Scalar]]) -> str:
        return "".join([f' {name}="{escape_attribute(scalar_text(value))}"' for name, value in pairs])


def _present(name: str, head: Mapping[str, Scalar]) -> list[tuple[str, Scalar]]:
    value = head.get(name)
    return [] if value is None else [(name, value)]
