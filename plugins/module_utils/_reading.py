# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Reading sessions: by id, the whole collection, or a query page by page.

PRIVATE to the collection: everything here may change without notice.
URLs are made from ids on the configured host: the Hrefs of EM carry other hosts, ports and even paths.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _choice,
    _client,
    _errors,
    _family,
    _pages,
    _paging,
    _query,
    _records,
    _sessions,
    _values,
)


class SessionReader:
    """Reads the sessions of one family as a stream; what the consumer leaves unread is not transferred.

    only: names of the fields that are needed of each, where not all are.
    """

    def __init__(
        self, client: _client.EmClient, family: _family.Family, with_links: bool = False, only: t.Collection[str] | None = None
    ) -> None:
        self._client = client
        self._family = family
        self._doing = f"Cannot read {family.titles}"
        self._builder = _sessions.SessionBuilder(family, client.now, with_links, only)

    def by_ids(self, guids: t.Iterable[str]) -> t.Iterator[_family.Session]:
        """Yield these sessions in this order, each by a request of its own. Raises NotFound naming the unknown one."""
        for guid in guids:
            if _values.parse_id(guid) is None:
                raise _errors.ProtocolViolation(
                    f"{self._doing}: EM gave {_errors.shortened(guid, 80)!r} as the id of one, which is no GUID."
                )
            found = False
            request = self._request(f"{self._family.by_id}/{guid}?format=Entity", (self._family.uid_kind,))
            request = request._replace(doing=f"{request.doing} {guid}")
            for record in _pages.read_page(self._client, request, _records.Paging(), set()):
                found = True
                session = self._of_family(self._build(record))
                if session["id"] != guid:
                    raise _errors.ProtocolViolation(f"{request.doing}: EM answered with another {self._family.title}.")
                yield session
            if not found:
                raise _errors.NotFound(f"{request.doing}: EM answered with no {self._family.title} for this id.")

    def several(self, guids: t.Sequence[str]) -> list[_family.Session]:
        """Return those of the sessions that a query finds, by one query for a hundred of them."""
        found: list[_family.Session] = []
        for batch in _query.batches(guids):
            chosen = _query.all_of(_choice.divided([_query.Condition("id", "==", tuple(batch))], self._family)[0])
            sessions = self.query(_query.Query(self._family.uid_kind, chosen, sort=self._family.sort_by_creation))
            found.extend(session for session in sessions if session["id"] in batch)
        return found

    def one(self, guid: str) -> _family.Session | None:
        """Return one session, None when EM does not know it."""
        try:
            return next(self.by_ids([guid]))
        except _errors.NotFound:
            return None

    def present(self, guids: t.Sequence[str]) -> dict[str, _family.Session]:
        """Return those of the sessions that EM knows, by id; one that a query omits is asked for by itself."""
        found = {session["id"]: session for session in self.several(guids)} if self._family.has_query else {}
        for guid in guids:
            session = found.get(guid) or self.one(guid)
            if session:
                found[guid] = session
        return found

    def collection(self, streamed_only: bool = True) -> t.Iterator[_family.Session]:
        """Yield the family's whole collection from one request, in no order.

        Raises ReferencesOnly, before anything was yielded, for references, and where there is a query as the better way also for
        JSON, which could only be read whole; not so with streamed_only off.
        """
        request = self._request(f"{self._family.path}?format=Entity", (self._family.root,))
        request = request._replace(streamed_only=streamed_only and self._family.has_query)
        return map(self._build, _pages.read_page(self._client, request, _records.Paging(), set()))

    def query(self, query: _query.Query) -> t.Iterator[_family.Session]:
        """Yield what a query selects, page by page, each session once."""
        return map(self._build, _paging.read_query(self._client, query, self._request("", ("QueryResult",))))

    def _request(self, path: str, roots: tuple[str, ...]) -> _pages.Request:
        family = self._family
        shape = _records.Shape(roots, family.items, family.root, only=self._builder.elements, links=self._builder.links)
        return _pages.Request(path, self._doing, shape, family.readers)

    def _of_family(self, session: _family.Session) -> _family.Session:
        """Return a session that was read by its id. Raises NotFound where it is of a family that shares the ids of this one."""
        if str(session.get("job_type")).lower() in map(str.lower, self._family.other_types):
            raise _errors.NotFound(
                f"{self._doing}: {session['id']} is the id of a session of the job type {session['job_type']}, which belongs to"
                " another family. Read it by the module em_backup_session_info.",
                path=f"/api/{self._family.by_id}/{session['id']}",
            )
        return session

    def _build(self, record: _records.Record) -> _family.Session:
        """Return the session of a record. Raises EmError saying what was being read."""
        try:
            return self._builder.build(record)
        except _errors.EmError as error:
            raise error.while_doing(self._doing) from None
