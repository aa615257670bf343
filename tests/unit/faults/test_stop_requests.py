# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a stop when something goes wrong with the request to stop: at most one takes effect, and nothing is repeated
before the state was read.
"""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.acting import StopCase, stopped
from ansible_collections.backupops.veeam_em.tests.unit.faults.asking import LOGOUT, ONCE, STOP, Fault, body, reset, silence, status
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import NOT_CLOSED, Record, name_of

AREA = "Stopping: the request to stop"
# logon, read, stop, task, four looks, logout
PLAIN = 9
# two looks and the second stop
AGAIN = 3
NAMESPACE = "http://www.veeam.com/ent/v1.0"
IMPATIENT = {"timeout": 1}
RUNS_ON = ("not changed, running",)
TAKEN = {"when": "headers"}


def taken(words: str, *asked: Fault, requests: int = PLAIN, **more: t.Any) -> StopCase:
    """Return the case of a stop that EM took, whatever became of the answer: the state tells it, and nothing is sent again.

    In place of the task the state is read.
    """
    return StopCase(f"{words}; EM has taken it", asked, 1, 1, requests, **more)


def lost(words: str, fault: Fault, requests: int = PLAIN + AGAIN, **more: t.Any) -> StopCase:
    """Return the case of a stop that did not reach EM at first."""
    return StopCase(f"{words}, once; EM has not taken it", ({**fault, **ONCE},), 2, 1, requests, **more)


def never(words: str, fault: Fault, says: str, requests: int = 10, **more: t.Any) -> StopCase:
    """Return the case of a stop that never reaches EM: it is sent twice, and no more."""
    return StopCase(f"{words}, always; EM has not taken it", (fault,), 2, 0, requests, RUNS_ON, "refused", says, **more)


def refused(
    words: str, *asked: Fault, says: str, error: str = "refused", posts: int = 1, requests: int = 5, **more: t.Any
) -> StopCase:
    """Return the case of a stop that EM refuses."""
    return StopCase(words, asked, posts, 0, requests, RUNS_ON, error, says, **more)


LATER = (429, 500, 502, 503, 504)
CASES = (
    StopCase("none", (), 1, 1, PLAIN),
    lost("reset before the headers", reset(STOP)),
    never("reset before the headers", reset(STOP), r"The connection to \S+ broke"),
    taken("reset in the middle of the headers", reset(STOP, "head")),
    taken("reset after the headers", reset(STOP, "headers")),
    taken("reset in the middle of the body", reset(STOP, "body")),
    taken("the answer lost as a whole", {"kind": "lose_answer", **STOP}),
    taken("a body shorter than its length", {"kind": "truncate", **STOP}),
    taken("truncated XML", {"kind": "truncate", "clean_end": True, **STOP}),
    lost("silence", silence(STOP), connection=IMPATIENT),
    taken("silence", silence(STOP, "head"), connection=IMPATIENT),
    taken("silence in the middle of the body", silence(STOP, "body"), connection=IMPATIENT),
    taken("a body that drips", {"kind": "drip", "size": 1, "seconds": 0.3, **STOP}, connection=IMPATIENT),
    *(lost(str(number), status(number, STOP)) for number in LATER),
    *(never(str(number), status(number, STOP), f"answered with {number}") for number in LATER),
    *(taken(str(number), status(number, STOP, **TAKEN)) for number in LATER),
    lost("503, Retry-After 7 s", status(503, STOP, "7")),
    refused("503, Retry-After an hour", status(503, STOP, "3600"), says="longer than a task waits", requests=7),
    refused("403", {"kind": "stop_refused", "status": 403, **STOP}, says="answered with 403", error="permission"),
    refused("404", status(404, STOP), says="answered with 404"),
    refused("405", status(405, STOP), says="answered with 405"),
    refused("409", {"kind": "stop_refused", "status": 409, "message": "Not now", **STOP}, says=r"answered with 409 \(Not now\)"),
    refused(
        "the task says no", {"kind": "stop_refused", "message": "Not now", **STOP}, says="EM refused the stop: Not now", requests=6
    ),
    refused("a redirect", {"kind": "redirect", "location": "http://em.invalid/", **STOP}, says="It is not followed"),
    StopCase("401, once: the logon session has ended", ({"kind": "expire", **STOP, **ONCE},), 2, 1, PLAIN + 3),
    StopCase(
        "401, always",
        ({"kind": "unauthorized", **STOP},),
        2,
        0,
        7,
        RUNS_ON,
        "authentication",
        "The token is not valid or has ended",
        doing="Cannot stop the session",
    ),
    lost("a web page with 200", {"kind": "html", **STOP}),
    never("a web page with 200", {"kind": "html", **STOP}, "a web page"),
    taken("a web page with 200", {"kind": "html", **STOP, **TAKEN}),
    taken("an empty body", body("", STOP, **TAKEN)),
    taken("a wrong namespace", body('<Task xmlns="http://example.com"/>', STOP, **TAKEN)),
    taken("a task without an id", body(f'<Task xmlns="{NAMESPACE}"/>', STOP, **TAKEN), requests=PLAIN - 1),
    taken("JSON without a task", body("{}", STOP, "application/json", **TAKEN), requests=PLAIN - 1),
    taken("broken JSON", body("{", STOP, "application/json", **TAKEN)),
    StopCase(
        "three sessions, the stop of the first reset before the headers, always",
        (reset(STOP, session_id="{0}"),),
        4,
        2,
        14,
        ("not changed, running", "changed, stopped", "changed, stopped"),
        "refused",
        r"The connection to \S+ broke",
        doing="1 of 3 backup job sessions could not be stopped",
    ),
    StopCase(
        "three sessions, the answer to the stop of the first lost",
        ({"kind": "lose_answer", "session_id": "{0}", **STOP},),
        3,
        3,
        12,
        ("changed, stopped",) * 3,
    ),
    taken(
        "the answer lost as a whole, reset on the logout as well",
        {"kind": "lose_answer", **STOP},
        reset(LOGOUT),
        requests=PLAIN + 3,
        left_open=1,
        warns=NOT_CLOSED,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_at_most_one_stop_takes_effect(own_em: MockEm, case: StopCase, record: Record) -> None:
    record(AREA, stopped(own_em, case))
    # between two stops of a session its state was read
    stops = [entry.path for entry in own_em.requests if entry.method == "POST" and "backupSessions" in entry.path]
    for path in set(stops):
        methods = [entry.method for entry in own_em.requests if entry.path in (path, "/api/query") and entry.status != 401]
        assert "POST POST" not in " ".join(methods)
