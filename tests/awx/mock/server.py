# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The API over HTTP: who asks, and what was asked."""

from __future__ import annotations

import base64
import http.server
import json
import threading
import types
import typing as t
import urllib.parse

from ansible_collections.backupops.veeam_em.tests.awx.mock.api import ROOT, Answer, Api
from ansible_collections.backupops.veeam_em.tests.awx.mock.errors import Refused
from ansible_collections.backupops.veeam_em.tests.awx.mock.kinds import Fields
from ansible_collections.backupops.veeam_em.tests.awx.mock.store import Store

VERSION = "24.6.1"


class MockAwx:
    """A simulated AWX on a port of its own, while the with block lasts.

    playbooks: those that it finds in any project. Its organization is called Default.
    """

    user = "admin"
    password = "Tr0ub4dor&3-awx"

    def __init__(self, playbooks: t.Iterable[str]) -> None:
        self.store = Store()
        self.store.create("organizations", {"name": "Default"})
        self.requests: list[tuple[str, str]] = []  # methods and paths
        self._api = Api(self.store, playbooks)
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> MockAwx:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: types.TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where it is, as CONTROLLER_HOST has it."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def found(self, endpoint: str) -> list[Fields]:
        """Return the objects of an endpoint, their secrets included."""
        return list(self.store.objects[endpoint].values())

    def new_token(self) -> Fields:
        """Return a new token of the account."""
        token = self.store.create("tokens", {})
        token["token"] = f"token-of-{self.user}-{token['id']}"
        return token

    def answer(self, method: str, url: str, authorization: str, body: Fields) -> Answer:
        """Return status and body for a request."""
        parts = urllib.parse.urlsplit(url)
        with self._lock:
            self.requests.append((method, parts.path))
            if not parts.path.startswith(ROOT):
                return 404, {"detail": "Not found."}
            if not self._may(authorization):
                return 401, {"detail": "Authentication credentials were not provided, or they are wrong."}
            if (method, parts.path) == ("POST", f"{ROOT}tokens/"):
                return 201, self.new_token()
            try:
                return self._api.answer(method, parts.path, dict(urllib.parse.parse_qsl(parts.query)), body)
            except Refused as refusal:
                return refusal.status, dict(refusal.body)

    def _may(self, authorization: str) -> bool:
        scheme, dummy, secret = authorization.partition(" ")
        if scheme == "Bearer":
            return any(secret == token["token"] for token in self.store.objects["tokens"].values())
        return scheme == "Basic" and base64.b64decode(secret).decode() == f"{self.user}:{self.password}"


class _Server(http.server.ThreadingHTTPServer):
    """An HTTP server that knows which AWX it speaks for."""

    def __init__(self, awx: MockAwx) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.awx = awx


class _Handler(http.server.BaseHTTPRequestHandler):
    """One connection of a client."""

    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_any(self) -> None:
        """Answer a request of whatever method."""
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}")
        status, answer = self.server.awx.answer(self.command, self.path, self.headers.get("Authorization", ""), body)
        content = json.dumps(answer).encode() if answer else b""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-API-Product-Name", "AWX")
        self.send_header("X-API-Product-Version", VERSION)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *dummy: t.Any) -> None:
        """Nothing on the terminal."""


for _method in ("GET", "POST", "PATCH", "DELETE"):
    setattr(_Handler, f"do_{_method}", _Handler.do_any)
