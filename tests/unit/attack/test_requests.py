# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connection options that want to be headers, paths or other hosts: refused before anything is sent, or sent as they are."""

from __future__ import annotations

import base64
import socket
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest, ConnectionFailed, EmError
from ansible_collections.backupops.veeam_em.tests.unit.attack import content as c
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import TOKEN, HostileServer
from ansible_collections.backupops.veeam_em.tests.unit.attack.reading import read_from

LOGON_HEADERS = ["Host", "User-Agent", "Accept-Encoding", "Accept", "Authorization", "Content-Length"]
INJECTED = [
    "\r\nX-Injected: 1",
    "\nX-Injected: 1",
    "\r",
    "\x00",
    " ",
    "\t",
    "\x0b",
    "\x7f",
    "\x85",
    "\u2028",
    "\u010a\u010d",
    "\ud800",
    "\U0001f600",
]
SECRET = "secret-of-the-task"


@pytest.fixture
def server() -> t.Iterator[HostileServer]:
    """A server that answers as EM does, and writes down what it was asked byte by byte."""
    with HostileServer(c.calm) as calm:
        yield calm


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The host names that were looked up: only those of this host are known."""
    names: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: t.Any, *args: t.Any, **more: t.Any) -> t.Any:
        names.append(host if isinstance(host, str) else host.decode())
        if host in ("127.0.0.1", "localhost", b"127.0.0.1", b"localhost"):
            return real("127.0.0.1", *args, **more)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


@pytest.mark.parametrize(
    "hostname",
    [
        *(
            "user:pw@127.0.0.1",
            "127.0.0.1/path",
            "127.0.0.1?x",
            "127.0.0.1#x",
            "http://127.0.0.1",
            "127.0.0.1:1",
            "//127.0.0.1",
            "127.0.0.1\\x",
        ),
        *(
            "",
            " ",
            ".",
            "..",
            "[",
            "[]",
            "[127.0.0.1]:1",
            "[::1]x",
            "a:b",
            "127.0.0.1 ",
            " 127.0.0.1",
            "127.0.0.1\n",
            "a b",
            "a@b",
        ),
        *(f"127.0.0.1{part}" for part in INJECTED if part != "\u010a\u010d"),
        *("127.0.0.1%00", "127.0.0.1%0d%0aX-Injected:%201", "127.0.0.1%2f", "%31", "a..b", ".a", "x" * 64 + ".example", "x" * 300),
        *("\u202e1.0.0.721", "a\u200bb", "a\u3002b", "\u2488com", "\uff0e", "\u2100"),
        *("a;b", "a'b", 'a"b', "a,b", "*.invalid", "{{x}}", "%", "fe80::1%a&b", "fe80::1%"),
    ],
)
def test_host_names_that_are_none(server: HostileServer, asked: list[str], hostname: str) -> None:
    with pytest.raises(BadRequest) as caught:
        read_from(server.port, connection={"hostname": hostname, "password": SECRET})
    assert (server.requests, server.connections) == ([], 0)
    assert SECRET not in str(caught.value)
    assert "127.0.0.1" not in asked


@pytest.mark.parametrize(
    "hostname",
    [
        "host.invalid.",
        "m\u00fcnchen.invalid",
        "xn--mnchen-3ya.invalid",
        "a_b.invalid",
    ],
)
def test_odd_host_names_are_looked_up_and_nothing_else_is(server: HostileServer, asked: list[str], hostname: str) -> None:
    with pytest.raises((BadRequest, ConnectionFailed)) as caught:
        read_from(server.port, connection={"hostname": hostname, "password": SECRET})
    assert (server.requests, server.connections) == ([], 0)
    assert set(asked) <= {hostname, hostname.encode("idna").decode()}
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("hostname", ["127.0.0.1", "[127.0.0.1]", "localhost", "LOCALHOST"])
@pytest.mark.usefixtures("asked")
def test_host_names_that_are_some(server: HostileServer, hostname: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if hostname == "LOCALHOST":
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda *args, **more: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", args[1]))]
        )
    assert read_from(server.port, connection={"hostname": hostname}).result["count"] == 1
    assert dict(server.requests[0].headers)["Host"].lower() == f"{hostname.strip('[]').lower()}:{server.port}"


@pytest.mark.parametrize("part", INJECTED)
@pytest.mark.parametrize("name", ["username", "password"])
def test_credentials_are_sent_as_they_are(server: HostileServer, name: str, part: str) -> None:
    """In base64 nothing of them is a line end; half a surrogate pair and a colon in the name cannot be sent at all."""
    given = {"username": "operator", "password": SECRET, name: f"{SECRET}{part}".replace("X-Injected: 1", "X-Injected 1")}
    try:
        read_from(server.port, connection=given)
    except BadRequest as error:
        refusal = str(error)
    else:
        refusal = ""
    assert (part == "\ud800") == bool(refusal)
    assert SECRET not in refusal
    if refusal:
        assert (f"option {name}" in refusal, server.connections) == (True, 0)
        return
    logon = server.requests[0]
    assert [header for header, dummy in logon.headers] == LOGON_HEADERS
    sent = base64.b64decode(dict(logon.headers)["Authorization"].partition(" ")[2]).decode()
    assert sent == f"{given['username']}:{given['password']}"


@pytest.mark.parametrize("part", INJECTED)
@pytest.mark.parametrize("name", ["session_token", "api_version", "ca_path", "client_cert", "client_key"])
def test_what_goes_into_a_header_a_url_or_a_file_name_is_checked_first(server: HostileServer, name: str, part: str) -> None:
    plain = {"session_token": SECRET, "api_version": "v1_7"}.get(name, "/no/such/file")
    with pytest.raises(BadRequest, match=f"option {name}") as caught:
        read_from(server.port, connection={name: f"{plain}{part}"})
    assert server.connections == 0
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("api_version", value) for value in ("../x", "v1_7&x=1", "v1_7#x", "v1_7%0d", "", "v", "latest ", "v1_7?x", "v1_")),
        *(("session_token", value) for value in ("x" * 100_000, "a b")),
        *((name, value) for name in ("ca_path", "client_cert", "client_key") for value in ("x" * 5000, "/dev/null/x")),
        *(("port", value) for value in (0, -1, 65536, 10**30)),
        *(("timeout", value) for value in (0, -1, 10**12, 10**30)),
        *(("retries", value) for value in (-1, 10**12)),
    ],
)
def test_what_none_can_mean_is_refused(server: HostileServer, name: str, value: t.Any) -> None:
    with pytest.raises(BadRequest, match=f"option {name}"):
        read_from(server.port, connection={name: value})
    assert server.connections == 0


@pytest.mark.parametrize("token", ["a\x1b[31mb", "\xff\xfe", "a b", "a\r\n b", "x" * 30_000, "\x7f", "a\x00b"])
def test_a_token_of_the_server_that_none_can_be(token: str) -> None:
    """It would be sent back as a header, and returned by em_logon_session."""
    with (
        HostileServer(c.calm, f"X-RestSvcSessionId: {token}") as server,
        pytest.raises(EmError, match=r"Cannot log on \(/api/sessionMngr/\): .*token") as caught,
    ):
        read_from(server.port)
    assert caught.value.kind == "protocol"
    assert [request.method for request in server.requests] == ["POST"]


def test_the_token_is_sent_and_nothing_more(server: HostileServer) -> None:
    read_from(server.port)
    names = ["Host", "User-Agent", "Accept-Encoding", "Accept", "X-RestSvcSessionId"]
    assert [[header for header, dummy in request.headers] for request in server.requests[1:]] == [names, [*names, "Content-Length"]]
    assert {dict(request.headers)["X-RestSvcSessionId"] for request in server.requests[1:]} == {TOKEN}
