# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a wait for sessions when something goes wrong in the middle of it: a moment without EM does not end it."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.acting import WaitCase, waited
from ansible_collections.backupops.veeam_em.tests.unit.faults.asking import LOGON, ONCE, QUERY, Fault, body, reset, silence, status
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import NOT_CLOSED, TRIES, Record, name_of

# logon, looks at 0, 10, 20 and 30 seconds, logout
PLAIN = 6
LATER: Fault = {"after": 1, **QUERY}
ENDED: Fault = {"kind": "expire", **LATER, **ONCE}
# the 401, a logon, and a logout
RENEWED = PLAIN + 3
CASES = (
    WaitCase("none", (), PLAIN),
    WaitCase("reset, once", (reset(LATER, **ONCE),), PLAIN + 1),
    WaitCase("reset in the middle of the body, once", (reset(LATER, "body", **ONCE),), PLAIN + 1),
    WaitCase("reset at each try of a look", (reset(LATER, times=1 + TRIES),), PLAIN + TRIES),
    WaitCase("reset, always", (reset(LATER),), 31, "connection", r"The connection to \S+ broke"),
    WaitCase("500, once", (status(500, LATER, **ONCE),), PLAIN),
    WaitCase("503, once", (status(503, LATER, **ONCE),), PLAIN + 1),
    WaitCase("503, always", (status(503, LATER),), 31, "server", "answered with 503"),
    WaitCase("silence, once", (silence(LATER, **ONCE),), PLAIN, connection={"timeout": 1}),
    WaitCase("403", (status(403, LATER),), 4, "permission", "needs the role"),
    WaitCase("a web page", ({"kind": "html", **LATER},), 4, "protocol", "a web page"),
    WaitCase("broken XML", (body("<QueryResult", LATER),), 4, "protocol", "XML is broken"),
    WaitCase("the session vanishes", ({"kind": "vanish", **LATER},), 4),
    WaitCase("the logon session ends", (ENDED,), RENEWED),
    WaitCase(
        "the logon session ends, and the new logon fails at each try of a look",
        (ENDED, status(503, LOGON, after=1, times=1 + TRIES)),
        RENEWED + 1 + TRIES,
    ),
    WaitCase(
        "the logon session ends, and the new logon is refused",
        (ENDED, status(401, LOGON, after=1)),
        5,
        "authentication",
        "did not accept",
        doing="Cannot log on",
    ),
    WaitCase("EM restarted: down for one look", (), RENEWED - 1, down=(1, 5)),
    WaitCase("EM restarted: down for three looks", (), RENEWED - 2, down=(1, 13)),
    WaitCase("EM goes down and does not come back", (), 2, "connection", r"Nothing listens on \S+\d", down=(1,), warns=NOT_CLOSED),
)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_wait_outlives_what_passes(own_em: MockEm, case: WaitCase, record: Record) -> None:
    record("Waiting for sessions", waited(own_em, case))
