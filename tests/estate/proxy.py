# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A proxy that knows a few host names, and where on this host their servers are."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Mapping

BUFFER = 65536


class Proxy:
    """A context manager; listens on `port` of this host. ports: where the server of a host name listens, live."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        self._server = _Server(ports)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *dummy: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, ports: Mapping[str, int]) -> None:
        self.ports = ports
        super().__init__(("127.0.0.1", 0), _Tunnel)


class _Tunnel(socketserver.StreamRequestHandler):
    """One request: CONNECT to a known host, whatever its port, or 502."""

    server: _Server
    connection: socket.socket

    def handle(self) -> None:
        """Answer, and carry bytes both ways until either side has ended."""
        method, dummy, rest = self.rfile.readline().decode("ascii", "replace").partition(" ")
        while self.rfile.readline().strip():
            pass
        host = rest.partition(":")[0]
        if method != "CONNECT" or host not in self.server.ports:
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self.server.ports[host])) as beyond:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_carry, args=(beyond, self.connection), daemon=True)
            back.start()
            _carry(self.connection, beyond)
            back.join()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(BUFFER):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
