# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON as Enterprise Manager writes it: members of the derived class first, keys in the case of the version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Union

from .content import Link, Member, Resource, Style
from .messages import JSON_TYPE
from .names import json_key, plural
from .paging import Page
from .schema import Kind
from .slots import ENTITY_SLOTS, RESOURCE_SLOTS

HEAD_ORDER = {
    "entity": ("Name", "UID", "Links", "Href", "Type"),
    "reference": ("Links", "UID", "Name", "Href", "Type"),
    "resource": ("Links", "Href", "Type"),
}

Json = Union[None, str, int, dict[str, Any], list[Any]]


class JsonRenderer:
    """Bodies in JSON, in one style."""

    media = "json"
    content_type = JSON_TYPE

    def __init__(self, style: Style) -> None:
        self.style = style

    def fragment(self, resource: Resource) -> str:
        """One resource as a collection holds it."""
        return self._text(self._resource(resource))

    def document(self, resource: Resource) -> str:
        """One resource as a body of its own: the same, JSON names no root."""
        return self.fragment(resource)

    def collection(self, root: str, fragments: Iterable[str]) -> str:
        """An object with one list."""
        return f'{{"{self._key(root)}":[{",".join(fragments)}]}}'

    def references(self, fragments: Iterable[str]) -> str:
        """A collection of references."""
        return self.collection("Refs", fragments)

    def entities(self, kind: Kind, fragments: Iterable[str]) -> str:
        """A collection of entities, named after the item: ``BackupJobSessions``."""
        return self.collection(plural(kind.item_element), fragments)

    def query_references(self, fragments: Iterable[str], page: Page) -> str:
        """A page of a query as references: ``Refs.Refs``."""
        return self._query({"Refs": self.references(fragments)}, page)

    def query_entities(self, kind: Kind, fragments: Iterable[str], page: Page) -> str:
        """A page of a query as entities: ``Entities.X.X``, all other kinds null."""
        return self._query({"Entities": self._slots(ENTITY_SLOTS, kind.root, self.entities(kind, fragments))}, page)

    def query_resources(self, item: str, fragments: Iterable[str], page: Page) -> str:
        """A page of a query for resources without a key: ``Resources.Tasks.Tasks``."""
        root = plural(item)
        return self._query({"Resources": self._slots(RESOURCE_SLOTS, root, self.collection(root, fragments))}, page)

    def error(self, status: int, message: str) -> str:
        """An Error body; the order of its members is that of a real one."""
        body: dict[str, Json] = {
            "FirstChanceExceptionMessage": None,
            "Message": message,
            "StackTrace": None,
            "Status": None,
            "StatusCode": status,
        }
        return self._text({self._key(name): value for name, value in body.items()})

    def _query(self, content: Mapping[str, str], page: Page) -> str:
        paging = {
            "Links": [self._link(link) for link in page.links],
            "PageNum": page.number,
            "PageSize": page.size,
            "PagesCount": page.pages,
        }
        parts = {"Refs": "null", "Entities": "null", "Resources": "null", "Links": "null", **content}
        parts["PagingInfo"] = self._text({self._key(name): value for name, value in paging.items()})
        return self._object(parts)

    def _slots(self, slots: Iterable[str], root: str, content: str) -> str:
        return self._object({**dict.fromkeys(slots, "null"), root: content})

    def _object(self, parts: Mapping[str, str]) -> str:
        return "{" + ",".join(f'"{self._key(name)}":{text}' for name, text in parts.items()) + "}"

    def _resource(self, resource: Resource) -> dict[str, Any]:
        shown = [member for member in resource.members if self._is_shown(member)]
        members: dict[str, Any] = {member.name: self._value(member) for member in shown if member.derived}
        members.update(resource.attributes)
        members.update({member.name: self._value(member) for member in shown if not member.derived})
        links = None if resource.links is None else [self._link(link) for link in resource.links]
        head = {**resource.head, "Links": links}
        if resource.shape == "plain":
            members = members if links is None else {"Links": links, **members}
        else:
            members.update({name: head.get(name) for name in HEAD_ORDER[resource.shape]})
        return {self._key(name): value for name, value in members.items()}

    def _is_shown(self, member: Member) -> bool:
        """EM 12 leaves the end time of a running session out, EM 13 writes null."""
        return member.value is not None or not member.absent_if_null or self.style.em_version >= 13

    def _value(self, member: Member) -> Json:
        value = member.value
        if isinstance(value, Link):
            return self._link(value)
        if isinstance(value, Resource):
            return self._resource(value)
        if isinstance(value, list):
            items = [self._resource(item) for item in value]
            if member.repeated:
                return items
            return {self._key(plural(value[0].element if value else member.name)): items}
        return value

    def _link(self, link: Link) -> dict[str, str | None]:
        values = {"Rel": link.rel, "Href": link.href, "Name": link.name, "Type": link.type}
        return {self._key(name): value for name, value in values.items()}

    def _key(self, name: str) -> str:
        return json_key(name, self.style.em_version)

    def _text(self, value: Json) -> str:
        """EM 13's serialiser writes everything beyond ASCII as an escape, the older one as it is."""
        return json.dumps(value, ensure_ascii=self.style.em_version >= 13, separators=(",", ":"))
