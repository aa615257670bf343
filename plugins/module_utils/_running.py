# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Which sessions run, of several families: those that options select, or those of given ids.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _choice,
    _client,
    _errors,
    _family,
    _query,
    _reading,
    _selection,
    _values,
)

Look = t.Callable[[], list[_family.Session]]


class RunningSessions:
    """Makes the functions that say what runs now."""

    def __init__(self, client: _client.EmClient, families: t.Iterable[_family.Family]) -> None:
        self._client = client
        self._readers = {family.kind: _reading.SessionReader(client, family) for family in families}
        self._families = list(families)

    def selected(self, options: _selection.Options) -> Look:
        """Return what looks for the running sessions that the options select. Ages count back from this moment."""
        now, running = self._client.now(), {**options, "running": True}
        looks = [self._selected(family, running, now) for family in self._families]
        return lambda: _each_once(session for look in looks for session in look())

    def of_ids(self, guids: t.Sequence[str]) -> Look:
        """Return what looks at the sessions of these ids. Its first call raises NotFound naming those that EM does not know."""
        kinds: dict[str, str] | None = None

        def look() -> list[_family.Session]:
            nonlocal kinds
            if kinds is not None:
                return self._still(kinds)
            located = self._located(guids)
            kinds = {session["id"]: session["kind"] for session in located}
            return [session for session in located if session["running"]]

        return look

    def of_those_that_run(self, options: _selection.Options) -> Look:
        """Return what looks at the sessions that the options select at its first call, and at no others."""
        first = self.selected(options)
        kinds: dict[str, str] | None = None

        def look() -> list[_family.Session]:
            nonlocal kinds
            if kinds is not None:
                return self._still(kinds)
            begun = first()
            if any(_values.parse_id(session["id"] or "") is None for session in begun):
                raise _errors.ProtocolViolation("EM gave no GUID as the id of a session that runs, so it cannot be waited for.")
            kinds = {session["id"]: session["kind"] for session in begun}
            return begun

        return look

    def _selected(self, family: _family.Family, options: _selection.Options, now: float) -> Look:
        """Return what looks for the sessions of one family. A query that the account may not make is made once only."""
        reader, choice, queried = self._readers[family.kind], _choice.choose(options, family, now), family.has_query
        query = _query.Query(family.uid_kind, choice.filter, sort=family.sort_by_creation, volatile=True)

        def look() -> list[_family.Session]:
            nonlocal choice, queried
            if queried:
                try:
                    return list(filter(choice.test, reader.query(query)))
                except _errors.PermissionDenied as refusal:
                    choice, queried = _choice.choose_without_query(refusal, options, family, now), False
            return list(filter(choice.test, reader.collection(streamed_only=False)))

        return look

    def _still(self, kinds: t.Mapping[str, str]) -> list[_family.Session]:
        """Return those of the sessions that still run."""
        found: list[_family.Session] = []
        for kind, reader in self._readers.items():
            found.extend(reader.present([guid for guid, its_kind in kinds.items() if its_kind == kind]).values())
        return [session for session in found if session["running"]]

    def _located(self, guids: t.Sequence[str]) -> list[_family.Session]:
        """Return the sessions: by queries, and one by one those that no query finds. Raises NotFound."""
        found: dict[str, _family.Session] = {}
        for family in self._families:
            if family.has_query:
                several = self._readers[family.kind].several([guid for guid in guids if guid not in found])
                found.update((session["id"], session) for session in several)
        for reader in self._readers.values():
            alone = (reader.one(guid) for guid in guids if guid not in found)
            found.update((session["id"], session) for session in alone if session)
        missing = [guid for guid in guids if guid not in found]
        if missing:
            titles = " or ".join(family.title for family in self._families)
            raise _errors.NotFound(f"EM knows no {titles} with the id {', '.join(missing)}.", path="/api/query")
        return list(found.values())


def _each_once(sessions: t.Iterable[_family.Session]) -> list[_family.Session]:
    """Return sessions without those that came under another kind before: agent sessions are backup sessions as well."""
    first: dict[str, _family.Session] = {}
    return [session for session in sessions if session["uid"] is None or first.setdefault(session["uid"], session) is session]
