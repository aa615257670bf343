# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client on a wire that leads to no network, and on a clock of its own: what it asks is answered by a function."""

from __future__ import annotations

import contextlib
import itertools
import time
import typing as t
from unittest import mock

import requests
from requests.structures import CaseInsensitiveDict

from ansible_collections.backupops.veeam_em.plugins.module_utils import _paging, _watch
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._connection import Connection
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION
from ansible_collections.backupops.veeam_em.tests.fuzz.liar import Told

# More requests than any of the tasks can need here.
MOST_REQUESTS = 20_000
# So many sessions are more than there can be here, so that a server that always has one more comes to an end soon.
_MOST_SESSIONS = 200

Answering = t.Callable[[str, str, str], Told]


class EndlessError(Exception):
    """A task has made more requests than it can need."""


class Wire:
    """Stands in as the session of requests: notes what is asked, and lets time pass with every request and pause."""

    def __init__(self, answering: Answering) -> None:
        self.asked: list[tuple[str, str]] = []
        self.told: list[Told] = []
        self.seconds = 0.0
        self._answering = answering

    def clock(self) -> float:
        """Return the seconds that have passed on this wire."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += max(seconds, 0.001)

    def request(self, method: str, url: str, headers: t.Mapping[str, str], **dummy: t.Any) -> t.Any:
        """Answer one request, as requests.Session.request does."""
        self.sleep(0.01)
        target = url.partition("/api/")[2]
        self.asked.append((method, target))
        if len(self.asked) > MOST_REQUESTS:
            raise EndlessError(f"more than {MOST_REQUESTS} requests")
        told = self._answering(method, target, headers["Accept"].rpartition("/")[2])
        self.told.append(told)
        if told.broken == "before":
            raise requests.exceptions.ConnectionError("Remote end closed connection without response")
        if told.broken == "silence":
            raise requests.exceptions.ReadTimeout("Read timed out.")
        return _Response(told)

    def close(self) -> None:
        """Nothing to close."""


class _Response:
    """Stands in as a response of requests."""

    def __init__(self, told: Told) -> None:
        self.status_code = told.status
        self.headers = CaseInsensitiveDict({"Content-Type": f"application/{told.media}", **told.headers})
        self._body = told.body.encode("utf-8", "surrogatepass")
        self._broken = told.broken == "body"

    def iter_content(self, size: int) -> t.Iterator[bytes]:
        """Yield the body, or half of it and then the end of the connection."""
        yield from itertools.islice([self._body[: len(self._body) // 2 if self._broken else None]], 1)
        if self._broken:
            raise requests.exceptions.ChunkedEncodingError("Connection broken: IncompleteRead")

    def close(self) -> None:
        """Nothing to close."""


@contextlib.contextmanager
def client_on(wire: Wire, **connection: t.Any) -> t.Iterator[EmClient]:
    """Give a client that has not logged on yet; while it is used, its clock is that of the wire."""
    given = {"hostname": "em.invalid", "username": "operator", "password": "secret", **connection}
    client = EmClient(
        Connection.from_options({**{option.name: option.default for option in CONNECTION}, **given}), sleep=wire.sleep
    )
    client._exchange._transport._http = wire
    patience: t.Any = _watch.patience
    with contextlib.ExitStack() as patches:
        patches.enter_context(mock.patch("time.monotonic", wire.clock))
        patches.enter_context(mock.patch.object(_paging, "_MOST_SESSIONS", _MOST_SESSIONS))
        watch: t.Any = _watch.Watch.__init__
        for function in (patience.__wrapped__, watch):
            patches.enter_context(mock.patch.object(function, "__defaults__", _on(wire, function.__defaults__)))
        yield client


_REAL = time.monotonic


def _on(wire: Wire, defaults: t.Iterable[t.Any]) -> tuple[t.Any, ...]:
    """Return the defaults of a function with the clock of the wire in place of the real one."""
    return tuple(wire.clock if default is _REAL else default for default in defaults)
