# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fault matrix: a case is a fault and what must come of it; a row is what came of it, for the table of the documentation."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, client_of, read_info

XML, JSON = "XML", "JSON"
READING = "Cannot read backup job sessions"
LOGGING_ON = "Cannot log on"
# Five sessions, the oldest first.
NAMES = tuple(f"Größe {number}" for number in range(5))
GUIDS = tuple(f"3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d1{number}" for number in range(5))
# Begins the words by which a client tells of each of its pauses.
ASKED_AGAIN = "Asked again after"
NOT_CLOSED = "The logon session could not be closed"
# logon, read, logout; what breaks is tried so many times more
PLAIN, TRIES = 3, 3
BY_PAGES: dict[str, t.Any] = {"created_after": "9d", "page_size": 2}
# A row of the table: the area it belongs to, then a text for each column.
Row = dict[str, str]
Record = t.Callable[[str, Row], None]


@dataclasses.dataclass(frozen=True)
class Pausing:
    """The pauses that a client must ask for: in words, and the least and the most seconds of each."""

    words: str = "none"
    bounds: tuple[tuple[float, float], ...] = ()

    def holds(self, pauses: t.Sequence[float]) -> bool:
        """Tell whether these are the pauses."""
        return len(pauses) == len(self.bounds) and all(
            least <= seconds <= most for seconds, (least, most) in zip(pauses, self.bounds)
        )


NO_PAUSE = Pausing()


def growing(number: int) -> Pausing:
    """So many pauses of a growing, random length."""
    most = [min(8.0, 0.5 * 2**attempt) for attempt in range(number)]
    return Pausing(f"{number}, growing" if number > 1 else "1", tuple((seconds / 2, seconds) for seconds in most))


def exactly(seconds: float, number: int = 1) -> Pausing:
    """So many pauses of this length."""
    return Pausing(f"{number} of {seconds:g} s", ((seconds, seconds),) * number)


def about(seconds: float) -> Pausing:
    """One pause until a date that is so far away: HTTP knows whole seconds only, and time passes."""
    return Pausing("1, until that date", ((0.25 * seconds, seconds),))


@dataclasses.dataclass(frozen=True)
class Case:
    """A fault in words and as asked of the simulated EM, and what must come of it.

    error: its kind, None: the right data. says: what its message must have (a regular expression), after doing. names: of the
    sessions that are right. data: the same in words. warns: what a warning must have, besides those of the pauses.
    settings: of the simulated EM. representations: in which the case is run.
    """

    fault: str
    asked: tuple[dict[str, t.Any], ...]
    requests: int
    error: str | None = None
    says: str = ""
    doing: str = READING
    pauses: Pausing = NO_PAUSE
    left_open: int = 0
    warns: str = ""
    names: tuple[str, ...] = NAMES
    data: str = "all sessions, each once"
    options: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    connection: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    settings: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    representations: tuple[str, ...] = (XML, JSON)


class Later(int):
    """A date so many seconds from now, by the server's clock."""

    def text(self, em: MockEm) -> str:
        """Return it as HTTP writes it."""
        now = em.clock.now()
        return f"{now.fromtimestamp(now.timestamp() + self, now.tzinfo):%a, %d %b %Y %H:%M:%S} GMT"


def in_each(cases: t.Iterable[Case]) -> list[tuple[Case, str]]:
    """Return each case with each representation in which it is run."""
    return [(case, representation) for case in cases for representation in case.representations]


def name_of(value: t.Any) -> str:
    """Return how a test is called."""
    return value.fault if hasattr(value, "fault") else str(value)


def asking_for(representation: str) -> dict[str, t.Any]:
    """Return the connection options by which a representation is read."""
    return {"media_type": "json"} if representation == JSON else {}


def ask(em: MockEm, fault: t.Mapping[str, t.Any], representation: str = XML) -> None:
    """Ask for a fault. A body that is a function is made of the right one, and a Later becomes a date."""
    values = dict(fault)
    if callable(values.get("body")):
        values["body"] = values["body"](_right_body(em, representation))
    headers = values.get("headers", {})
    values["headers"] = {name: value.text(em) if isinstance(value, Later) else value for name, value in headers.items()}
    em.faults.add(**values)


def _right_body(em: MockEm, representation: str) -> bytes:
    """Return the body of the read without any fault, and leave no trace of it."""
    connection = asking_for(representation)
    read_info(em, connection=connection)
    (entry,) = [entry for entry in em.requests if entry.method == "GET"]
    path = f"{entry.path[len('/api/') :]}?{entry.query}"
    with client_of(em, **connection) as client, client.get(path, READING) as answer:
        body = b"".join(answer.chunks())
    del em.requests[:]
    return body


def observed(em: MockEm, case: Case, representation: str = XML) -> Row:
    """Read backup sessions under the faults of a case, see that what must come of it came of it, and return that as a row."""
    for number, (guid, name) in enumerate(zip(GUIDS, NAMES)):
        em.add_session(id=guid, name=name, creation_time=number - 600)
    em.settings.change(case.settings)
    for fault in case.asked:
        ask(em, fault, representation)
    pauses, warnings, error, names = Pauses(em), list[str](), None, list[str]()
    connection = {"pauses": pauses, "warnings": warnings, **asking_for(representation), **case.connection}
    try:
        names = [session["name"] for session in read_info(em, connection=connection, **case.options).result["sessions"]]
    except EmError as exc:
        error = exc
    if case.error is None and error:
        raise error
    outcome = case.data
    if error:
        outcome = f'error: "{words_of(error, case.doing, case.says)}"'
    else:
        assert sorted(names) == sorted(case.names), names
    outcome += warned(warnings, case.warns)
    assert case.pauses.holds(pauses), pauses
    assert sum(ASKED_AGAIN in warning for warning in warnings) == len(pauses), "a pause was silent"
    seen = (error and error.kind, len(em.requests), len(em.logon_sessions))
    assert seen == (case.error, case.requests, case.left_open), [f"{seen}: {error}", *map(str, em.requests)]
    return {
        "Fault": case.fault,
        "Read as": representation,
        "Outcome": outcome,
        "error.kind": str(seen[0] or "none"),
        "Requests": str(seen[1]),
        "Pauses": case.pauses.words,
        "Left open": str(seen[2]),
    }


def warned(warnings: t.Sequence[str], words: str) -> str:
    """Return the words of a warning besides those of pauses; there must be no other, and none where there are no words."""
    others = [warning for warning in warnings if ASKED_AGAIN not in warning]
    assert len(others) == bool(words), others
    if not words:
        return ""
    found = re.search(words, others[0])
    assert found, others
    return f', warning: "{found[0]}"'


def words_of(error: EmError, doing: str, says: str) -> str:
    """Return the words in which an error names its cause, without what differs from run to run.

    It must begin with what was being done.
    """
    message = str(error)
    assert message.startswith(doing), message
    found = re.search(says, message[len(doing) :])
    assert says, message
    assert found, message
    return re.sub(r"(127\.0\.0\.1|localhost):\d+", "HOST:PORT", found[0])
