# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All records, found by id, by owner and by kind. Children that are costly to make are made when first asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Callable

from .kinds import ENTITIES, JOBS, KINDS
from .schema import Kind, Record

MakeChildren = Callable[[Record], Iterable[Record]]


class Store:
    """The records of every kind. Not safe under threads by itself: the server holds one lock per request."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._records: dict[str, dict[str, Record]] = {name: {} for name in ENTITIES}
        self._owned: defaultdict[tuple[str, str, str], list[Record]] = defaultdict(list)
        self._words: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._unmade: defaultdict[str, dict[str, tuple[Record, MakeChildren]]] = defaultdict(dict)

    def add(self, record: Record) -> Record:
        """Take a record in; ValueError when its id is taken."""
        kind = record.kind
        records = self._records[kind.name]
        if record.id in records:
            raise ValueError(f"there is a {kind.type} {record.id} already")
        records[record.id] = record
        for key in kind.owner_keys:
            owner = record.values.get(key)
            if owner is not None:
                self._owned[kind.name, key, owner].append(record)
        self.learn(record)
        return record

    def remove(self, record: Record) -> None:
        """Forget a record."""
        kind = record.kind
        del self._records[kind.name][record.id]
        for key in kind.owner_keys:
            owner = record.values.get(key)
            if owner is not None:
                self._owned[kind.name, key, owner].remove(record)

    def learn(self, record: Record) -> None:
        """Remember the words that the record uses in its enums, so that filters know them."""
        for field in record.kind.fields:
            if field.type == "enum":
                self._words[record.kind.name, field.key].add(record.values[field.key])

    def make_later(self, kind: Kind, parent: Record, make: MakeChildren) -> None:
        """Have ``make(parent)`` deliver the parent's children of this kind when somebody asks for them."""
        self._unmade[kind.name][parent.id] = (parent, make)

    def get(self, kind: Kind, identity: str) -> Record | None:
        """The record with this id (lower case), or None."""
        found = self._records[kind.name].get(identity)
        if found is None and self._unmade[kind.name]:
            self._make_all(kind)
            found = self._records[kind.name].get(identity)
        return found

    def all(self, kind: Kind) -> list[Record]:
        """All records of a kind, in the order in which they came in."""
        self._make_all(kind)
        return list(self._records[kind.name].values())

    def owned(self, kind: Kind, key: str, owner: str) -> list[Record]:
        """The records of a kind whose value ``key`` is this id."""
        unmade = self._unmade[kind.name].pop(owner, None)
        if unmade is not None:
            self._make(*unmade)
        return list(self._owned.get((kind.name, key, owner), ()))

    def knows_owner(self, key: str, owner: str) -> bool:
        """Whether any session names this id under ``key``, or a job has it: sessions know jobs that are not listed."""
        return any((name, key, owner) in self._owned for name in KINDS) or any(owner in self._records[name] for name in JOBS)

    def words(self, kind: Kind) -> dict[str, frozenset[str]]:
        """Per enum key: the words in use."""
        return {key: frozenset(words) for (name, key), words in self._words.items() if name == kind.name}

    def _make_all(self, kind: Kind) -> None:
        unmade = self._unmade.pop(kind.name, {})
        for parent, make in unmade.values():
            self._make(parent, make)

    def _make(self, parent: Record, make: MakeChildren) -> None:
        for child in make(parent):
            self.add(child)
