# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running simulated server per test, and a client that speaks to it in plain HTTP."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings

NAMESPACE = "{http://www.veeam.com/ent/v1.0}"


def without_namespace(root: ElementTree.Element) -> ElementTree.Element:
    """The element with plain names in it."""
    for element in root.iter():
        element.tag = element.tag.replace(NAMESPACE, "")
    return root


class Reply(NamedTuple):
    """An answer as it came."""

    status: int
    reason: str
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8-sig")

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def xml(self) -> ElementTree.Element:
        """The root element, names without the namespace."""
        return without_namespace(ElementTree.fromstring(self.text.encode("utf-8")))


class Client:
    """Sends requests to one server, with a token once it has logged on."""

    def __init__(self, mock: MockEm) -> None:
        self.mock = mock
        self.token: str | None = None

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """One request on a connection of its own; header names are given with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            named.setdefault("X-RestSvcSessionId", self.token)
        connection = HTTPConnection("127.0.0.1", self.mock.port, timeout=10)
        try:
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Reply(answer.status, answer.reason, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", f"/api{path}", None, **headers)

    def post(self, path: str, **headers: str) -> Reply:
        return self.send("POST", f"/api{path}", b"", **headers)

    def log_on(self, user: str = "operator", password: str = "demo-password", version: str = "?v=latest") -> Reply:
        """Log on and keep the token."""
        self.token = None
        credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
        reply = self.post(f"/sessionMngr/{version}", Authorization=f"Basic {credentials}")
        self.token = reply.headers["X-RestSvcSessionId"]
        return reply

    def control(self, method: str, path: str, body: Any = None) -> Reply:
        """A control request."""
        return self.send(method, f"/_mock/{path}", None if body is None else json.dumps(body).encode())


Start = Callable[..., Client]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a server with the given settings; empty unless a data set is named. The client has not logged on."""
    with ExitStack() as stack:

        def start_one(**settings: Any) -> Client:
            mock = stack.enter_context(MockEm(Settings(**{"dataset": "empty", **settings})))
            return Client(mock)

        yield start_one


@pytest.fixture
def client(start: Start) -> Client:
    """A client that is logged on to an empty server with the habits of EM 12."""
    client = start()
    client.log_on()
    return client


@pytest.fixture
def new_client(start: Start) -> Client:
    """A client that is logged on to an empty server with the habits of EM 13."""
    client = start(em_version=13)
    client.log_on()
    return client
