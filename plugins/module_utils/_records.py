# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What both readers deliver: records with the same names and the same values, whichever representation the server used.

PRIVATE to the collection: everything here may change without notice.
A record is a dict of snake_case names to text, None, dicts and lists. EM 12 writes CreationTimeUTC and UID in JSON, EM 13
creationTimeUTC and uid, XML is always like EM 12: one rule of naming makes them equal.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors

Record = dict[str, t.Any]

# What tells links apart: their Rel and Type.
Leads = tuple[t.Optional[str], t.Optional[str]]

# A capital before a digit begins no word: EM 13 makes shA256 of SHA256.
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z](?![0-9]))|(?<=[A-Z])(?=[A-Z][a-z])")


# What a terminal would obey: all controls but tab and line feed, which text of several lines has, and what turns the direction
# of writing. Half a surrogate pair is no text at all.
_ESCAPED = (
    *range(0x09),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
)


class Shape(t.NamedTuple):
    """Which names a reader may meet: the root elements, those of the items in lists, and that of the list in a JSON query.

    No items: whatever a query lists. keys: what an item has that tells it from the others, the first of them that is there.
    only: the elements that are read of an item, and links: those of its links, where not all of them are needed; a representation
    that is read whole has all.
    """

    roots: tuple[str, ...]
    items: tuple[str, ...]
    container: str
    keys: tuple[str, ...] = ("uid", "task_id", "session_id")
    only: tuple[str, ...] = ()
    links: frozenset[Leads] | None = None


@dataclasses.dataclass
class Paging:
    """What a page said of itself (EM says 1 for the count of an empty result), and how many records it had.

    number is None as long as the page has not said which one it is. met: where it is a set, it gets what tells each record from
    the others.
    """

    number: int | None = None
    count: int = 1
    records: int = 0
    met: set[str] | None = None

    def read(self, record: t.Mapping[str, t.Any]) -> None:
        """Take the numbers from a PagingInfo."""
        try:
            self.number = int(record.get("page_num") or 1)
            self.count = int(record.get("pages_count") or 1)
        except (TypeError, ValueError):
            raise _errors.ProtocolViolation("The server does not say in numbers which page this is, and of how many.") from None


@functools.lru_cache(maxsize=512)
def snake(name: str) -> str:
    """Return a name of EM in snake_case: CreationTimeUTC and creationTimeUTC both become creation_time_utc, UID becomes uid."""
    return _WORDS.sub("_", name).lower()


def clean(text: str) -> str:
    """Return text without control characters, which no name of EM has and which a terminal would obey: they become escapes.

    A line ends with a line feed, as in XML, whatever the server wrote.
    """
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_escapes())


@functools.lru_cache(maxsize=1)
def _escapes() -> t.Mapping[int, str]:
    return {code: chr(code).encode("unicode_escape").decode("ascii") for code in _ESCAPED}


def is_container(name: str, children: t.Sequence[str]) -> bool:
    """Tell whether an element with these children is a list: several of one name, or one named like the element's singular."""
    if len(set(children)) != 1:
        return False
    return len(children) > 1 or name in (children[0], children[0] + "s")


def plain(name: str, value: t.Any) -> t.Any:
    """Return a value of JSON as XML would have given it: scalars as text, empty text as None, doubled containers as lists."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        inner = [(key, child) for key, child in value.items() if child is not None]
        if len(inner) == 1 and isinstance(inner[0][1], list):
            return plain(name, inner[0][1])
        return members(value) or None
    if isinstance(value, list):
        return [plain(name, item) for item in value] or None
    return clean(value) if isinstance(value, str) else str(value)


def members(value: t.Mapping[str, t.Any]) -> Record:
    """Return a JSON object as a record: what is null there is an element that is missing in XML."""
    return {snake(clean(key)): plain(key, child) for key, child in value.items() if child is not None}
