# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Reading sessions: by id, the whole collection, or a query page by page.

PRIVATE to the collection: everything here may change without notice.
URLs are made from ids on the configured host: the Hrefs of EM carry other hosts, ports and even paths.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import NotFound, ProtocolViolation
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._pages import Request, read_page
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import Session, SessionBuilder

# Pages shift by a few sessions while they are read; so many with nothing new are a lie about their number.
_MOST_STALE_PAGES = 2
_MOST_PASSES = 5


class SessionReader:
    """Reads the sessions of one family as a stream; what the consumer leaves unread is not transferred."""

    def __init__(self, client: EmClient, family: Family, with_links: bool = False) -> None:
        self._client = client
        self._family = family
        self._doing = f"Cannot read {family.titles}"
        self._build = SessionBuilder(family, client.now, with_links).build

    def by_ids(self, guids: t.Iterable[str]) -> t.Iterator[Session]:
        """Yield these sessions in this order, each by a request of its own. Raises NotFound naming the unknown one."""
        for guid in guids:
            found = False
            request = self._request(f"{self._family.path}/{guid}?format=Entity", (self._family.entity,))
            request = dataclasses.replace(request, doing=f"{request.doing} {guid}")
            for record in read_page(self._client, request, Paging(), set()):
                found = True
                yield self._build(record)
            if not found:
                raise NotFound(f"{request.doing}: EM answered with no {self._family.title} for this id.")

    def collection(self) -> t.Iterator[Session]:
        """Yield the family's whole collection from one request, in no order.

        Raises ReferencesOnly, before anything was yielded, where the query is the better way: for references, and for JSON,
        which could only be read whole.
        """
        request = self._request(f"{self._family.path}?format=Entity", (self._family.root,))
        request = dataclasses.replace(request, streamed_only=self._family.query_type is not None)
        for record in read_page(self._client, request, Paging(), set()):
            yield self._build(record)

    def query(self, query: Query) -> t.Iterator[Session]:
        """Yield what a query selects, page by page, each session once.

        Pages shift while they are read. A new session only makes one come again; one that leaves the selection of a volatile
        query makes another one slip to a page that has been read, so such a query is read again until nothing new comes.
        """
        seen: set[str] = set()
        for dummy in range(_MOST_PASSES):
            known = len(seen)
            pages = yield from self._pass(query, seen)
            if pages == 1 or not query.volatile or (known and len(seen) == known):
                return

    def _pass(self, query: Query, seen: set[str]) -> t.Generator[Session, None, int]:
        """Yield what a query has that has not been seen, from its first to its last page; return the number of pages."""
        first_pass = not seen
        page, stale, paging = 0, 0, Paging()
        while page < paging.count:
            page += 1
            known, paging = len(seen), Paging()
            for record in read_page(self._client, self._request(query.path(page), ("QueryResult",)), paging, seen):
                yield self._build(record)
            if paging.number != page:
                raise ProtocolViolation(f"{self._doing}: page {page} was asked for, page {paging.number or '(none)'} came.")
            if not paging.records:
                break  # sessions have gone since their pages were counted
            stale = stale + 1 if first_pass and len(seen) == known else 0
            if stale == _MOST_STALE_PAGES:
                raise ProtocolViolation(f"{self._doing}: page after page brings the same sessions, although there should be more.")
        return page

    def _request(self, path: str, roots: tuple[str, ...]) -> Request:
        family = self._family
        shape = Shape(roots=roots, items=tuple(dict.fromkeys((family.entity, *family.items))), container=family.root)
        return Request(path, self._doing, shape, family.readers)
