# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The query language of EM: from conditions to the URL of a query.

PRIVATE to the collection: everything here may change without notice.
Everything that comes from an option is data: it is quoted, and can never become syntax. A raw filter must be whole in itself, so
that no bracket or quote of it reaches into the conditions around it.
"""

from __future__ import annotations

import re
import typing as t
import urllib.parse

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors

# Servers and proxies commonly accept 8 KB of request line; EM's own limit is not documented.
MOST_URL_BYTES = 8000

_TOKEN = re.compile(
    r"""
      (?P<open>\() | (?P<close>\)) | (?P<joint>[;,])
    | (?P<name>[A-Za-z]\w*)\s*(?:==|!=|>=|<=|>|<)\s*
      (?P<value>"(?:[^"]|"")*"(?=\s*(?:[;,)]|$)) | (?:[^\s"();,]|""|\s+(?=[^\s();,]))+)
    | (?P<blank>\s+)
    """,
    re.VERBOSE,
)


class Condition(t.NamedTuple):
    """What one option asks for: the field's name in the result, an operator, and values.

    The operator == is fulfilled by any one of the values, != by none of them equal, >= and < by the only value.
    """

    field: str
    operator: str
    values: tuple[str, ...]


def quoted(value: str) -> str:
    """Return a value as EM reads it: in quotes, a quote inside doubled."""
    return '"' + value.replace('"', '""') + '"'


def comparison(name: str, operator: str, values: t.Sequence[str]) -> str:
    """Return one term: the server's field name compared with one value or several (any of them for ==, none for !=)."""
    joint = ";" if operator == "!=" else ","
    term = joint.join(f"{name}{operator}{quoted(value)}" for value in values)
    return term if len(values) == 1 else f"({term})"


def all_of(terms: t.Iterable[str]) -> str | None:
    """Join terms by AND; None when there are none."""
    return ";".join(terms) or None


def raw_filter(expression: str) -> str:
    """Return an expression written by a person as one bracketed term. Raises BadRequest unless it is whole."""
    problem = _problem_of(expression)
    if problem:
        raise _errors.BadRequest(
            f"The option filter is not a whole expression of EM's query language: {problem} in {expression!r}."
            ' Write terms such as JobName=="Daily SQL", joined by ; (and) or , (or), in balanced brackets; double a quote inside'
            " a quoted value."
        )
    return f"({expression.strip()})"


def _problem_of(expression: str) -> str | None:
    """Return what keeps the expression from being whole, None when nothing does."""
    depth, position, wants_term = 0, 0, True
    while position < len(expression):
        token = _TOKEN.match(expression, position)
        if token is None or (wants_term and (token["close"] or token["joint"])):
            return f"something unexpected at position {position + 1}"
        if token["name"] or token["open"]:
            if not wants_term:
                return f"a missing ; or , at position {position + 1}"
            wants_term = bool(token["open"])
        if token["joint"]:
            wants_term = True
        depth += bool(token["open"]) - bool(token["close"])
        if depth < 0:
            return f"a bracket too many at position {position + 1}"
        position = token.end()
    if depth:
        return "a bracket that is not closed"
    return "a missing term at the end" if wants_term else None


class Query(t.NamedTuple):
    """One query of EM: a type, a filter, an order and the size of a page.

    volatile: sessions can leave the selection while it is read, which moves others to a page that has been read already.
    """

    type: str
    filter: str | None = None
    sort: str | None = None
    descending: bool = True
    page_size: int = 500
    volatile: bool = False

    def path(self, page: int) -> str:
        """Return path and query string of one page, below /api/. Raises BadRequest when it would be too long."""
        parameters = {"type": self.type, "format": "Entities"}
        if self.filter:
            parameters["filter"] = self.filter
        if self.sort:
            parameters["sortDesc" if self.descending else "sortAsc"] = self.sort
        parameters.update(pageSize=str(self.page_size), page=str(page))
        # quote, not quote_plus: a blank goes as %20, which every version reads as a blank
        try:
            path = "query?" + urllib.parse.urlencode(parameters, quote_via=urllib.parse.quote, safe="")
        except UnicodeEncodeError as exc:
            raise _errors.BadRequest("An option that selects is not valid Unicode: it has a lone surrogate.") from exc
        if len(path) > MOST_URL_BYTES:
            raise _errors.BadRequest(
                f"The selection makes a URL of {len(path)} bytes, more than the {MOST_URL_BYTES} that are safe."
                " Give fewer values, or select by the option match."
            )
        return path


def batches(values: t.Sequence[str], size: int = 100) -> t.Iterator[t.Sequence[str]]:
    """Split ids into groups whose query stays well below MOST_URL_BYTES: an ORed, encoded GUID takes about 60 bytes."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
