# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stopping sessions and waiting for them under faults: a case, and a row of what came of it. No time passes but that of pauses."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import time
import types
import typing as t
from unittest import mock

from ansible_collections.backupops.veeam_em.plugins.module_utils import _backup_session, _stopper, _transport, _watch
from ansible_collections.backupops.veeam_em.plugins.module_utils._backup_session import StopSessions
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_wait import SessionWait
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop_options import SELECTION, STOP_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._wait_options import SELECTING, WAIT_FOR, WAITING
from ansible_collections.backupops.veeam_em.plugins.module_utils._watch import Watch, patience
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import Row, ask, warned, words_of
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, add_running, client_of, stops_sent

# In server's seconds. A look comes every ten of them, so that a session is seen to run at three looks and not at the fourth; what
# the machine itself takes must not add up to another look.
END = 28
TIMES = {"task_seconds": 0, "stop_seconds": END}
INTERVAL, PATIENCE = 10, 100
ONE_STOPPED = ("changed, stopped",)


class Interrupting(Pauses):
    """Pauses at which the server goes down, and is back, by their numbers: (1, 5) is from the first pause to the fifth."""

    def __init__(self, em: MockEm, down: t.Sequence[int]) -> None:
        super().__init__(em)
        self._em_itself, self._down = em, down

    def __call__(self, seconds: float) -> None:
        super().__call__(seconds)
        if len(self) in self._down[:1]:
            self._em_itself.stop()
        if len(self) in self._down[1:]:
            self._em_itself.start()


@dataclasses.dataclass(frozen=True)
class StopCase:
    """A fault while sessions are stopped, and what must come of it.

    posts: requests to stop that were sent. effects: those that stopped a session. sessions: what the result says of each one.
    down: the pauses between which the server is down. longest: the seconds that all may take at most. The rest as in Case.
    """

    fault: str
    asked: tuple[dict[str, t.Any], ...]
    posts: int
    effects: int
    requests: int
    sessions: tuple[str, ...] = ONE_STOPPED
    error: str | None = None
    says: str = ""
    doing: str = "1 of 1 backup job sessions "
    left_open: int = 0
    warns: str = ""
    connection: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    settings: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    down: tuple[int, ...] = ()
    longest: float = PATIENCE + INTERVAL


@dataclasses.dataclass(frozen=True)
class WaitCase:
    """A fault while a session is waited for, which ends by itself. The rest as in StopCase."""

    fault: str
    asked: tuple[dict[str, t.Any], ...]
    requests: int
    error: str | None = None
    says: str = ""
    doing: str = "Cannot read backup job sessions"
    left_open: int = 0
    warns: str = ""
    connection: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    down: tuple[int, ...] = ()


@contextlib.contextmanager
def time_of(pauses: Pauses) -> t.Iterator[None]:
    """Let deadlines come by pauses alone."""
    clock = functools.partial(sum, pauses)
    fake = types.SimpleNamespace(monotonic=clock, time=time.time)
    with contextlib.ExitStack() as stack:
        for module in (_stopper, _backup_session):
            stack.enter_context(mock.patch.object(module, "time", fake))
        stack.enter_context(mock.patch.object(_watch, "patience", functools.partial(patience, clock=clock)))
        stack.enter_context(mock.patch.object(_watch, "Watch", functools.partial(Watch, clock=clock)))
        # the pauses between two tries are random otherwise, and so would be the number of looks within a time
        stack.enter_context(mock.patch.object(_transport, "random", types.SimpleNamespace(uniform=max)))
        yield


def stopped(em: MockEm, case: StopCase) -> Row:
    """Stop sessions under the faults of a case, see that what must come of it came of it, and return that as a row."""
    em.settings.change({**TIMES, **case.settings})
    guids = add_running(em, len(case.sessions))
    bystander = em.add_session(state="Working")
    for fault in case.asked:
        # {0}: the id of the first session
        ask(em, {key: value.format(*guids) if key == "session_id" else value for key, value in fault.items()})
    pauses, warnings = Interrupting(em, case.down), list[str]()
    options = {option.name: option.default for option in (*SELECTION, *STOP_OPTIONS)}
    task = StopSessions({**options, "id": guids, "wait_interval": INTERVAL, "wait_timeout": PATIENCE})
    with effects_on(em) as effects:
        outcome, error = _performed(task, em, pauses, warnings, case.connection)
    entries = outcome.result["sessions"] if outcome else []
    told = tuple(
        f"{'' if entry['changed'] else 'not '}changed, {'stopped' if entry['stopped'] else 'running'}" for entry in entries
    )
    seen = (error and error.kind, len(stops_sent(em)), len(effects), len(em.requests), told, len(em.logon_sessions))
    wanted = (case.error, case.posts, case.effects, case.requests, case.sessions, case.left_open)
    assert seen == wanted, [f"{seen}: {error} {entries}", *(f"{entry.method} {entry.path} {entry.status}" for entry in em.requests)]
    assert sum(pauses) <= case.longest, pauses
    assert len(set(effects)) == len(effects)
    assert bystander not in effects
    assert outcome is None or outcome.changed == any(entry["changed"] for entry in entries)
    words = f'error: "{words_of(error, case.doing, case.says)}"' if error else "stopped"
    return {
        "Fault": case.fault,
        "Outcome": words + warned(warnings, case.warns),
        "error.kind": str(seen[0] or "none"),
        "Stops sent": str(seen[1]),
        "Took effect": str(seen[2]),
        "Told of the session": "; ".join(told) or "nothing",
        "Requests": str(seen[3]),
        "Left open": str(seen[5]),
    }


def waited(em: MockEm, case: WaitCase) -> Row:
    """Wait for a session under the faults of a case, see that what must come of it came of it, and return that as a row."""
    guid = em.add_session(state="Working", planned_end=END)
    for fault in case.asked:
        ask(em, fault)
    pauses, warnings = Interrupting(em, case.down), list[str]()
    options = {option.name: option.default for option in (*WAIT_FOR, *SELECTING, *WAITING)}
    task = SessionWait({**options, "wait_interval": INTERVAL, "wait_timeout": PATIENCE})
    outcome, error = _performed(task, em, pauses, warnings, case.connection)
    seen = (error and error.kind, len(em.requests), len(em.logon_sessions))
    wanted = (case.error, case.requests, case.left_open)
    assert seen == wanted, [f"{seen}: {error}", *(f"{entry.method} {entry.path} {entry.status}" for entry in em.requests)]
    running = [session["id"] for session in outcome.result["sessions"]] if outcome else []
    assert running == ([guid] if error else [])
    assert outcome is None or outcome.result["history"][0]["running"] == 1
    words = f'error: "{words_of(error, case.doing, case.says)}"' if error else "waited until it had finished"
    return {
        "Fault": case.fault,
        "Outcome": words + warned(warnings, case.warns),
        "error.kind": str(seen[0] or "none"),
        "Requests": str(seen[1]),
        "Left open": str(seen[2]),
    }


@contextlib.contextmanager
def effects_on(em: MockEm) -> t.Iterator[list[str]]:
    """The ids of the sessions that begin to stop, each as often as it does."""
    effects: list[str] = []
    lifecycle = em.em.lifecycle
    stop = lifecycle.stop

    def counted(record: t.Any, *arguments: t.Any) -> None:
        if record["state"] != "Stopping":
            effects.append(record.id)
        stop(record, *arguments)

    with mock.patch.object(lifecycle, "stop", counted):
        yield effects


def _performed(
    task: StopSessions | SessionWait, em: MockEm, pauses: Pauses, warnings: list[str], connection: t.Mapping[str, t.Any]
) -> tuple[Outcome | None, EmError | None]:
    """Do a task; return what it came to, also where it failed, and its error."""
    try:
        with time_of(pauses), client_of(em, pauses, warnings, **connection) as client:
            return task.perform(client, False), None
    except EmError as error:
        return error.outcome, error
