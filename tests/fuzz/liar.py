# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server that lies: in the number of pages, in what is on them, in the course of tasks and sessions, and in its statuses.

It has no socket. What it answers is written down, so that a conversation can be had again word by word.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import random
import re
import typing as t
import uuid

from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import NAMESPACE
from ansible_collections.backupops.veeam_em.tests.fuzz.mutation import mutated

# A session of EM as (attribute or element, text): the names are those of all families.
Fields = dict[str, str]

_STATES = ("Working", "Working", "Stopping", "Stopped", "Stopped", "Idle", "InProgress", "Completed", "Failed", "", "Nonsense")
_TASK_STATES = ("Running", "Running", "OperationFinished", "Finished", "", "Nonsense")
_STATUSES = (200, 204, 301, 302, 304, 400, 401, 401, 403, 404, 404, 405, 406, 411, 415, 429, 500, 500, 502, 503, 504, 999)
_PAGE = re.compile(r"[?&]page=(\d+)")
_TYPES = {"BackupJobSession": "BackupJobSession", "BackupTaskSession": "BackupTaskSession", "CdpReplicaSession": "CdpPolicySession"}


@dataclasses.dataclass(frozen=True)
class Told:
    """One answer, as it can be written into a file. broken: the connection breaks instead, or in mid-body."""

    status: int
    media: str
    body: str
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    broken: str = ""


class Liar:
    """Makes up answers; dice decides how honest they are."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._honesty = dice.choice((0.5, 0.8, 0.95, 0.99, 1.0))
        # always one page and one session more, and no other lie
        self._grows = dice.random() < 0.1
        self._honesty = 1.0 if self._grows else self._honesty
        self._guids = [self._guid() for dummy in range(dice.randint(0, 8))]
        self._dates = dice.random() < 0.9

    def answer(self, method: str, target: str, media: str) -> Told:
        """Return the answer to a request; media: what it asked for."""
        if not self._honest(0.9):
            media = self._dice.choice(("xml", "json", "html", "plain"))
        told = self._told(method, target, media)
        if self._honest(0.95):
            return told
        if self._dice.random() < 0.3:
            return dataclasses.replace(told, broken=self._dice.choice(("before", "body", "silence")))
        if self._dice.random() < 0.5:
            body = mutated(self._dice, told.body.encode(errors="replace"), [b"<a/>", b'{"a":[]}'])
            return dataclasses.replace(told, body=body.decode("latin-1"))
        return dataclasses.replace(told, status=self._dice.choice(_STATUSES))

    def _told(self, method: str, target: str, media: str) -> Told:
        headers = {"Date": "Wed, 04 Mar 2026 00:00:00 GMT"} if self._dates else {}
        if target.startswith("sessionMngr"):
            return self._logon(media, headers)
        if method == "DELETE":
            return Told(204, media, "", headers)
        if target.startswith("query"):
            return Told(200, media, self._page(target, media), headers)
        if method == "POST":
            return Told(202, media, _one("Task", self._task("task-1"), media), headers)
        if target.startswith("tasks"):
            return Told(200, media, self._tasks(target, media), headers)
        if target.startswith("logonSessions"):
            entries = [{"SessionId": self._guid(), "UserName": "X"} for dummy in range(self._dice.randint(0, 3))]
            return Told(200, media, _list("LogonSessions", "LogonSession", entries, media), headers)
        return Told(200, media, self._resource(target, media), headers)

    def _logon(self, media: str, headers: dict[str, str]) -> Told:
        guid = self._guid()
        token = base64.b64encode(guid.encode()).decode()
        if not self._honest(0.95):
            token = self._dice.choice(("x", "", "a b", "x" * 5000))
        told = guid if self._honest(0.9) else self._dice.choice(("", "../x", self._guid()))
        return Told(201, media, _one("LogonSession", {"SessionId": told}, media), {**headers, "X-RestSvcSessionId": token})

    def _page(self, target: str, media: str) -> str:
        found = _PAGE.search(target)
        page = int(found[1]) if found else 1
        size = self._dice.randint(0, 3)
        pages = self._dice.choice((1, 2, 3)) if self._honest() else self._dice.choice((0, -1, 1, 7, 10**9))
        if self._grows:
            pages = page + 1
            self._guids.append(self._guid())
        number = page if self._honest() else self._dice.choice((0, 1, page + 1, -1))
        name = re.search(r"type=(\w+)", target)
        kind = name[1] if name else "BackupJobSession"
        sessions = [self._session(kind) for dummy in range(size)]
        if self._grows and sessions:
            sessions[0] = self._session(kind, self._guids[-1])
        return _result(f"{kind}s", _TYPES.get(kind, kind), sessions, (number, pages) if self._honest() else None, media)

    def _resource(self, target: str, media: str) -> str:
        parts = target.partition("?")[0].split("/")
        name = {"systemSessions": "SystemSession", "backupTaskSessions": "BackupTaskSession"}.get(parts[0], "BackupJobSession")
        if parts[-1] == "events":
            events = [{"Order": str(number), "Message": "m"} for number in range(self._dice.randint(0, 3))]
            return _list("SystemSessionEvents", "Events", events, media)
        if len(parts) > 1 and self._honest():
            return _one(name, self._session(name, parts[1] if self._honest() else None), media)
        item = "Sessions" if name == "SystemSession" else name
        return _list(f"{name}s", item, [self._session(name) for dummy in range(self._dice.randint(0, 4))], media)

    def _session(self, kind: str, guid: str | None = None) -> Fields:
        if guid is None:
            guid = self._dice.choice(self._guids) if self._guids and self._honest(0.9) else self._guid()
        uid = f"urn:veeam:{kind}:{guid}"
        if not self._honest(0.95):
            uid = self._dice.choice(("", guid, "..", "urn:veeam:X:../x", "a?b", uid.upper()))
        session = {"UID": uid, "Name": self._dice.choice(("n", "n\r\n", "\u202e", "")), "State": self._dice.choice(_STATES)}
        session["Result"] = self._dice.choice(("None", "Success", "Failed", ""))
        session["CreationTimeUTC"] = self._dice.choice(("2026-03-01T00:00:00Z", "9999-12-31T23:59:59Z", "x", ""))
        session["EndTimeUTC"] = self._dice.choice(("2026-03-02T00:00:00.5Z", "9999-12-31T23:59:59Z", "x", ""))
        session["JobSessionUid"] = self._dice.choice(self._guids) if self._guids else ""
        return session if self._honest(0.95) else {key: value for key, value in session.items() if self._dice.random() < 0.7}

    def _task(self, name: str) -> Fields:
        if not self._honest(0.95):
            name = self._dice.choice(("", "../x", "task-9", "a?b"))
        return {"TaskId": name, "State": self._dice.choice(_TASK_STATES), "Success": self._dice.choice(("true", "false", "", ""))}

    def _tasks(self, target: str, media: str) -> str:
        if "/" in target and self._honest():
            return _one("Task", self._task(target.partition("/")[2]), media)
        return _list("Tasks", "Task", [self._task(f"task-{number}") for number in range(self._dice.randint(0, 3))], media)

    def _guid(self) -> str:
        return str(uuid.UUID(int=self._dice.getrandbits(128), version=4))

    def _honest(self, at_least: float = 0.0) -> bool:
        return self._dice.random() < max(self._honesty, at_least)


_ATTRIBUTES = ("UID", "Name")


def _element(name: str, fields: Fields, space: str = "") -> str:
    attributes = "".join(f' {key}="{_escaped(fields[key])}"' for key in _ATTRIBUTES if key in fields)
    inner = {key: value for key, value in fields.items() if key not in _ATTRIBUTES}
    success = inner.pop("Success", None)
    decided = f' Success="{success}"' if success else ""
    result = "" if success is None else f"<Result{decided}><Message>m</Message></Result>"
    children = "".join(f"<{key}>{_escaped(value)}</{key}>" for key, value in inner.items())
    return f"<{name}{space}{attributes}>{children}{result}</{name}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("\r", "&#13;")


_SPACE = f' xmlns="{NAMESPACE}"'


def _json(fields: Fields) -> dict[str, t.Any]:
    success = fields.get("Success")
    shown: dict[str, t.Any] = {key: value or None for key, value in fields.items() if key != "Success"}
    return {**shown, **({} if success is None else {"Result": {"Success": success == "true" if success else None, "Message": "m"}})}


def _one(name: str, fields: Fields, media: str) -> str:
    return json.dumps(_json(fields)) if media == "json" else _element(name, fields, _SPACE)


def _list(root: str, item: str, entries: t.Sequence[Fields], media: str) -> str:
    if media == "json":
        return json.dumps({root: [_json(entry) for entry in entries]})
    return f"<{root}{_SPACE}>{''.join(_element(item, entry) for entry in entries)}</{root}>"


def _result(root: str, item: str, entries: t.Sequence[Fields], paging: tuple[int, int] | None, media: str) -> str:
    if media == "json":
        told = {"PagingInfo": {"PageNum": paging[0], "PagesCount": paging[1]}} if paging else {}
        return json.dumps({"Entities": {root: {root: [_json(entry) for entry in entries]}}, **told})
    listed = "".join(_element(item, entry) for entry in entries)
    told_in_xml = f'<PagingInfo PageNum="{paging[0]}" PagesCount="{paging[1]}"/>' if paging else ""
    return f"<QueryResult{_SPACE}><Entities><{root}>{listed}</{root}></Entities>{told_in_xml}</QueryResult>"
