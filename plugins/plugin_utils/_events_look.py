# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looking at EM for an event source: what runs, and what has ended since the look before. One logon lives over many looks.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _client,
    _families,
    _family,
    _info,
    _libraries,
    _reading,
    _session_options,
    _values,
)
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _events_options, _events_register

# What events and streaks are made of. A family has some of them.
_FIELDS = frozenset(
    {
        *("kind", "id", "uid", "name", "state", "result", "running", "creation_time", "end_time", "duration", "parent_id"),
        *("job_id", "job_name", "job_type", "policy_id", "policy_name", "policy_type", "session_type", "is_retry"),
        *("failure_message", "reason", "message"),
    }
)
# A client keeps a note of each request that it had to send again, and of each logon: after so many looks a new one takes over.
_LOOKS_PER_CLIENT = 1000
# A logon session of EM ends after 15 idle minutes: one that would not last from look to look is closed after each.
_LONGEST_IDLE = 600


class Seen(t.NamedTuple):
    """What one look has seen. now: when it began. sessions: each once, oldest first. gone: GUIDs of those that EM has deleted."""

    now: str
    sessions: list[_family.Session]
    gone: frozenset[str]


class Looks:
    """Looks at one EM, from one thread at a time. sleep: how the client pauses between two attempts, in seconds.

    Raises MissingLibrary at once, not when EM is there at last.
    """

    def __init__(self, wishes: _events_options.Wishes, sleep: t.Callable[[float], t.Any]) -> None:
        for name, package in (("requests", "requests"), ("lxml.etree", "lxml")):
            _libraries.library(name, package)
        self._wishes = wishes
        self._families = [_families.FAMILIES[kind] for kind in wishes.kinds]
        self._sleep = sleep
        self._client: _client.EmClient | None = None
        self._looks = 0
        self.warnings: list[str] = []

    def look(self, register: _events_register.Register | None) -> tuple[_events_register.Register, Seen]:
        """Return what is to be seen now, and the register, which the very first look begins.

        Raises EmError without any secret in it; the logon session is closed then.
        """
        try:
            client = self._client or self._opened()
            begun = register or _events_register.Register(begin=self._begin(client))
            seen = self._seen(client, begun)
        except BaseException as error:
            self.close(error)
            raise
        self._looks += 1
        if client.logons > 1 or self._looks >= _LOOKS_PER_CLIENT or self._wishes.interval > _LONGEST_IDLE:
            self.close()
        return begun, seen

    def close(self, error: BaseException | None = None) -> None:
        """Log out. warnings gets what could not be done. error: what ends the looks; it loses its secrets."""
        client, self._client, self._looks = self._client, None, 0
        if client is not None:
            client.__exit__(None, error)
            self.warnings += client.warnings

    def _opened(self) -> _client.EmClient:
        client = _client.EmClient(self._wishes.connection, sleep=self._sleep)
        client.__enter__()
        self._client = client
        return client

    def _begin(self, client: _client.EmClient) -> str:
        """Return when the events begin."""
        client.learn_clock()
        now = client.now()
        return _values.text_of(now) if self._wishes.since is None else _values.parse_moment(self._wishes.since, now)

    def _seen(self, client: _client.EmClient, register: _events_register.Register) -> Seen:
        client.learn_clock()
        now, ended_after = _values.text_of(client.now()), register.ended_after
        found: dict[str, _family.Session] = {}
        for family in self._families:
            # what runs comes first: a session that ends in between is then seen as both, otherwise it would be as neither
            for session in (*self._running(client, family), *self._ended(client, family, ended_after)):
                uid = session["uid"]
                if _values.parse_id(uid or "") and (uid not in found or (found[uid]["running"] and not session["running"])):
                    found[uid] = session
        gone: set[str] = set()
        for kind, guids in register.lost(found).items():
            # of another kind than those looked at there is none: the cursor belongs to these
            present = _reading.SessionReader(client, _families.FAMILIES[kind]).present(guids)
            found.update((session["uid"], session) for session in present.values())
            gone.update(set(guids).difference(present))
        client.warnings.clear()  # they would come again with each look
        return Seen(now, sorted(found.values(), key=_age), frozenset(gone))

    def _running(self, client: _client.EmClient, family: _family.Family) -> list[_family.Session]:
        return self._read(client, family, running=True) if family.has_query else []

    def _ended(self, client: _client.EmClient, family: _family.Family, ended_after: str) -> list[_family.Session]:
        """Return what ended at that time or later. Where EM has no query, the family is read whole, what runs included."""
        if family.has_query:
            return self._read(client, family, ended_after=ended_after)
        since = _values.instant(ended_after)
        sessions = self._read(client, family)
        return [session for session in sessions if session["running"] or _values.instant(session["end_time"]) >= since]

    def _read(self, client: _client.EmClient, family: _family.Family, **selecting: t.Any) -> list[_family.Session]:
        """Return the sessions that these options of the family's info module select."""
        options = {option.name: option.default for option in _session_options.options_of(family)}
        fields = [field.name for field in family.fields if field.name in _FIELDS]
        outcome = _info.SessionInfo(family, {**options, "fields": fields, **selecting}).perform(client, check_mode=False)
        return list(outcome.result["sessions"])


def _age(session: _family.Session) -> str:
    return _values.instant(session["creation_time"])
