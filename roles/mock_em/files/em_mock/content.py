# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records and other facts as neutral resources, which both renderers print: names and values, but no syntax."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Union

from .schema import Element, LinkRule, Record, Values
from .times import iso_time, sql_time

Scalar = Union[None, str, int, bool]


class Style(NamedTuple):
    """What two renderings of the same data may differ in: EM's version, and the hosts in own Hrefs and in links."""

    em_version: int
    href_host: str
    link_host: str

    def href(self, path: str) -> str:
        """The address that a resource gives as its own."""
        return f"https://{self.href_host}/api/{path}"

    def link(self, path: str) -> str:
        """The address that a link carries."""
        return f"https://{self.link_host}/api/{path}"


class Link(NamedTuple):
    """A link; None leaves the attribute out (null in JSON)."""

    rel: str
    href: str
    type: str | None = None
    name: str | None = None


@dataclass
class Resource:
    """Something with a name in XML. ``shape``: entity, reference, resource (Href and Type at most) or plain."""

    element: str
    shape: str = "plain"
    head: Mapping[str, Scalar] = field(default_factory=dict)
    attributes: tuple[tuple[str, Scalar], ...] = ()
    links: list[Link] | None = None
    members: list[Member] = field(default_factory=list)


class Member(NamedTuple):
    """One element of a resource. ``derived`` and ``absent_if_null`` as in ``schema.Element``.

    ``repeated``: a list whose items stand side by side, without an element around them.
    """

    name: str
    value: Scalar | Resource | Link | list[Resource]
    derived: bool = False
    absent_if_null: bool = False
    repeated: bool = False


def entity(record: Record, style: Style, element: str) -> Resource:
    """A record in full, under the given element name."""
    kind = record.kind
    return Resource(
        element,
        "entity",
        {
            "Type": kind.type,
            "Href": style.href(f"{kind.href_path or kind.path}/{record.id}?format=Entity"),
            "Name": record["name"],
            "UID": kind.uid(record.id),
        },
        _attributes(kind.attributes, record.values),
        _links(record, style, "entity"),
        [*_members(kind.elements, record.values, style), *_extra(record)],
    )


def reference(record: Record, style: Style, element: str) -> Resource:
    """A record as a reference: name, ids and links, but no state."""
    kind = record.kind
    return Resource(
        element,
        "reference",
        {
            "Type": f"{kind.type}Reference",
            "Href": style.href(f"{kind.reference_path or kind.path}/{record.id}"),
            "Name": record["name"],
            "UID": kind.uid(record.id),
        },
        links=_links(record, style, "reference"),
    )


def _links(record: Record, style: Style, shape: str) -> list[Link]:
    links: list[Link] = []
    for rule in record.kind.links:
        if rule.shape not in (None, shape) or (rule.when and not rule.when(record.values)):
            continue
        if rule.each is None:
            links.append(_link(rule, record.values, style))
            continue
        for identity, name in record[rule.each] or ():
            shown = _restore_point_name(name, style)
            links.append(_link(rule, {**record.values, "each_id": identity, "each_name": shown}, style))
    return links


def _link(rule: LinkRule, values: Values, style: Style) -> Link:
    name = None if rule.name is None else rule.name.format_map(values)
    return Link(rule.rel, style.link(rule.path.format_map(values)), rule.type, name)


def _restore_point_name(name: Any, style: Style) -> str:
    """Text as it is; a time in SQL Server's form up to EM 12, in ISO form in EM 13."""
    if isinstance(name, datetime):
        return iso_time(name) if style.em_version >= 13 else sql_time(name)
    return str(name)


def _attributes(names: tuple[tuple[str, str], ...], values: Values) -> tuple[tuple[str, Scalar], ...]:
    return tuple((name, values.get(key)) for name, key in names)


def _members(elements: tuple[Element, ...], values: Values, style: Style) -> list[Member]:
    return [Member(element.name, _value(element, values, style), element.derived, element.absent_if_null) for element in elements]


def _extra(record: Record) -> list[Member]:
    """Elements that no table knows, as a later version may have them."""
    return [Member(name, value) for name, value in (record["extra"] or {}).items()]


def _value(element: Element, values: Values, style: Style) -> Scalar | Resource | Link | list[Resource]:
    value: Any = values.get(element.key) if element.key else values
    if value is None or (value == "" and element.absent_if_empty):
        return None
    if element.link is not None:
        return _link(element.link, values, style)
    if element.type == "time":
        return iso_time(value)
    if element.type == "urn":
        return f"urn:veeam:{element.urn}:{value}"
    if element.type == "object":
        return _nested(element, element.name, value, style)
    if element.type == "list":
        return [_nested(element, element.item, item, style) for item in value]
    plain: Scalar = value
    return plain


def _nested(element: Element, name: str, values: Values, style: Style) -> Resource:
    return Resource(
        name,
        attributes=_attributes(element.attributes, values),
        members=_members(element.children, values, style),
    )
