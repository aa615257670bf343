# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters and sorting over records: what a parsed filter means for a kind's fields."""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from typing import Any, Callable

from .query_parser import Comparison, Either, FilterError, Node, parse
from .schema import Field, Record
from .times import parse_filter_time

Predicate = Callable[[Any], bool]
Vocabulary = Mapping[str, frozenset[str]]
"""Per key of an enum: the words that occur in the data beyond the documented ones."""

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
TRUTH = {"true": True, "false": False}


class Fields:
    """A kind's fields, found by name without regard to case."""

    def __init__(self, fields: tuple[Field, ...], type_name: str, vocabulary: Vocabulary) -> None:
        self._fields = {field.name.lower(): field for field in fields}
        self._type_name = type_name
        self._vocabulary = vocabulary

    def find(self, name: str) -> Field:
        """The field of this name; FilterError when there is none."""
        field = self._fields.get(name.lower())
        if field is None:
            raise FilterError(f"Field '{name}' is unknown for type {self._type_name}")
        return field

    def ranks(self, field: Field) -> dict[str, int]:
        """An enum's words in lower case, each with its place in the order; undocumented ones come last."""
        extra = sorted(word for word in self._vocabulary.get(field.key, ()) if word not in field.order)
        return {word.lower(): rank for rank, word in enumerate((*field.order, *extra))}

    def comparable(self, field: Field) -> Callable[[Record], Any]:
        """How a record's value of this field is compared: ranks for enums, else the value; None when absent."""
        key = field.key
        if field.type != "enum":
            return operator.itemgetter(key)
        ranks = self.ranks(field)

        def rank(record: Record) -> Any:
            return ranks[record[key].lower()]

        return rank


def compile_filter(text: str, fields: Fields) -> Predicate:
    """A predicate over records; FilterError for a malformed filter, an unknown field or a value that does not fit."""
    return _compile(parse(text), fields)


def sort_records(records: list[Any], name: str, descending: bool, fields: Fields) -> list[Any]:
    """Records by one field, those without a value lowest; equals stay in order. FilterError for an unknown field."""
    value_of = fields.comparable(fields.find(name))
    absent = [record for record in records if value_of(record) is None]
    present = sorted((record for record in records if value_of(record) is not None), key=value_of, reverse=descending)
    return present + absent if descending else absent + present


def _compile(node: Node, fields: Fields) -> Predicate:
    if isinstance(node, Comparison):
        return _comparison(node, fields)
    parts = [_compile(part, fields) for part in node.parts]
    if isinstance(node, Either):

        def one_holds(record: Any) -> bool:
            return any(part(record) for part in parts)

        return one_holds

    def all_hold(record: Any) -> bool:
        return all(part(record) for part in parts)

    return all_hold


def _comparison(node: Comparison, fields: Fields) -> Predicate:
    field = fields.find(node.name)
    wanted = _wanted(field, node.value, fields)
    value_of = fields.comparable(field)
    compare = OPERATORS[node.operator]
    if_absent = node.operator == "!="

    def holds(record: Any) -> bool:
        value = value_of(record)
        return if_absent if value is None else compare(value, wanted)

    return holds


def _wanted(field: Field, text: str, fields: Fields) -> Any:
    """The filter's value in the form in which the field is compared."""
    try:
        return _READERS[field.type](text) if field.type != "enum" else fields.ranks(field)[text.lower()]
    except (ValueError, KeyError):
        raise FilterError(f"Value '{text}' is invalid for field '{field.name}'") from None


def _read_uid(text: str) -> str:
    guid = text.rpartition(":")[2].lower() if text.lower().startswith("urn:veeam:") else text.lower()
    if GUID.fullmatch(guid) is None:
        raise ValueError(text)
    return guid


def _read_bool(text: str) -> bool:
    return TRUTH[text.lower()]


_READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "uid": _read_uid,
    "time": parse_filter_time,
    "int": int,
    "bool": _read_bool,
}
