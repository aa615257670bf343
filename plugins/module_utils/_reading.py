# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Reading sessions: by id, the whole collection, or a query page by page.

PRIVATE to the collection: everything here may change without notice.
URLs are made from ids on the configured host: the Hrefs of EM carry other hosts, ports and even paths.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import (
    ConnectionFailed,
    EmError,
    NotFound,
    ReferencesOnly,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging, Record, Shape
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import Session, SessionBuilder
from ansible_collections.backupops.veeam_em.plugins.module_utils._statuses import error_of

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
        family = self._family
        shape = Shape(roots=(family.entity, *family.items), items=(family.entity, *family.items), container=family.root)
        for guid in guids:
            found = False
            for record in self._page(f"{family.path}/{guid}?format=Entity", shape, Paging(), set(), about=guid):
                found = True
                yield self._build(record)
            if not found:
                raise NotFound(f"{self._doing}: EM answered with no {family.title} for the id {guid}.")

    def collection(self) -> t.Iterator[Session]:
        """Yield the family's whole collection from one request, in no order.

        Raises ReferencesOnly, before anything was yielded, where the query is the better way: for references, and for JSON,
        which could only be read whole.
        """
        family = self._family
        shape = Shape(roots=(family.root,), items=family.items, container=family.root)
        for record in self._page(f"{family.path}?format=Entity", shape, Paging(), set(), streamed=bool(family.query_type)):
            yield self._build(record)

    def query(self, query: Query) -> t.Iterator[Session]:
        """Yield what a query selects, page by page, each session once even when pages shift while they are read."""
        family = self._family
        shape = Shape(roots=("QueryResult",), items=family.items, container=family.root)
        seen: set[str] = set()
        paging = Paging()
        page = stale = 0
        while page < paging.count and stale < _MOST_STALE_PAGES:
            page += 1
            known = len(seen)
            for record in self._page(query.path(page), shape, paging, seen):
                yield self._build(record)
            stale = 0 if len(seen) > known else stale + 1

    def _page(
        self,
        path: str,
        shape: Shape,
        paging: Paging,
        seen: set[str],
        about: str | None = None,
        streamed: bool = False,
    ) -> t.Iterator[Record]:
        """Yield the new records of one answer. A body that breaks off is read again, and nothing comes twice."""
        retries = self._client.connection.retries
        for attempt in range(retries + 1):
            with self._client.get(path, self._doing) as answer:
                if answer.status != 200:
                    doing = f"{self._doing} {about}" if about else self._doing
                    raise error_of(answer, doing, self._family.readers)
                if streamed and answer.media == "json":
                    raise ReferencesOnly(f"{answer.path} was answered with JSON.")
                try:
                    yield from _unseen(answer.records(shape, paging), seen)
                    return
                except ConnectionFailed as error:
                    if attempt == retries:
                        raise error.while_doing(self._doing) from None
                    broken = str(error)
                except EmError as error:
                    raise error.while_doing(self._doing) from None
            self._client.pause(attempt, broken)


def _unseen(records: t.Iterable[Record], seen: set[str]) -> t.Iterator[Record]:
    """Yield the records that have not come before, by their UID."""
    for record in records:
        uid = record.get("uid")
        if uid is not None:
            if uid in seen:
                continue
            seen.add(uid)
        yield record
