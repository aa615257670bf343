# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of a query: which records, and the links that lead to the other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, unquote_plus

from .content import Link, Style
from .messages import Refusal, Request, split_query

DEFAULT_PAGE_SIZE = 100
"""Documentation says that all results come on one page; every real body says 100."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page:
    """One page: its number, the size of a page, how many there are, and its links."""

    number: int
    size: int
    pages: int
    links: tuple[Link, ...]


def cut(items: Sequence[Item], request: Request, style: Style) -> tuple[list[Item], Page]:
    """The items of the page that the request asks for, and its description. A page beyond the end is empty."""
    size = _positive(request, "pageSize", DEFAULT_PAGE_SIZE)
    number = _positive(request, "page", 1)
    pages = max(1, -(-len(items) // size))
    return list(items[(number - 1) * size : number * size]), describe(number, size, pages, request, style)


def describe(number: int, size: int, pages: int, request: Request, style: Style) -> Page:
    """A page with its links: First and Last always, Next and Previous where there is such a page."""
    targets = [("First", 1)]
    if number > 1:
        targets.append(("Previous", min(number - 1, pages)))
    if number < pages:
        targets.append(("Next", number + 1))
    targets.append(("Last", pages))
    return Page(number, size, pages, tuple(Link(rel, style.link(_address(request, size, page, style))) for rel, page in targets))


def encode(text: str, em_version: int) -> str:
    """As the server encodes it: ``%3d`` and ``+`` up to EM 12; ``%3D``, ``%20`` and a bare ``;`` in EM 13."""
    if em_version >= 13:
        return quote(text, safe="-_.!*();")
    parts = (part if part[:1] != "%" else part.lower() for part in _split_escapes(quote(text, safe="-_.!*() ")))
    return "".join(parts).replace(" ", "+")


def _split_escapes(quoted: str) -> list[str]:
    head, *rest = quoted.split("%")
    parts = [head]
    for piece in rest:
        parts += ["%" + piece[:2], piece[2:]]
    return parts


def _address(request: Request, size: int, page: int, style: Style) -> str:
    """The parameters in the order sent, page replaced, pageSize and page appended where they were not sent."""
    parts: list[str] = []
    sent = set()
    for raw_name, raw_value, has_value in split_query(request.raw_query):
        name = unquote_plus(raw_name)
        sent.add(name.lower())
        value = str(page) if name.lower() == "page" else encode(unquote_plus(raw_value), style.em_version)
        parts.append(f"{encode(name, style.em_version)}={value}" if has_value else encode(name, style.em_version))
    for name, number in (("pageSize", size), ("page", page)):
        if name.lower() not in sent:
            parts.append(f"{name}={number}")
    return "query?" + "&".join(parts)


def _positive(request: Request, name: str, default: int) -> int:
    given = request.parameters.get(name.lower())
    if given is None:
        return default
    if not given.strip().isdecimal() or int(given) < 1:
        raise Refusal(400, f"Parameter {name} must be an integer greater than zero, not '{given}'")
    return int(given)
