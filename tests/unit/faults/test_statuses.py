# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a read when the server answers with another status than 200."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.asking import LOGON, LOGOUT, ONCE, QUERY, READ, body, status
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import (
    BY_PAGES,
    LOGGING_ON,
    NOT_CLOSED,
    PLAIN,
    TRIES,
    XML,
    Case,
    Later,
    Record,
    about,
    exactly,
    growing,
    in_each,
    name_of,
    observed,
)

HOUR, DAY_FAR_AWAY = "3600", "Fri, 03 Jan 2098 00:00:00 GMT"


def _that_say_later(number: int) -> tuple[Case, ...]:
    """Return the cases of a status that is worth asking again after."""
    said, lasting = f"answered with {number}", "longer than a task waits by itself"
    return (
        Case(f"{number}, once", (status(number, READ, **ONCE),), PLAIN + 1, pauses=growing(1)),
        Case(f"{number}, always", (status(number, READ),), PLAIN + TRIES, "server", said, pauses=growing(TRIES)),
        Case(f"{number}, Retry-After 7 s, once", (status(number, READ, "7", **ONCE),), PLAIN + 1, pauses=exactly(7)),
        Case(
            f"{number}, Retry-After 7 s, always",
            (status(number, READ, "7"),),
            PLAIN + TRIES,
            "server",
            said,
            pauses=exactly(7, TRIES),
        ),
        Case(
            f"{number}, Retry-After a date in 20 s, once", (status(number, READ, Later(20), **ONCE),), PLAIN + 1, pauses=about(20)
        ),
        Case(f"{number}, Retry-After an hour", (status(number, READ, HOUR),), PLAIN, "server", lasting),
        Case(f"{number}, Retry-After a date far away", (status(number, READ, DAY_FAR_AWAY),), PLAIN, "server", lasting),
    )


STATUSES = (
    *_that_say_later(429),
    Case("500", (status(500, READ),), PLAIN, "server", "answered with 500"),
    Case("500, Retry-After 7 s", (status(500, READ, "7"),), PLAIN, "server", "answered with 500"),
    Case("500, Retry-After a date in 20 s", (status(500, READ, Later(20)),), PLAIN, "server", "answered with 500"),
    Case("500, Retry-After an hour", (status(500, READ, HOUR),), PLAIN, "server", "longer than a task waits by itself"),
    *_that_say_later(502),
    *_that_say_later(503),
    Case("504, once", (status(504, READ, **ONCE),), PLAIN + 1, pauses=growing(1)),
    Case("504, always", (status(504, READ),), PLAIN + TRIES, "server", "answered with 504", pauses=growing(TRIES)),
    Case("503, Retry-After no number and no date", (status(503, READ, "soon", **ONCE),), PLAIN + 1, pauses=growing(1)),
    Case(
        "503, Retry-After a date long ago",
        (status(503, READ, "Sat, 03 Jan 1970 00:00:00 GMT", **ONCE),),
        PLAIN + 1,
        pauses=exactly(0),
    ),
    Case("503 on the logon, once", (status(503, LOGON, **ONCE),), PLAIN + 1, pauses=growing(1), representations=(XML,)),
    Case(
        "503 on the logon, Retry-After an hour",
        (status(503, LOGON, HOUR),),
        1,
        "server",
        "longer than a task waits",
        doing=LOGGING_ON,
        representations=(XML,),
    ),
    Case("503 on the logout, once", (status(503, LOGOUT, **ONCE),), PLAIN + 1, pauses=growing(1), representations=(XML,)),
    Case(
        "503 on the logout, Retry-After an hour",
        (status(503, LOGOUT, HOUR),),
        PLAIN,
        left_open=1,
        warns=NOT_CLOSED,
        representations=(XML,),
    ),
    Case("403", (status(403, READ),), PLAIN, "permission", "needs the role Portal Administrator"),
    Case("403 on the logon", (status(403, LOGON),), 1, "permission", "needs the role", doing=LOGGING_ON, representations=(XML,)),
    Case("404", (status(404, READ),), PLAIN, "not_found", "EM does not know it"),
    Case("404 with a web page", ({"kind": "html", "status": 404, **READ},), PLAIN, "protocol", "a web page"),
    Case("404 on the logon", (status(404, LOGON),), 1, "protocol", "port 9398", doing=LOGGING_ON, representations=(XML,)),
    Case("405", (status(405, READ),), PLAIN, "protocol", "something else may listen there"),
    Case("204 without a body", (body("", READ, status=204),), PLAIN, "protocol", "answered with 204 where EM answers 200"),
    Case("304 without a body", (body("", READ, status=304),), PLAIN, "protocol", "answered with 304"),
    Case("103 and nothing after it", (body("", READ, status=103),), PLAIN, "protocol", "answered with 103"),
)

# after the 401 a logon and the read again; at the end both logon sessions are logged out
RENEWED = PLAIN + 3
ENDED = "The token is not valid or has ended"
STRANGER = {"username": None, "password": None, "session_token": "unknown"}
LOGONS = (
    Case("401 in the middle of the pages, once", ({"kind": "expire", "after": 1, **QUERY, **ONCE},), 8, options=BY_PAGES),
    Case(
        "401 at each page, once each",
        ({"kind": "expire", "query": "page=1", **QUERY, **ONCE}, {"kind": "expire", "query": "page=3", **QUERY, **ONCE}),
        11,
        options=BY_PAGES,
    ),
    Case("401 on the read, once", ({"kind": "expire", **READ, **ONCE},), RENEWED),
    Case("401 on the read, always", (status(401, READ),), 6, "authentication", ENDED),
    Case("the logon session ends before each read", ({"kind": "expire", **READ},), 6, "authentication", ENDED),
    Case(
        "401, and the new logon is refused",
        ({"kind": "expire", **READ}, status(401, LOGON, after=1)),
        4,
        "authentication",
        "did not accept the user name or the password",
        doing=LOGGING_ON,
    ),
    Case("401 for a token that was given alone", (), 1, "authentication", ENDED, connection=STRANGER),
    Case(
        "401 on the logon",
        (status(401, LOGON),),
        1,
        "authentication",
        "did not accept the user name or the password",
        doing=LOGGING_ON,
        representations=(XML,),
    ),
    Case("the logon session has ended before the logout", ({"kind": "expire", **LOGOUT},), PLAIN, representations=(XML,)),
)


@pytest.mark.parametrize(("case", "representation"), in_each(STATUSES), ids=name_of)
def test_statuses(em: MockEm, case: Case, representation: str, record: Record) -> None:
    record("Reading: statuses", observed(em, case, representation))


@pytest.mark.parametrize(("case", "representation"), in_each(LOGONS), ids=name_of)
def test_logon_sessions_that_end(em: MockEm, case: Case, representation: str, record: Record) -> None:
    record("Reading: logon sessions that end", observed(em, case, representation))
