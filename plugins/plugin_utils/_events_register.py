# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an event source knows: which sessions it has seen, what it has told of them, and how often jobs have failed.

PRIVATE to the collection: everything here may change without notice.
All times are those of EM's clock.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _family, _values
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _events_streaks

# EM copies what its backup servers know, every quarter of an hour by default: a session can come to it late. Each look reaches
# back so many seconds before the one before it.
OVERLAP = 2 * 3600
# A job that has not run for so long is gone, or as good as gone.
_STREAK_LIFE = 400 * 86400


class Known(t.NamedTuple):
    """A session that was seen. over: all is told of it. until: when that was."""

    kind: str
    over: bool = False
    until: str = ""
    told: tuple[str, ...] = ()


@dataclasses.dataclass
class Register:
    """begin: what ended before is history. looked: when the last whole look began, None before there was one."""

    begin: str
    looked: str | None = None
    sessions: dict[str, Known] = dataclasses.field(default_factory=dict)
    streaks: dict[str, _events_streaks.Streak] = dataclasses.field(default_factory=dict)

    @property
    def ended_after(self) -> str:
        """From when on the next look has to read what ended."""
        looked = _values.epoch_of(self.looked or "")
        if looked is None:
            return self.begin
        return max(self.begin, _values.text_of(max(0, looked - OVERLAP)), key=_values.instant)

    def known(self, session: _family.Session) -> Known:
        """Return what is known of a session. One that began before all looks has started before."""
        known = self.sessions.get(session["uid"])
        if known is not None:
            return known
        new = session["creation_time"] is not None and _values.instant(session["creation_time"]) >= _values.instant(self.begin)
        return Known(session["kind"], told=() if new else ("started",))

    def streak_after(self, session: _family.Session) -> _events_streaks.Streak | None:
        """Return the streak of failures that a finished session makes, None where it belongs to none."""
        key = _events_streaks.key_of(session)
        return None if key is None else self.streaks.get(key, _events_streaks.Streak()).after(session)

    def tell(self, session: _family.Session, event: str) -> None:
        """Note that an event of a session has been delivered."""
        known = self.known(session)
        self.sessions[session["uid"]] = known._replace(told=(*known.told, event))

    def conclude(self, session: _family.Session, now: str) -> None:
        """Note that all is told of a session that there is to tell at this look, which began at now."""
        known = self.known(session)
        if session["running"]:
            # one that has ended for us and runs again is kept for as long as it is seen
            self.sessions[session["uid"]] = known._replace(until=now if known.over else "")
            return
        if known.over:
            return
        key, streak = _events_streaks.key_of(session), self.streak_after(session)
        if key is not None and streak is not None:
            self.streaks[key] = streak._replace(told=streak.told or "persistently_failed" in known.told)
        # a backup server whose clock is ahead of EM's tells of ends to come
        until = max(session["end_time"] or now, now, key=_values.instant)
        self.sessions[session["uid"]] = Known(known.kind, over=True, until=until)

    def lost(self, seen: t.Collection[str]) -> dict[str, list[str]]:
        """Return the GUIDs of the sessions that ran and were not seen at a look, by kind. seen: full ids."""
        lost: dict[str, list[str]] = {}
        for uid, known in self.sessions.items():
            if not known.over and uid not in seen:
                lost.setdefault(known.kind, []).append(_values.guid_of(uid))
        return lost

    def drop(self, guids: t.Collection[str]) -> None:
        """Forget sessions that EM does not know any more."""
        self.sessions = {uid: known for uid, known in self.sessions.items() if _values.guid_of(uid) not in guids}

    def finish_look(self, now: str) -> None:
        """Note that a look which began at now is over, and forget what the looks to come cannot bring again."""
        self.looked = now
        since = _values.instant(self.ended_after)
        self.sessions = {
            uid: known for uid, known in self.sessions.items() if not known.over or _values.instant(known.until) >= since
        }
        old = _values.instant(_values.text_of(max(0, (_values.epoch_of(now) or 0) - _STREAK_LIFE)))
        self.streaks = {
            key: streak
            for key, streak in self.streaks.items()
            if _values.instant(streak.last) >= (old if streak.failures else since)
        }

    def content(self) -> dict[str, t.Any]:
        """Return all of it as JSON can say it."""
        return {"begin": self.begin, "looked": self.looked, "sessions": self.sessions, "streaks": self.streaks}


def register_of(content: t.Mapping[str, t.Any]) -> Register:
    """Return what content() made, with the kinds of the source as `kinds` beside it. Raises ValueError for anything else."""
    begin, looked = content.get("begin"), content.get("looked")
    if not _is_time(begin) or not (looked is None or _is_time(looked)):
        raise ValueError("it has no times in the places of them")
    return Register(
        begin=str(begin),
        looked=looked,
        sessions={uid: _known_of(uid, entry, content["kinds"]) for uid, entry in _entries(content, "sessions")},
        streaks={key: _streak_of(entry) for key, entry in _entries(content, "streaks")},
    )


def _entries(content: t.Mapping[str, t.Any], name: str) -> t.Iterable[tuple[str, list[t.Any]]]:
    entries = content.get(name)
    if not isinstance(entries, dict) or not all(isinstance(entry, list) for entry in entries.values()):
        raise ValueError(f"its {name} are none")
    return entries.items()


def _known_of(uid: str, entry: list[t.Any], kinds: t.Collection[str]) -> Known:
    whole = [type(value) for value in entry] == [str, bool, str, list] and all(isinstance(event, str) for event in entry[3])
    if not whole or entry[0] not in kinds or _values.parse_id(uid) is None:
        raise ValueError("one of its sessions is none")
    return Known(entry[0], entry[1], entry[2], tuple(entry[3]))


def _streak_of(entry: list[t.Any]) -> _events_streaks.Streak:
    if [type(value) for value in entry] != [int, str, bool]:
        raise ValueError("one of its streaks is none")
    return _events_streaks.Streak(*entry)


def _is_time(value: t.Any) -> bool:
    return isinstance(value, str) and _values.epoch_of(value) is not None
