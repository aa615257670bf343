# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter language: text to a tree.

    filter  := and ("," and)*            a comma is OR and binds less than
    and     := term (";" term)*          a semicolon, AND
    term    := "(" filter ")" | name operator value
    value   := word | '"' text '"'       a quote inside quotes is doubled

Blanks around names, operators and values mean nothing, and inside a word they are ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Union

NAME = re.compile(r"\s*([A-Za-z_][A-Za-z_0-9]*)\s*")
OPERATOR = re.compile(r"==|!=|>=|<=|>|<")
QUOTED = re.compile(r'"((?:[^"]|"")*)"\s*(?=[;,)]|$)')
BARE = re.compile(r"[^;,()]+")
BARE_CHARACTERS = re.compile(r'(?:[\w.:+-]|"")+')


class FilterError(ValueError):
    """The filter cannot be understood; the message says where, or which name or value."""


@dataclass(frozen=True)
class Comparison:
    """``name operator value``."""

    name: str
    operator: str
    value: str


@dataclass(frozen=True)
class Both:
    """AND: all parts hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """OR: one part holds."""

    parts: tuple[Node, ...]


Node = Union[Comparison, Both, Either]


def parse(text: str) -> Node:
    """The tree of a filter; FilterError when it is malformed."""
    parser = _Parser(text)
    node = parser.either()
    if parser.rest.strip():
        raise parser.error("unexpected text")
    return node


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    @property
    def rest(self) -> str:
        return self.text[self.position :]

    def error(self, problem: str) -> FilterError:
        return FilterError(f"Filter is malformed: {problem} at position {self.position}: '{self.rest[:40]}'")

    def either(self) -> Node:
        parts = self._separated(",", self.both)
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self) -> Node:
        parts = self._separated(";", self.term)
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def term(self) -> Node:
        if not self._take("("):
            return self._comparison()
        node = self.either()
        if not self._take(")"):
            raise self.error("closing parenthesis expected")
        return node

    def _separated(self, separator: str, part: Callable[[], Node]) -> list[Node]:
        parts = [part()]
        while self._take(separator):
            parts.append(part())
        return parts

    def _take(self, character: str) -> bool:
        stripped = self.rest.lstrip()
        if not stripped.startswith(character):
            return False
        self.position = len(self.text) - len(stripped) + 1
        return True

    def _comparison(self) -> Comparison:
        name = self._match(NAME, "a field name expected").group(1)
        operator = self._match(OPERATOR, "an operator expected").group(0)
        return Comparison(name, operator, self._value())

    def _match(self, pattern: re.Pattern[str], problem: str) -> re.Match[str]:
        match = pattern.match(self.text, self.position)
        if match is None:
            raise self.error(problem)
        self.position = match.end()
        return match

    def _value(self) -> str:
        self.position += len(self.rest) - len(self.rest.lstrip())
        quoted = QUOTED.match(self.text, self.position)
        if quoted is not None:
            self.position = quoted.end()
            return quoted.group(1).replace('""', '"')
        return self._word()

    def _word(self) -> str:
        """A value without quotes. The documented way to write the name ``"Backup"`` is ``""Backup""``."""
        start = self.position
        word = re.sub(r"\s", "", self._match(BARE, "a value expected").group(0))
        if BARE_CHARACTERS.fullmatch(word) is None:
            self.position = start
            raise self.error("a value with other than letters, digits and _ needs quotes")
        return word.replace('""', '"')
