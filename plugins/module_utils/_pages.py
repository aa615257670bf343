# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""One answer of EM as a stream of records; a body that breaks off is read again.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _client, _errors, _records, _statuses


class Request(t.NamedTuple):
    """What is read: a path below /api/, what is being done (begins the message of an error), and the names to expect.

    readers: the roles in EM that may read it. nothing: statuses that mean that there is nothing, where EM answers so.
    streamed_only: do not read JSON, which is read whole, but raise ReferencesOnly. whole: keep the records until the answer is
    complete, because nothing in them tells whether they have come before.
    """

    path: str
    doing: str
    shape: _records.Shape
    readers: str = "Portal Administrator"
    nothing: frozenset[int] = frozenset()
    streamed_only: bool = False
    whole: bool = False


def read_page(client: _client.EmClient, request: Request, paging: _records.Paging, seen: set[str]) -> t.Iterator[_records.Record]:
    """Yield the records of one answer whose id has not been seen; paging and seen are filled on the way.

    Raises EmError for an answer that is none, and for a body that broke off at every attempt.
    """
    retries = client.connection.retries
    for attempt in range(retries + 1):
        with client.get(request.path, request.doing) as answer:
            if answer.status in request.nothing:
                return
            if answer.status != 200:
                raise _statuses.error_of(answer, request.doing, request.readers)
            if request.streamed_only and answer.media == "json":
                raise _errors.ReferencesOnly(f"{answer.path} was answered with JSON.")
            try:
                paging.records = 0
                records = answer.records(request.shape, paging)
                if request.whole:
                    records = iter(list(records))
                yield from _unseen(records, () if request.whole else request.shape.keys, seen, paging)
                return
            except _errors.ConnectionFailed as error:
                if attempt == retries:
                    raise error.while_doing(request.doing) from None
                broken = str(error)
            except _errors.EmError as error:
                raise error.while_doing(request.doing) from None
        client.pause(attempt, broken)


def _unseen(
    records: t.Iterable[_records.Record], keys: t.Sequence[str], seen: set[str], paging: _records.Paging
) -> t.Iterator[_records.Record]:
    """Yield the records that have not come before, by the first of the keys that they have; one without any is always new."""
    for record in records:
        paging.records += 1
        identity: t.Any = None
        for key in keys:
            if identity := record.get(key):
                break
        if isinstance(identity, str):
            if paging.met is not None:
                paging.met.add(identity)
            known = len(seen)
            seen.add(identity)
            if len(seen) == known:
                continue
        yield record
