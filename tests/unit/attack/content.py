# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies and the parts that attacks make bodies of."""

from __future__ import annotations

import itertools
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import NAMESPACE
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import Attack, Received, answer
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID

UID = f"urn:veeam:BackupJobSession:{GUID}"
ROOT = f'<BackupJobSessions xmlns="{NAMESPACE}">'
END = "</BackupJobSessions>"
ONE = f'<BackupJobSession UID="{UID}" Name="one"><State>Stopped</State></BackupJobSession>'
EMPTY = f"{ROOT}{END}"

# One session up to the point where its own content begins, and the end of it, in both representations.
OPEN = f'{ROOT}<BackupJobSession UID="{UID}"><State>Stopped</State>'
SHUT = f"</BackupJobSession>{END}"
OPEN_JSON = f'{{"PagingInfo": {{"PageNum": 1, "PagesCount": 1}}, "BackupJobSessions": [{{"UID": "{UID}", "State": "Stopped", "X": '
SHUT_JSON = "}]}"

_BLOCK = 64 * 1024


def query_result(*sessions: str, page: int = 1, pages: int = 1) -> str:
    """Return a page of a query with these sessions."""
    listed = f"<Entities><BackupJobSessions>{''.join(sessions)}</BackupJobSessions></Entities>"
    return f'<QueryResult xmlns="{NAMESPACE}">{listed}<PagingInfo PageNum="{page}" PagesCount="{pages}"/></QueryResult>'


def calm(request: Received) -> t.Iterator[bytes]:
    """Answer as EM does that has one session."""
    return answer([(query_result(ONE) if "/query" in request.target else f"{ROOT}{ONE}{END}").encode()])


def always(body: str | bytes | t.Callable[[], t.Iterable[bytes]], media: str = "xml", *lines: str) -> Attack:
    """Return the attack that answers every request with a body; a function makes one anew for each."""

    def attack(dummy: Received) -> t.Iterator[bytes]:
        if callable(body):
            return answer(body(), media, *lines)
        return answer([body if isinstance(body, bytes) else body.encode()], media, *lines)

    return attack


def endless(beginning: str, part: str) -> t.Callable[[], t.Iterator[bytes]]:
    """Return what makes a body that repeats a part and has no end."""
    block = (part * (_BLOCK // len(part) + 1)).encode()
    return lambda: itertools.chain([beginning.encode()], itertools.repeat(block))


def counting(beginning: str, part: str) -> t.Callable[[], t.Iterator[bytes]]:
    """Return what makes a body that repeats a part with ever new numbers in it and has no end."""

    def body() -> t.Iterator[bytes]:
        yield beginning.encode()
        for start in itertools.count(0, 1000):
            yield "".join([part.replace("#", f"{number:x}") for number in range(start, start + 1000)]).encode()

    return body


def large(beginning: str, part: str, end: str, size: int) -> t.Callable[[], t.Iterator[bytes]]:
    """Return what makes a body that repeats a part until it has nearly so many bytes, and is whole."""
    block = (part * (_BLOCK // len(part.encode()))).encode()
    return lambda: itertools.chain([beginning.encode()], itertools.repeat(block, size // len(block)), [end.encode()])
