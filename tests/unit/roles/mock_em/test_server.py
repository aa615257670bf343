# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import http.client
import socket
import threading
import time
from email.utils import parsedate_to_datetime

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings

from .conftest import Client


def test_connections_are_kept_alive_and_fast(client: Client) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.mock.port, timeout=10)
    begin = time.monotonic()
    for dummy in range(50):
        connection.request("GET", "/api/tasks", headers={"X-RestSvcSessionId": client.token or ""})
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.version) == (200, 11)
    connection.close()
    assert time.monotonic() - begin < 50 * 0.04


def test_the_date_is_that_of_the_servers_clock(client: Client) -> None:
    client.mock.clock.advance(5 * 86400)
    date = parsedate_to_datetime(client.get("/").headers["Date"])
    assert abs((date - client.mock.clock.now()).total_seconds()) < 3


def test_a_slow_request_holds_up_nobody(client: Client) -> None:
    client.mock.faults.add(kind="delay", path="/tasks", seconds=1)
    slow = threading.Thread(target=client.get, args=("/tasks",))
    slow.start()
    begin = time.monotonic()
    assert client.get("/logonSessions").status == 200
    assert time.monotonic() - begin < 0.9
    slow.join()


def test_requests_are_numbered_under_threads(client: Client) -> None:
    threads = [threading.Thread(target=client.get, args=("/tasks",)) for dummy in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.n for entry in client.mock.requests] == list(range(1, 22))


def test_stopping_cuts_kept_connections() -> None:
    with MockEm(Settings(dataset="empty")) as mock:
        connection = http.client.HTTPConnection("127.0.0.1", mock.port, timeout=10)
        connection.request("GET", "/api/")
        connection.getresponse().read()
    assert connection.sock.recv(1) == b""
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", mock.port), timeout=10)


def test_after_a_restart_sessions_are_there_and_logon_sessions_are_not(client: Client) -> None:
    client.mock.add_session(name="kept")
    port = client.mock.port
    client.mock.stop()
    with pytest.raises(ConnectionRefusedError):
        client.get("/")
    client.mock.start()
    assert client.mock.port == port
    assert client.get("/backupSessions").status == 401
    client.log_on()
    assert [ref.get("Name") for ref in client.get("/backupSessions").xml] == ["kept"]


@pytest.mark.parametrize("path", ["/", "/login", "/apix", "/v1/jobs"])
def test_other_paths_are_a_web_servers(client: Client, path: str) -> None:
    reply = client.send("GET", path)
    assert (reply.status, reply.reason) == (404, "NotFound")
    assert reply.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/nowhere", "/backups", "/tasks/task-1/more"])
def test_unknown_resources(client: Client, path: str) -> None:
    assert client.get(path).status == 404


def test_segments_match_in_any_case(client: Client) -> None:
    assert client.send("GET", "/API/BACKUPSESSIONS?FORMAT=entity").xml.tag == "BackupJobSessions"


def test_a_broken_request_leaves_the_server_alive(client: Client) -> None:
    with socket.create_connection(("127.0.0.1", client.mock.port), timeout=10) as connection:
        connection.sendall(b"NONSENSE\r\n\r\n")
        assert connection.recv(100)
    assert client.get("/tasks").status == 200
