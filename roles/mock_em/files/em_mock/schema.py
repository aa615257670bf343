# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which ``kinds`` describes entities: Kind, Element, LinkRule, Field, Listing; and Record, an instance.

A record's values are a flat mapping with keys in snake_case; elements, links and filter fields name those keys.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Callable

from .roles import PORTAL

Values = Mapping[str, Any]
Condition = Callable[[Values], bool]


@dataclass(frozen=True)
class LinkRule:
    """One link, or with ``each`` one per (id, name) pair of that value, seen by the templates as each_id and each_name.

    ``path`` and ``name`` are templates over the record's values. ``shape`` limits it to ``entity`` or ``reference``.
    """

    rel: str
    type: str | None
    path: str
    name: str | None = None
    shape: str | None = None
    when: Condition | None = None
    each: str | None = None


@dataclass(frozen=True)
class Element:
    """One element of an entity's body; a value of None leaves it out of XML and is null in JSON.

    ``type`` is ``text``, ``time``, ``int``, ``bool``, ``urn`` (a GUID, printed with
    ``urn``), ``link``, ``object`` (a mapping, printed with ``children``; without a key, the record's own values) or
    ``list`` (mappings, items named ``item``).
    ``derived``: a member of the most derived class, which JSON prints first. ``absent_if_null``: EM 12 leaves
    it out of JSON when it is null, as it does with times. ``absent_if_empty``: an empty text counts as None.
    """

    name: str
    key: str
    type: str = "text"
    urn: str = ""
    derived: bool = False
    absent_if_null: bool = False
    absent_if_empty: bool = False
    item: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element, ...] = ()
    link: LinkRule | None = None


@dataclass(frozen=True)
class Field:
    """A name that filters and sorting know.

    ``type`` is text, enum, time, uid, int or bool; ``order`` holds an enum's words, lowest first.
    """

    name: str
    key: str
    type: str = "text"
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A URL that lists records of a kind, at most 30 days old unless ``recent_only`` is off.

    ``owner`` is what the ``{id}`` in the path stands for (as error messages name it) and ``owner_key`` the value that
    holds it. ``types`` limits the job type.
    """

    path: str
    types: frozenset[str] = frozenset()
    owner: str = ""
    owner_key: str = ""
    recent_only: bool = True
    readers: frozenset[str] = PORTAL


@dataclass(frozen=True)
class Kind:
    """One kind of entity.

    ``type`` is the entity's Type and, unless there is an ``element``, its root element; ``root`` the element of its
    collections and ``item`` the element in them; ``path`` the collection's URL, ``href_path`` the one that its own Hrefs
    carry and ``reference_path`` that in its references (some are wrong on the real server too); ``urn`` the kind inside
    its UID; ``attributes`` its XML attributes of its own; ``parent`` the name of the kind that its ``session_id`` stands
    for. A session in one of ``finished_states`` has ended; the first is the usual,
    ``end_states`` has the others by result. One that ended well has ``good_result`` and the Progress ``end_progress``,
    which is None where there is none or it never moves.
    """

    name: str
    type: str
    root: str
    path: str
    elements: tuple[Element, ...]
    links: tuple[LinkRule, ...]
    listings: tuple[Listing, ...]
    attributes: tuple[tuple[str, str], ...] = ()
    element: str = ""
    item: str = ""
    urn: str = ""
    href_path: str = ""
    reference_path: str = ""
    fields: tuple[Field, ...] = ()
    query_type: str | None = None
    readers: frozenset[str] = PORTAL
    query_readers: frozenset[str] = PORTAL
    stoppers: frozenset[str] = frozenset()
    always_entities: bool = False
    finished_states: tuple[str, ...] = ("Stopped",)
    end_states: tuple[tuple[str, str], ...] = ()
    good_result: str = "Success"
    end_progress: int | None = None
    parent: str = ""

    @property
    def root_element(self) -> str:
        """The element of one entity that is a body of its own."""
        return self.element or self.type

    @property
    def item_element(self) -> str:
        """The element of one entity inside a collection."""
        return self.item or self.root_element

    @property
    def owner_keys(self) -> frozenset[str]:
        """The values by which listings look records up."""
        return frozenset(listing.owner_key for listing in self.listings if listing.owner_key)

    def end_state(self, result: str) -> str:
        """The state of a session that has ended with this result."""
        return dict(self.end_states).get(result, self.finished_states[0])

    def end_result(self, state: str) -> str:
        """The result that goes, as a rule, with such an end: the state again, where it says more than that it is over."""
        return state if state in dict(self.end_states) else self.good_result

    def uid(self, identity: str) -> str:
        """The full id: ``urn:veeam:<kind>:<guid>``."""
        return f"urn:veeam:{self.urn or self.type}:{identity}"


class Record:
    """One entity: its kind, its values, and its renderings, which live until it changes."""

    __slots__ = ("id", "kind", "rendered", "values")

    def __init__(self, kind: Kind, values: dict[str, Any]) -> None:
        self.kind = kind
        self.id: str = values["id"]
        self.values = values
        self.rendered: dict[Hashable, str] = {}

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def change(self, **values: Any) -> None:
        """Set values and forget the renderings."""
        self.values.update(values)
        self.rendered = {}
