# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server that sends whatever bytes an attack wants, without end if need be: no library stands between it and the client."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import socket
import threading
import typing as t

SESSION_ID = "6a1f0c2b-94d7-4c55-8a1e-5a6f0c2b7d10"
TOKEN = base64.b64encode(SESSION_ID.encode()).decode()
LOGON = f"<LogonSession xmlns='http://www.veeam.com/ent/v1.0'><SessionId>{SESSION_ID}</SessionId></LogonSession>"


@dataclasses.dataclass(frozen=True)
class Received:
    """A request as it came: its method, its target, and its headers as (name, value)."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]


Attack = t.Callable[[Received], t.Iterable[bytes]]


def head(status: str = "200 OK", *lines: str) -> bytes:
    """Return a status line and headers; the body lasts until the connection is closed, unless the headers say otherwise."""
    return "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *lines, "", ""]).encode("latin-1")


def answer(chunks: t.Iterable[bytes] = (), media: str = "xml", *lines: str, status: str = "200 OK") -> t.Iterator[bytes]:
    """Yield an answer with a body that comes in chunks; lines are further headers."""
    yield head(status, f"Content-Type: application/{media}", *lines)
    yield from chunks


class HostileServer:
    """A context manager that listens on this host. It lets everybody log on and out by itself; all else is up to the attack.

    logon: further headers of the answer to a logon. logon_body: makes another body of it. requests: what has come so far.
    """

    def __init__(self, attack: Attack, *logon: str, logon_body: t.Callable[[], t.Iterable[bytes]] | None = None) -> None:
        self.requests: list[Received] = []
        self._attack = attack
        self._logon = logon
        self._logon_body = logon_body or _logon_body
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> HostileServer:
        self._thread.start()
        return self

    def __exit__(self, *dummy: object) -> None:
        # only shutdown wakes a thread that waits for connections
        for open_socket in [self._listener, *self._connections]:
            with contextlib.suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    @property
    def connections(self) -> int:
        """How many connections there have been."""
        return len(self._connections)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._listener.getsockname()[1])

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()[0]
            except OSError:
                return
            self._connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        """Answer one request. The client may go away at any time."""
        with connection, contextlib.suppress(OSError):
            request = _read(connection)
            if request is None:
                return
            self.requests.append(request)
            for chunk in self._answer(request):
                connection.sendall(chunk)
            connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, request: Received) -> t.Iterable[bytes]:
        if request.target.startswith("/api/sessionMngr"):
            token = () if any(line.startswith("X-RestSvcSessionId") for line in self._logon) else (f"X-RestSvcSessionId: {TOKEN}",)
            return answer(self._logon_body(), "xml", *token, *self._logon, status="201 Created")
        if request.method == "DELETE":
            return [head("204 No Content")]
        return self._attack(request)


def _logon_body() -> t.Iterable[bytes]:
    return [LOGON.encode()]


def _read(connection: socket.socket) -> Received | None:
    """Read a request without a body; None when the client has gone."""
    received = b""
    while b"\r\n\r\n" not in received:
        more = connection.recv(65536)
        if not more:
            return None
        received += more
    first, *lines = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, dummy, target = first.partition(" ")
    pairs = (line.partition(": ") for line in lines)
    return Received(method, target.rpartition(" ")[0], tuple((name, value) for name, dummy, value in pairs))
