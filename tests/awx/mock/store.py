# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects, as AWX would have them in its database."""

from __future__ import annotations

import copy
import itertools
import typing as t
import urllib.parse

from ansible_collections.backupops.veeam_em.tests.awx.mock.errors import Refused, invalid, not_found
from ansible_collections.backupops.veeam_em.tests.awx.mock.kinds import KINDS, UNIFIED, Fields, Kind, is_a

_PAGE_SIZE = 25


class Store:
    """Objects by endpoint and id, all ids being different; the links and surveys of each."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self.objects: dict[str, dict[int, Fields]] = {endpoint: {} for endpoint in KINDS}
        self.links: dict[tuple[int, str], list[int]] = {}
        self.surveys: dict[int, Fields] = {}

    def snapshot(self) -> dict[str, t.Any]:
        """Return a copy of all that can be configured: not the tokens, which come and go."""
        objects = {endpoint: found for endpoint, found in self.objects.items() if endpoint != "tokens"}
        links = {way: ids for way, ids in self.links.items() if ids}
        return copy.deepcopy({"objects": objects, "links": links, "surveys": self.surveys})

    def create(self, endpoint: str, given: t.Mapping[str, t.Any]) -> Fields:
        """Add an object and return it. Raises Refused for what AWX would not take."""
        kind = KINDS[endpoint]
        for field in kind.required:
            if given.get(field) in (None, ""):
                raise invalid(field, "This field is required.")
        empty = {**kind.fields, **dict.fromkeys(kind.references)}
        return self._write(endpoint, {**copy.deepcopy(empty), "id": next(self._ids)}, given)

    def change(self, endpoint: str, identity: int, given: t.Mapping[str, t.Any]) -> Fields:
        """Change some fields of an object and return it. Raises Refused for what AWX would not take."""
        return self._write(endpoint, self.get(endpoint, identity), given)

    def get(self, endpoint: str, identity: int) -> Fields:
        """Return an object. Raises Refused where there is none."""
        for part in UNIFIED.get(endpoint, (endpoint,)):
            if identity in self.objects.get(part, {}):
                return self.objects[part][identity]
        raise not_found()

    def endpoint_of(self, identity: int) -> str:
        """Return the endpoint of an object that there is."""
        return next(endpoint for endpoint, found in self.objects.items() if identity in found)

    def find(self, endpoint: str, wanted: t.Mapping[str, str]) -> list[Fields]:
        """Return the objects whose fields have these values. Raises Refused for a field that they do not have."""
        endpoints = UNIFIED.get(endpoint, (endpoint,))
        found = [{**one, "type": KINDS[part].type} for part in endpoints for one in self.objects[part].values()]
        known = {"id", "type", *(field for part in endpoints for field in (*KINDS[part].fields, *KINDS[part].references))}
        for field in wanted:
            if field not in known | {"organization"}:
                raise Refused(400, {"detail": f"{KINDS[endpoints[0]].type} has no field named '{field}'"})
        return [one for one in found if all(str(one.get(field)) == value for field, value in wanted.items())]

    def linked(self, identity: int, way: str) -> list[int]:
        """Return the ids of the objects that are linked to one."""
        return self.links.setdefault((identity, way), [])

    def _write(self, endpoint: str, old: Fields, given: t.Mapping[str, t.Any]) -> Fields:
        kind = KINDS[endpoint]
        new = {**old, **{field: _typed(kind, field, value) for field, value in given.items() if field in kind.fields}}
        for field, target in kind.references.items():
            if field in given:
                new[field] = self._reference(field, target, given[field])
        if endpoint == "job_templates":  # which cannot be chosen
            new["organization"] = self.get("projects", new["project"])["organization"]
        self._refuse_doubles(endpoint, new)
        self.objects[endpoint][new["id"]] = new
        return new

    def _reference(self, field: str, target: str, value: t.Any) -> int | None:
        if value is None:
            return None
        try:
            return int(self.get(target, int(value))["id"])
        except (Refused, ValueError):
            raise invalid(field, f'Invalid pk "{value}" - object does not exist.') from None

    def _refuse_doubles(self, endpoint: str, new: Fields) -> None:
        unique = KINDS[endpoint].unique
        for other in self.objects[endpoint].values():
            if unique and other["id"] != new["id"] and all(other.get(field) == new.get(field) for field in unique):
                names = ", ".join(unique)
                raise Refused(400, {"__all__": [f"{KINDS[endpoint].type} with this ({names}) combination already exists."]})


def page_of(found: list[Fields], path: str, query: t.Mapping[str, str]) -> Fields:
    """Return the page of a list that a query asks for, as AWX answers it."""
    number = int(query.get("page", "1"))
    start = (number - 1) * _PAGE_SIZE
    following = urllib.parse.urlencode({**query, "page": number + 1})
    return {
        "count": len(found),
        "next": f"{path}?{following}" if len(found) > start + _PAGE_SIZE else None,
        "previous": None,
        "results": found[start : start + _PAGE_SIZE],
    }


def _typed(kind: Kind, field: str, value: t.Any) -> t.Any:
    """Return a value as its field has it. Raises Refused for a value of another type."""
    wanted = type(kind.fields[field])
    if wanted is int and isinstance(value, str) and value.isdigit():
        return int(value)
    if not is_a(value, wanted):
        raise invalid(field, f"Not a valid {wanted.__name__}: {type(value).__name__}.")
    return value
