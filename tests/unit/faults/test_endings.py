# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a task that is told to end: its logon session is closed, and nothing is stopped that had not been before.

A cancelled job of AWX sends SIGTERM, Ctrl-C sends SIGINT. The modules run as processes of their own.
"""

from __future__ import annotations

import dataclasses
import signal
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.acting import effects_on
from ansible_collections.backupops.veeam_em.tests.unit.faults.asking import QUERY, READ, STOP, TASK, Fault
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import Record, name_of
from ansible_collections.backupops.veeam_em.tests.unit.processes import module_process, until
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for, sent, stops_sent

STOPPING: dict[str, t.Any] = {"all": True, "wait_interval": 60}
WAITING: dict[str, t.Any] = {"wait_interval": 60}
NEVER: Fault = {"kind": "stop_never_ends"}
# what a Python that nobody stops from it, and a shell, make of the signals
STATUSES = {signal.SIGTERM: {128 + signal.SIGTERM}, signal.SIGINT: {-signal.SIGINT, 128 + signal.SIGINT}}


@dataclasses.dataclass(frozen=True)
class EndCase:
    """A module that is told to end as soon as so many requests have arrived; the logout is one more. The rest as in StopCase."""

    fault: str
    module: str
    options: dict[str, t.Any]
    asked: tuple[Fault, ...]
    requests: int
    posts: int = 0
    effects: int = 0


def held(where: Fault, when: str = "before", **more: t.Any) -> Fault:
    """Return requests that are answered much later."""
    return {"kind": "delay", "when": when, "seconds": 60, **where, **more}


CASES = (
    EndCase("in the middle of a read", "em_backup_session_info", {}, (held(READ, "body"),), 2),
    EndCase("while the answer to a stop is awaited", "em_backup_session", STOPPING, (held(STOP, "head"),), 3, 1, 1),
    EndCase("while the task is read", "em_backup_session", STOPPING, (held(TASK),), 4, 1, 1),
    EndCase("while sessions that stop are read", "em_backup_session", STOPPING, (NEVER, held(QUERY, after=1)), 5, 1, 1),
    EndCase("between two looks at sessions that stop", "em_backup_session", STOPPING, (NEVER,), 5, 1, 1),
    EndCase("while sessions that are waited for are read", "em_session_wait", WAITING, (held(QUERY, "body"),), 2),
    EndCase("between two looks at sessions that are waited for", "em_session_wait", WAITING, (), 2),
)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_logon_session_is_closed(own_em: MockEm, case: EndCase, number: signal.Signals, record: Record) -> None:
    own_em.settings.task_seconds = 0
    guid = own_em.add_session(state="Working")
    for fault in case.asked:
        own_em.faults.add(**fault)
    with effects_on(own_em) as effects, module_process(case.module, {**options_for(own_em), **case.options}) as process:
        assert until(lambda: len(own_em.requests) == case.requests or process.poll() is not None)
        assert process.poll() is None, process.communicate()
        assert len(own_em.logon_sessions) == 1
        process.send_signal(number)
        output, error = process.communicate(timeout=20)
    assert process.returncode in STATUSES[number]
    assert (error == "") == (number is signal.SIGTERM)
    assert output == ""
    assert effects == [guid] * case.effects
    seen = (
        len(sent(own_em, "DELETE", "logonSessions/")),
        len(stops_sent(own_em)),
        len(own_em.requests),
        len(own_em.logon_sessions),
    )
    assert seen == (1, case.posts, case.requests + 1, 0)
    record(
        "Tasks that are told to end",
        {
            "Fault": f"{number.name} {case.fault}",
            "Outcome": f"ended by {number.name}",
            "Stops sent": str(seen[1]),
            "Took effect": str(len(effects)),
            "Requests": str(seen[2]),
            "Left open": str(seen[3]),
        },
    )
