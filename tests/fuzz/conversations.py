# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold of a task, whatever the server answers.

It ends, in a result or in one of our errors. Nothing comes twice, nothing is asked for that is not of EM, no session is stopped
that was not asked for, or twice, and each logon session is closed.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import random
import re
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._backup_session import StopSessions
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._info import SessionInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon_session_info import LogonSessionInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import Option
from ansible_collections.backupops.veeam_em.plugins.module_utils._query_info import QUERY_OPTIONS, QueryInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import options_of
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_wait import SessionWait
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop_options import SELECTION, STOP_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._task_info import TaskInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._wait_options import SELECTING, WAIT_FOR, WAITING
from ansible_collections.backupops.veeam_em.tests.fuzz.bodies import assert_returnable
from ansible_collections.backupops.veeam_em.tests.fuzz.liar import Liar, Told
from ansible_collections.backupops.veeam_em.tests.fuzz.wire import Wire, client_on

_GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OURS = re.compile(
    rf"(?:sessionMngr/\?v=latest|logonSessions(?:/{_GUID})?|query\?[^#]*|tasks(?:/task-\d+)?|"
    rf"|[\w/]+Sessions(?:\?format=Entity|/{_GUID}(?:\?format=Entity|\?action=stop|/events)))"
)
_STOP = re.compile(rf"backupSessions/({_GUID})\?action=stop")
_NAMED = "0c5a1b7e-3d52-4f0e-9a41-6b1f0e7d2c11"
# Beyond its own end a wait can last one more interval, and the reads in it their retries.
_SLACK = 300


@dataclasses.dataclass(frozen=True)
class Conversation:
    """A task and what it is told: kind is info, query, stop, wait, tasks or logons. What is not told any more is a 500."""

    kind: str
    options: dict[str, t.Any]
    connection: dict[str, t.Any]
    told: tuple[Told, ...] = ()

    def as_text(self) -> bytes:
        """Return it as a file has it."""
        return json.dumps(dataclasses.asdict(self), indent=1).encode()

    @classmethod
    def of_text(cls, text: bytes) -> Conversation:
        """Return the conversation that a file has."""
        values = json.loads(text)
        return cls(**{**values, "told": tuple(Told(**told) for told in values["told"])})


def invented(dice: random.Random) -> Conversation:
    """Return a conversation that has not taken place."""
    kind = dice.choice(("info", "info", "query", "stop", "stop", "wait", "tasks", "logons"))
    connection = {"retries": dice.choice((0, 1, 3)), "media_type": dice.choice(("auto", "auto", "xml", "json"))}
    if kind == "tasks":
        connection["session_token"] = "x"
    return Conversation(kind, _OPTIONS[kind](dice), connection)


def _info(dice: random.Random) -> dict[str, t.Any]:
    family = dice.choice(list(FAMILIES.values()))
    options: dict[str, t.Any] = {"kind": family.kind, "limit": dice.choice((None, None, 1, 5))}
    options["include"] = dice.sample(["links", *(include.name for include in family.includes)], dice.randint(0, 1))
    if dice.random() < 0.2:
        return {**options, "id": [_NAMED]}
    selected: list[dict[str, t.Any]] = [
        {},
        {"running": True},
        {"state": ["Working"]},
        {"created_after": "9d"},
        {"match": {"name": "n"}},
    ]
    if family.has_query:
        options["page_size"] = dice.choice((1, 2, 500))
    return {
        **options,
        **dice.choice(selected),
        "sort_by": dice.choice((None, "name", "duration")),
        "summary_only": dice.random() < 0.2,
    }


def _query(dice: random.Random) -> dict[str, t.Any]:
    filters = (None, "A==1")
    return {
        "type": "BackupJobSession",
        "page_size": dice.choice((1, 2, 500)),
        "filter": dice.choice(filters),
        "limit": dice.choice((None, 2)),
    }


def _stop(dice: random.Random) -> dict[str, t.Any]:
    selected: dict[str, t.Any] = dice.choice(({"all": True}, {"job_name": ["x"]}, {"id": [_NAMED]}))
    waited = {"wait": dice.random() < 0.6, "wait_timeout": dice.choice((0, 5, 60)), "wait_interval": dice.choice((0, 1, 10))}
    return {**selected, **waited, "max_stops": dice.choice((None, None, 2))}


def _wait(dice: random.Random) -> dict[str, t.Any]:
    kinds = dice.choice((["backup"], ["system"], ["backup", "replica"], ["restore"]))
    selected: dict[str, t.Any] = dice.choice(({}, {"id": [_NAMED]}, {"name": ["n"]}))
    waited = {"wait_timeout": dice.choice((3, 20, 60)), "wait_interval": dice.choice((0, 1, 10)), "stable_for": dice.choice((0, 2))}
    return {"kinds": kinds, "until": dice.choice(("idle", "finished")), **selected, **waited}


_OPTIONS: dict[str, t.Callable[[random.Random], dict[str, t.Any]]] = {
    "info": _info,
    "query": _query,
    "stop": _stop,
    "wait": _wait,
    "tasks": lambda dice: {"session_token": "x", "task_id": dice.choice((None, ["task-1"], ["task-1", "task-2"]))},
    "logons": lambda dice: {},
}


def _task(kind: str, options: dict[str, t.Any]) -> t.Any:
    if kind == "info":
        family = FAMILIES[options["kind"]]
        given = {name: value for name, value in options.items() if name != "kind"}
        return SessionInfo(family, _all(options_of(family), given))
    makers: dict[str, t.Callable[[], t.Any]] = {
        "query": lambda: QueryInfo(_all(QUERY_OPTIONS, options)),
        "stop": lambda: StopSessions(_all((*SELECTION, *STOP_OPTIONS), options)),
        "wait": lambda: SessionWait(_all((*WAIT_FOR, *SELECTING, *WAITING), options)),
        "tasks": lambda: TaskInfo(options),
        "logons": LogonSessionInfo,
    }
    return makers[kind]()


def _all(options: t.Iterable[Option], given: dict[str, t.Any]) -> dict[str, t.Any]:
    return {**{option.name: option.default for option in options}, **given}


def held_with_liar(conversation: Conversation, dice: random.Random) -> tuple[Conversation, Exception | None]:
    """Hold a conversation with a liar; return it as it went, and what did not hold."""
    liar = Liar(dice)
    wire = Wire(liar.answer)
    problem: Exception | None = None
    try:
        _hold(conversation, wire)
    except Exception as error:
        problem = error
    return dataclasses.replace(conversation, told=tuple(wire.told)), problem


def check_conversation(conversation: Conversation) -> None:
    """Hold a conversation again. Raises AssertionError, or whatever it should not, where something does not hold."""
    left = list(conversation.told)
    _hold(conversation, Wire(lambda method, target, media: left.pop(0) if left else Told(500, "xml", "")))


def _hold(conversation: Conversation, wire: Wire) -> None:
    task = _task(conversation.kind, conversation.options)
    with client_on(wire, **conversation.connection) as client:
        try:
            with client:
                result: dict[str, t.Any] = task.perform(client, False).payload(with_diff=True)
        except EmError as error:
            result = error.payload(with_diff=True)
        assert_returnable([result, client.warnings])
        _check(conversation, result, wire)


def _check(conversation: Conversation, result: dict[str, t.Any], wire: Wire) -> None:
    for dummy, target in wire.asked:
        assert _OURS.fullmatch(target), target
    assert wire.seconds < conversation.options.get("wait_timeout", 0) + _SLACK + 40 * len(wire.asked)
    if conversation.kind in ("info", "query"):
        uids = [session["uid"] for session in result.get("sessions", result.get("resources", [])) if session.get("uid")]
        assert len(uids) == len(set(uids)), "a session came twice"
    _check_stops(conversation, wire)
    _check_logons(wire)


def _check_stops(conversation: Conversation, wire: Wire) -> None:
    """Only a stop stops; each session at most twice, and not again once EM took it."""
    stops: dict[str, list[int]] = {}
    for (method, target), told in zip(wire.asked, wire.told):
        found = _STOP.fullmatch(target)
        if method == "POST" and found:
            stops.setdefault(found[1], []).append(0 if told.broken else told.status)
    assert conversation.kind == "stop" or not stops
    if "id" in conversation.options:
        assert set(stops) <= {_NAMED}
    for statuses in stops.values():
        statuses = [status for status in statuses if status != 401]
        assert len(statuses) <= 2, "a session was stopped three times"
        assert not {200, 202} & set(statuses[:-1]), "a stop that EM took was sent again"


def _check_logons(wire: Wire) -> None:
    """What was logged on, and told its id, was asked to be closed."""
    for (method, target), told in zip(wire.asked, wire.told):
        if method == "POST" and target.startswith("sessionMngr") and told.status in (200, 201) and not told.broken:
            guid = _decoded(told.headers.get("X-RestSvcSessionId", ""))
            if guid and told.media != "html":
                closed = [asked for asked in wire.asked if asked[0] == "DELETE"]
                assert closed, f"the logon session {guid} was left open"


def _decoded(token: str) -> str | None:
    try:
        text = base64.b64decode(token, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return text if re.fullmatch(_GUID, text) else None
