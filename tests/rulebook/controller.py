# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated automation controller: as much of its API as ansible-rulebook needs to start a job template and to follow it."""

from __future__ import annotations

import json
import threading
import types
import typing as t
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "controller-token"
_LAUNCH = "/api/v2/job_templates/7/launch/"


class Controller:
    """A context manager: listens meanwhile. launched: what each launch was given."""

    def __init__(self, template: str, organization: str) -> None:
        self.template = template
        self.organization = organization
        self.launched: list[dict[str, t.Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """What ansible-rulebook takes as --controller-url."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> Controller:
        self._thread.start()
        return self

    def __exit__(self, dummy: type[BaseException] | None, error: BaseException | None, trace: types.TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str) -> dict[str, t.Any] | None:
        """Return the answer to a GET, None where there is no such thing."""
        answers: dict[str, dict[str, t.Any]] = {
            "/api/v2/config/": {"version": "4.6.0"},
            "/api/v2/unified_job_templates/": {"next": None, "results": [self._template()]},
            "/api/v2/jobs/": {"next": None, "results": [self._job(number) for number in range(1, len(self.launched) + 1)]},
        }
        return answers.get(path)

    def launch(self, given: dict[str, t.Any]) -> dict[str, t.Any]:
        """Start a job, which is over at once, and return it."""
        self.launched.append(given)
        return self._job(len(self.launched))

    def _template(self) -> dict[str, t.Any]:
        asked = {f"ask_{what}_on_launch": what != "labels" for what in ("limit", "labels", "inventory", "variables")}
        return {
            "id": 7,
            "type": "job_template",
            "name": self.template,
            "summary_fields": {"organization": {"name": self.organization}},
            "related": {"launch": _LAUNCH},
            **asked,
        }

    def _job(self, number: int) -> dict[str, t.Any]:
        return {
            "id": number,
            "type": "job",
            "url": f"/api/v2/jobs/{number}/",
            "status": "successful",
            "created": "2026-03-01T20:00:00.000000Z",
            "artifacts": {},
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        controller = self

        class Handler(BaseHTTPRequestHandler):
            """Answers to who shows the token."""

            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = controller.answer(urllib.parse.urlsplit(self.path).path)
                self._send(404 if body is None else 200, body or {})

            def do_POST(self) -> None:
                given = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
                if self.path == _LAUNCH:
                    self._send(201, controller.launch(given))
                else:
                    self._send(404, {})

            def _send(self, status: int, body: dict[str, t.Any]) -> None:
                if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                    status, body = 401, {}
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *dummy: t.Any, **more: t.Any) -> None:
                """Keep quiet."""

        return Handler
