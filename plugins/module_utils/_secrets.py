# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Keeping secrets out of what comes out, although a server can repeat in its answers whatever it was sent.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import re
import typing as t
import urllib.parse

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors

_HIDDEN = "********"
# What is left of a secret where a text was cut can be as short as this by chance.
_SHORTEST_REST = 4


class Secrets:
    """Some secrets, in every form in which they can come back."""

    def __init__(self, *values: str | None) -> None:
        self._values: set[str] = set()
        self.add(*values)

    def add(self, *values: str | None) -> None:
        """Keep these secret as well; None and an empty text are none."""
        self._values.update(value for value in values if value)

    def drop(self, *values: str | None) -> None:
        """Let these come out from now on."""
        self._values.difference_update(values)

    @property
    def forms(self) -> frozenset[str]:
        """The secrets as they are, and as URLs, literals and messages write them."""
        return frozenset(form for value in self._values for form in _forms(value))

    def hidden(self, text: str) -> str:
        """Return text with asterisks in place of each secret, in any case, and of the beginning of one where the text was cut."""
        forms = sorted(self.forms, key=len, reverse=True)
        if not forms:
            return text
        text = re.sub("|".join(map(re.escape, forms)), _HIDDEN, text, flags=re.IGNORECASE)
        *cut, last = text.split(_errors.CUT)
        return _errors.CUT.join([*(_without_rest(piece, forms) for piece in cut), last])


def _forms(value: str) -> t.Iterator[str]:
    yield value
    yield urllib.parse.quote(value, safe="")
    yield urllib.parse.quote_plus(value)
    yield repr(value)[1:-1]
    yield _errors.printable(value)
    yield " ".join(value.split()) or value


def _without_rest(piece: str, forms: t.Iterable[str]) -> str:
    """Return a text that was cut at its end with asterisks in place of the beginning of a secret there."""
    for form in forms:
        for length in range(len(form) - 1, _SHORTEST_REST - 1, -1):
            if piece.lower().endswith(form[:length].lower()):
                return piece[:-length] + _HIDDEN
    return piece
