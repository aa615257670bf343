# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""All pages of a query as one stream of records, each of them once.

PRIVATE to the collection: everything here may change without notice.
Pages shift while they are read. A new session only makes one come again; one that leaves the selection of a volatile query makes
another one slip to a page that has been read, so such a query is read again until nothing new comes.
The number of pages that EM tells is not taken for true where the last of them is full: there could be one more.
"""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _client, _errors, _pages, _query, _records

# Pages shift by a few sessions while they are read; so many with nothing new are a lie about their number.
_MOST_STALE_PAGES = 2
_MOST_PASSES = 10
# No EM keeps so many: a server that tells of more would keep us reading for good.
_MOST_SESSIONS = 10_000_000


def read_query(client: _client.EmClient, query: _query.Query, request: _pages.Request) -> t.Iterator[_records.Record]:
    """Yield what a query selects, page by page, each record once. request: how to read a page; its path is not used.

    Where records can leave the selection, others move to pages that have been read. Two passes that met the same ones have met all:
    what slipped out of one of them would have had to come back.
    """
    seen: set[str] = set()
    before: set[str] | None = None
    for dummy in range(_MOST_PASSES):
        met: set[str] | None = set() if query.volatile else None
        whole = yield from _pass(client, query, request, seen, met)
        if whole or (met is not None and met == before):
            return
        before = met
    client.warnings.append(f"{request.doing}: they came and went all the time while they were read, so some may be missing.")


def _pass(
    client: _client.EmClient, query: _query.Query, request: _pages.Request, seen: set[str], met: set[str] | None
) -> t.Generator[_records.Record, None, bool]:
    """Yield what a query has that has not been seen, from its first to its last page; return whether that is all for certain.

    It is when it was one page, or when nothing can leave the selection and the number of pages never fell.
    """
    first_pass = not seen
    page, stale, paging, settled = 0, 0, _records.Paging(), not query.volatile
    while page < paging.count:
        page += 1
        _check_number(page, query, request, 0 if first_pass else len(seen))
        known, before, paging = len(seen), paging.count, _records.Paging(met=met)
        yield from _pages.read_page(client, request._replace(path=query.path(page)), paging, seen)
        if paging.number != page:
            raise _errors.ProtocolViolation(f"{request.doing}: page {page} was asked for, page {paging.number or '(none)'} came.")
        settled = settled and paging.count >= before
        if not paging.records:
            break  # sessions have gone since their pages were counted
        stale = stale + 1 if first_pass and len(seen) == known else 0
        if stale == _MOST_STALE_PAGES:
            raise _errors.ProtocolViolation(
                f"{request.doing}: page after page brings the same sessions, although there should be more."
            )
        while first_pass and page >= paging.count and paging.records >= query.page_size:
            _check_number(page + 1, query, request)
            paging = yield from _page_beyond(client, query, request, page + 1, seen, met)
            page += 1 if paging.records else 0
    return settled or page == 1


def _check_number(page: int, query: _query.Query, request: _pages.Request, known: int = 0) -> None:
    """Raise ProtocolViolation for a page that none can have; known: how many sessions there are, where that has been read."""
    if page > (known + _MOST_STALE_PAGES if known else _MOST_SESSIONS // query.page_size + 1):
        raise _errors.ProtocolViolation(
            f"{request.doing}: EM tells of a page {page}, more than there can be. Select fewer, by time perhaps."
        )


def _page_beyond(
    client: _client.EmClient, query: _query.Query, request: _pages.Request, page: int, seen: set[str], met: set[str] | None
) -> t.Generator[_records.Record, None, _records.Paging]:
    """Yield what a page has that EM has not told of, and return what it said: no records when there is no such page.

    It is not documented what EM answers to the number of a page that does not exist.
    """
    known, paging = len(seen), _records.Paging(met=met)
    with contextlib.suppress(_errors.EmError):
        yield from _pages.read_page(client, request._replace(path=query.path(page)), paging, seen)
    return paging if len(seen) > known else _records.Paging()
