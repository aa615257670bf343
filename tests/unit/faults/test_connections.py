# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a read when connections break or fall silent: on the logon, in the read, on the logout."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.asking import LOGON, LOGOUT, ONCE, QUERY, READ, reset, silence
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import (
    BY_PAGES,
    LOGGING_ON,
    NOT_CLOSED,
    PLAIN,
    TRIES,
    XML,
    Case,
    Record,
    growing,
    in_each,
    name_of,
    observed,
)

CONNECTION_BROKE = r"The connection to \S+ broke"
# a body that breaks off is told in other words by each release of the library below
BROKE = "broke"
BREAKS = (
    ("reset before the headers", reset(READ), CONNECTION_BROKE),
    ("reset in the middle of the headers", reset(READ, "head"), CONNECTION_BROKE),
    ("reset after the headers", reset(READ, "headers"), BROKE),
    ("reset in the middle of the body", reset(READ, "body"), BROKE),
    ("the answer lost as a whole", {"kind": "lose_answer", **READ}, CONNECTION_BROKE),
    ("a body shorter than its length", {"kind": "truncate", **READ}, BROKE),
)
BROKEN = (
    Case("none", (), PLAIN),
    *(Case(f"{words}, once", ({**fault, **ONCE},), PLAIN + 1, pauses=growing(1)) for words, fault, dummy in BREAKS),
    *(
        Case(f"{words}, always", (fault,), PLAIN + TRIES, "connection", says, pauses=growing(TRIES))
        for words, fault, says in BREAKS
    ),
    Case(
        "reset in the middle of the body of a page, once",
        (reset(QUERY, "body", after=1, **ONCE),),
        6,
        pauses=growing(1),
        options=BY_PAGES,
    ),
    Case("reset on the logon, once", (reset(LOGON, **ONCE),), PLAIN + 1, pauses=growing(1), representations=(XML,)),
    Case(
        "reset on the logon, always",
        (reset(LOGON),),
        1 + TRIES,
        "connection",
        CONNECTION_BROKE,
        doing=LOGGING_ON,
        pauses=growing(TRIES),
        representations=(XML,),
    ),
    Case(
        "the answer to the logon lost, once: nobody knows the token that was in it",
        ({"kind": "lose_answer", **LOGON, **ONCE},),
        PLAIN + 1,
        pauses=growing(1),
        left_open=1,
        representations=(XML,),
    ),
    Case("reset in the middle of the body of the logon", (reset(LOGON, "body"),), PLAIN),
    Case("reset on the logout, once", (reset(LOGOUT, **ONCE),), PLAIN + 1, pauses=growing(1), representations=(XML,)),
    Case(
        "the answer to the logout lost, once",
        ({"kind": "lose_answer", **LOGOUT, **ONCE},),
        PLAIN + 1,
        pauses=growing(1),
        representations=(XML,),
    ),
    Case(
        "reset on the logout, always",
        (reset(LOGOUT),),
        PLAIN + TRIES,
        pauses=growing(TRIES),
        left_open=1,
        warns=NOT_CLOSED,
        representations=(XML,),
    ),
)
NO_ANSWER = r"\S+ gave no answer within 1 s \(option timeout\)"
IMPATIENT = {"timeout": 1}
SILENT = (
    Case("before the headers", (silence(READ),), PLAIN, "timeout", NO_ANSWER, connection=IMPATIENT),
    Case("after the headers", (silence(READ, "headers"),), PLAIN, "timeout", NO_ANSWER, connection=IMPATIENT),
    Case("in the middle of the body", (silence(READ, "body"),), PLAIN, "timeout", NO_ANSWER, connection=IMPATIENT),
    Case(
        "on the logon, which EM has opened: nobody knows its token",
        (silence(LOGON, "head"),),
        1,
        "timeout",
        NO_ANSWER,
        doing=LOGGING_ON,
        connection=IMPATIENT,
        left_open=1,
    ),
    Case(
        "on the logout",
        (silence(LOGOUT),),
        PLAIN,
        connection=IMPATIENT,
        left_open=1,
        warns=NOT_CLOSED,
    ),
    Case(
        "a body that drips, byte by byte",
        ({"kind": "drip", "size": 1, "seconds": 0.3, **READ},),
        PLAIN,
        "timeout",
        r"bytes in 1 s \(option timeout\)",
        connection=IMPATIENT,
    ),
    Case(
        "headers that drip",
        ({"kind": "drip", "when": "head", "size": 16, "seconds": 0.3, **READ},),
        PLAIN,
        "timeout",
        r"in 1 s \(option timeout\)",
        connection=IMPATIENT,
    ),
)


@pytest.mark.parametrize(("case", "representation"), in_each(BROKEN), ids=name_of)
def test_connections_that_break(em: MockEm, case: Case, representation: str, record: Record) -> None:
    record("Reading: connections that break", observed(em, case, representation))


@pytest.mark.parametrize("case", SILENT, ids=name_of)
def test_silence(own_em: MockEm, case: Case, record: Record) -> None:
    record("Reading: silence", observed(own_em, case))
