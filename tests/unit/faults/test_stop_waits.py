# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a stop that EM has taken when something goes wrong afterwards: with its task, or while the session is awaited."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.acting import ONE_STOPPED, StopCase, stopped
from ansible_collections.backupops.veeam_em.tests.unit.faults.asking import (
    LOGON,
    ONCE,
    QUERY,
    STOP,
    TASK,
    Fault,
    body,
    reset,
    silence,
    status,
)
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import NOT_CLOSED, READING, TRIES, Record, name_of

# logon, read, stop, task, four looks, logout
PLAIN = 9
NAMESPACE = "http://www.veeam.com/ent/v1.0"
IMPATIENT = {"timeout": 1}
UNDECIDED = {"task_seconds": 3600}
NOT_YET = f'<Task xmlns="{NAMESPACE}"><TaskId>task-1</TaskId><State>Running</State></Task>'
NO_TASKS = f'<Tasks xmlns="{NAMESPACE}"/>'
NOBODY = f'<QueryResult xmlns="{NAMESPACE}"><PagingInfo PageNum="1" PagesCount="1"/></QueryResult>'
TOO_LATE = r"did not stop within 100 s \(wait_timeout\)"
# the read before the stop and the first look after it
AWAITED: Fault = {"after": 2, **QUERY}
RUNS_ON = ("changed, running",)


def good(words: str, *asked: Fault, requests: int = PLAIN, **more: t.Any) -> StopCase:
    """Return the case of stops that end well: each sent once, taken once."""
    number = len(more.get("sessions", ONE_STOPPED))
    return StopCase(words, asked, number, number, requests, **more)


def bad(words: str, *asked: Fault, requests: int, error: str, says: str, doing: str = READING, **more: t.Any) -> StopCase:
    """Return the case of a stop whose end is not seen: sent once, taken once, and told so."""
    return StopCase(words, asked, 1, 1, requests, RUNS_ON, error, says, doing, **more)


TASKS = (
    good("the task is gone (500)", status(500, TASK)),
    good("the task is gone (404)", status(404, TASK)),
    good("the tasks of two sessions are gone", body(NO_TASKS, TASK), sessions=("changed, stopped",) * 2, requests=PLAIN + 1),
    good("the task never decides", settings=UNDECIDED, requests=17, longest=65),
    StopCase(
        "the task never decides, and the session runs on",
        (body(NOT_YET, STOP, status=202), body(NOT_YET, TASK)),
        1,
        0,
        27,
        ("not changed, running",),
        "wait_timeout",
        TOO_LATE,
    ),
    good("reset on the task, once", reset(TASK, **ONCE), requests=PLAIN + 1),
    good("reset on the task, always", reset(TASK), requests=37),
    good("503 for the task, once", status(503, TASK, **ONCE), requests=PLAIN + 1),
    good("503 for the task, Retry-After an hour", status(503, TASK, "3600"), requests=16),
    good("silence on the task, once", silence(TASK, **ONCE), connection=IMPATIENT, requests=PLAIN + 1),
    good("a web page for the task", {"kind": "html", **TASK}),
    good("broken XML for the task", body("<Task", TASK)),
    good("an empty body for the task", body("", TASK)),
    good("the logon session ends before the task has decided", {"kind": "expire", **TASK, **ONCE}, requests=PLAIN + 3),
    good("EM restarted before the task has decided", settings={"task_seconds": 60}, down=(1, 5), requests=PLAIN + 4),
    good(
        "the answer to the stop lost, and EM away for one look",
        {"kind": "lose_answer", **STOP},
        reset(QUERY, after=1, times=4),
        requests=12,
    ),
)
# the 401, a logon, and a logout
RENEWED = PLAIN + 3
WAITS = (
    good("none"),
    good("reset, once", reset(AWAITED, **ONCE), requests=PLAIN + 1),
    good("reset at each try of a look", reset(AWAITED, times=1 + TRIES), requests=PLAIN + TRIES),
    bad("reset, always", reset(AWAITED), error="connection", says=r"The connection to \S+ broke", requests=34),
    good("500, once", status(500, AWAITED, **ONCE)),
    good("503, once", status(503, AWAITED, **ONCE), requests=PLAIN + 1),
    good("503, Retry-After an hour, once", status(503, AWAITED, "3600", **ONCE)),
    bad("503, always", status(503, AWAITED), error="server", says="answered with 503", requests=34),
    good("silence, once", silence(AWAITED, **ONCE), connection=IMPATIENT),
    bad("403", status(403, AWAITED), error="permission", says="needs the role", requests=7),
    bad("a web page", {"kind": "html", **AWAITED}, error="protocol", says="a web page", requests=7),
    bad("broken XML", body("<QueryResult", AWAITED), error="protocol", says="XML is broken", requests=7),
    bad("an empty body", body("", AWAITED), error="protocol", says="empty where XML was expected", requests=7),
    good("queries omit the session, which is there when asked for by its id", body(NOBODY, AWAITED), requests=PLAIN + 3),
    good("the session vanishes", {"kind": "vanish", "sessions": 2, **AWAITED, **ONCE}, requests=8),
    bad(
        "the session never stops",
        {"kind": "stop_never_ends"},
        error="wait_timeout",
        says=TOO_LATE,
        doing="1 of 1 backup job sessions ",
        requests=16,
    ),
    good("the logon session ends", {"kind": "expire", **AWAITED, **ONCE}, requests=RENEWED),
    good(
        "the logon session ends, and the new logon is reset, once",
        {"kind": "expire", **AWAITED, **ONCE},
        reset(LOGON, after=1, **ONCE),
        requests=RENEWED + 1,
    ),
    good(
        "the logon session ends, and the new logon fails at each try of a look",
        {"kind": "expire", **AWAITED, **ONCE},
        status(503, LOGON, after=1, times=1 + TRIES),
        requests=RENEWED + 4,
    ),
    bad(
        "the logon session ends, and the new logon is refused",
        {"kind": "expire", **AWAITED, **ONCE},
        status(401, LOGON, after=1),
        error="authentication",
        says="did not accept",
        doing="Cannot log on",
        requests=8,
    ),
    good("EM restarted: down for one look", down=(1, 5), requests=RENEWED - 1),
    good("EM restarted: down for three looks", down=(1, 13), requests=RENEWED - 2),
    bad(
        "EM goes down and does not come back",
        down=(1,),
        error="connection",
        says=r"Nothing listens on \S+\d",
        requests=5,
        warns=NOT_CLOSED,
    ),
)


@pytest.mark.parametrize("case", TASKS, ids=name_of)
def test_a_fault_of_the_task(own_em: MockEm, case: StopCase, record: Record) -> None:
    record("Stopping: the task", stopped(own_em, case))


@pytest.mark.parametrize("case", WAITS, ids=name_of)
def test_a_fault_while_sessions_are_awaited(own_em: MockEm, case: StopCase, record: Record) -> None:
    record("Stopping: waiting for the end", stopped(own_em, case))
