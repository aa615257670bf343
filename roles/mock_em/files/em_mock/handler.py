# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP in and out: one handler per connection, which reads requests, logs them and sends what ``dispatch`` answers."""

from __future__ import annotations

import ssl
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from .control import PREFIX, answer_control
from .dispatch import respond
from .manager import EnterpriseManager, LogEntry
from .messages import Answer, Request
from .transmit import BrokenOff, prepare_reset, transmit

if TYPE_CHECKING:
    from .server import EmServer

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SECRET_HEADERS = ("authorization", "cookie", "x-restsvcsessionid")
HANDSHAKE_SECONDS = 10


class EmHandler(BaseHTTPRequestHandler):
    """Answers one connection's requests until either side closes it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Without this every answer waits 40 ms for the client's delayed acknowledgement."""
    server: EmServer

    def setup(self) -> None:
        """Shake hands here, in the connection's own thread, so that a slow client holds up nobody else."""
        if isinstance(self.request, ssl.SSLSocket):
            self.request.settimeout(HANDSHAKE_SECONDS)
            self.request.do_handshake()
            self.request.settimeout(None)
        super().setup()

    @property
    def em(self) -> EnterpriseManager:
        """The simulated server's state."""
        return self.server.em

    def do_any(self) -> None:
        """Answer a request of whatever method."""
        request = self._read()
        if self.em.settings.control and request.path.lower().startswith(PREFIX):
            transmit(self.wfile.write, answer_control(self.em, request), self.em.clock.now(), None)
            return
        entry = self._log(request)
        try:
            self._answer(request, entry)
        except BrokenOff as end:
            self.close_connection = True
            if end.reset:
                prepare_reset(self.connection)

    def log_message(self, *dummy: Any) -> None:
        """Nothing on the terminal: requests are in the log."""

    def _read(self) -> Request:
        path, dummy, raw_query = self.path.partition("?")
        headers: dict[str, str] = {}
        for name in set(self.headers):
            separator = "; " if name.lower() == "cookie" else ", "
            headers[name.lower()] = separator.join(self.headers.get_all(name, ()))
        length = headers.get("content-length", "0")
        body = self.rfile.read(int(length)) if length.isdecimal() else b""
        if "transfer-encoding" in headers:
            self.close_connection = True
        return Request(self.command, path, raw_query, headers, body)

    def _log(self, request: Request) -> LogEntry:
        shown = {name: "***" if name in SECRET_HEADERS else value for name, value in request.headers.items()}
        with self.em.lock:
            entry = LogEntry(len(self.em.requests) + 1, request.method, request.path, request.raw_query, request.accept, shown)
            self.em.requests.append(entry)
        return entry

    def _answer(self, request: Request, entry: LogEntry) -> None:
        faults = self.em.faults.hit(request)
        time.sleep(faults.delay)
        fault = faults.sending
        if fault is not None and fault.kind == "reset" and fault.when == "before":
            raise BrokenOff(reset=True)
        answer = respond(self.em, request, faults)
        if request.logon is not None:
            entry.user = request.logon.user.name
            entry.logon_session_id = request.logon.id
        if fault is None or fault.kind != "lose_answer":
            entry.status = answer.status
        transmit(self._counted(entry), self._without_body(answer), self.em.clock.now(), fault)

    def _counted(self, entry: LogEntry) -> Any:
        """A send function that counts what it sends, before it is sent: the client may look at the log at once."""

        def send(data: bytes) -> None:
            entry.bytes_sent += len(data)
            self.wfile.write(data)

        return send

    def _without_body(self, answer: Answer) -> Answer:
        if self.command == "HEAD":
            answer.body = b""
        return answer


for method in METHODS:
    setattr(EmHandler, f"do_{method}", EmHandler.do_any)
