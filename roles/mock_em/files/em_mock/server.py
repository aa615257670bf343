# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listening socket: threads, TLS, and an end that leaves no connection behind."""

from __future__ import annotations

import socket
import socketserver
import ssl
import sys
import threading
from http.server import ThreadingHTTPServer
from typing import Any

from .handler import EmHandler
from .manager import EnterpriseManager
from .transmit import is_reset


class EmServer(ThreadingHTTPServer):
    """An HTTP server for one EnterpriseManager; with a TLS context, HTTPS."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, em: EnterpriseManager, tls: ssl.SSLContext | None, port: int) -> None:
        self.em = em
        self._tls = tls
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        if ":" in em.settings.host:
            self.address_family = socket.AF_INET6
        super().__init__((em.settings.host, port), EmHandler)

    def server_bind(self) -> None:
        """Bind without the look-up of a host name that HTTPServer makes, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.em.settings.host, self.port

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """Scheme, host and port, for a client on this machine."""
        host = self.em.settings.host
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
        return f"{'https' if self._tls else 'http'}://{shown}:{self.port}"

    def get_request(self) -> tuple[Any, Any]:
        """Accept a connection; the TLS handshake comes later, in the connection's thread."""
        connection, address = self.socket.accept()
        if self._tls is not None:
            connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        with self._lock:
            self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """End a connection: without a goodbye when it is to be reset."""
        with self._lock:
            self._connections.discard(request)
        if request.fileno() >= 0 and is_reset(request):
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away, and handshakes that fail, are no news."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Stop listening and cut the connections that clients keep open."""
        self.shutdown()
        self.server_close()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
