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
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import NotFound
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._pages import Request, read_page
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import Session, SessionBuilder

# An honest EM shifts sessions by a few places while pages are read; this many pages with nothing new are a lie about their number.
_MOST_STALE_PAGES = 2


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
        """Yield what a query selects, page by page, each session once even when pages shift while they are read."""
        seen: set[str] = set()
        paging = Paging()
        page = stale = 0
        while page < paging.count and stale < _MOST_STALE_PAGES:
            page += 1
            known = len(seen)
            for record in read_page(self._client, self._request(query.path(page), ("QueryResult",)), paging, seen):
                yield self._build(record)
            stale = 0 if len(seen) > known else stale + 1

    def _request(self, path: str, roots: tuple[str, ...]) -> Request:
        family = self._family
        shape = Shape(roots=roots, items=tuple(dict.fromkeys((family.entity, *family.items))), container=family.root)
        return Request(path, self._doing, shape, family.readers)
