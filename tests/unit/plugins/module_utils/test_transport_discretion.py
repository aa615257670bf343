# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the transport keeps to itself: credentials, tokens and cookies go to the one server that was named, and nowhere else."""

from __future__ import annotations

import pathlib
import socket
import threading
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._answer import Answer
from ansible_collections.backupops.veeam_em.plugins.module_utils._transport import Transport
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, connection_to, sent

TOKEN = {"X-RestSvcSessionId": "secret-token", "Accept": "application/xml"}


def get(em: MockEm, path: str = "", pauses: Pauses | None = None, **changes: t.Any) -> Answer:
    transport = Transport(connection_to(em, **changes), Pauses() if pauses is None else pauses)
    return transport.send("GET", path, TOKEN, safe=True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(em: MockEm, status: int) -> None:
    with MockEm(Settings(dataset="empty")) as other:
        em.faults.add(kind="redirect", location=f"{other.url}/api/", status=status)
        answer = get(em)
        assert (answer.status, answer.header("Location")) == (status, f"{other.url}/api/")
        assert list(other.requests) == []


def test_a_redirect_to_the_same_server_is_not_followed_either(em: MockEm) -> None:
    em.faults.add(kind="redirect", location="/api/elsewhere")
    get(em)
    assert sent(em, "GET") == [""]


def test_no_cookie_is_kept(em: MockEm) -> None:
    """A cookie beats the token's header in EM: a stale one would make every later logon useless."""
    transport = Transport(connection_to(em), Pauses())
    basic = {"Authorization": connection_to(em).basic_credentials}
    answer = transport.send("POST", "sessionMngr/?v=latest", basic, safe=True)
    assert (answer.status, "X-RestSvcSessionId=" in (answer.header("Set-Cookie") or "")) == (201, True)
    answer.close()
    transport.send("GET", "", TOKEN, safe=True).close()
    assert ["cookie" in entry.headers for entry in em.requests] == [False, False]


@pytest.fixture
def foreign_netrc(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login stranger password wrong\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    netrc.with_name(".netrc").write_text(netrc.read_text(encoding="ascii"), encoding="ascii")


@pytest.mark.usefixtures("foreign_netrc")
def test_netrc_does_not_replace_the_credentials_of_the_task(em: MockEm) -> None:
    transport = Transport(connection_to(em), Pauses())
    basic = {"Authorization": connection_to(em).basic_credentials}
    assert transport.send("POST", "sessionMngr/?v=latest", basic, safe=True).status == 201


@pytest.mark.usefixtures("foreign_netrc")
def test_netrc_adds_no_credentials(em: MockEm) -> None:
    get(em)
    assert "authorization" not in em.requests[0].headers


def test_only_the_headers_that_are_needed_are_sent(em: MockEm) -> None:
    get(em)
    assert set(em.requests[0].headers) == {"host", "user-agent", "accept", "accept-encoding", "x-restsvcsessionid"}
    assert em.requests[0].headers["user-agent"] == "backupops.veeam_em"
    assert em.requests[0].accept == "application/xml"


def test_a_post_without_a_body_says_so(em: MockEm) -> None:
    """EM answers 411 otherwise."""
    Transport(connection_to(em), Pauses()).send("POST", "sessionMngr/?v=latest", {}, safe=False)
    assert em.requests[0].headers["content-length"] == "0"


def test_one_connection_serves_many_requests(em: MockEm, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted: list[int] = []
    accept = em._server.get_request

    def counted() -> tuple[t.Any, t.Any]:
        accepted.append(1)
        return accept()

    monkeypatch.setattr(em._server, "get_request", counted)
    transport = Transport(connection_to(em), Pauses())
    for dummy in range(5):
        transport.send("GET", "", TOKEN, safe=True).close()
    assert len(accepted) == 1


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_used(em: MockEm, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with MockEm(Settings(dataset="empty")) as proxy:
        monkeypatch.setenv(name, proxy.url)
        get(em)
        assert (len(em.requests), len(proxy.requests)) == (0, 1)


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_a_host_that_needs_no_proxy_gets_none(em: MockEm, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv(name, "127.0.0.1")
    assert get(em).status == 200


def test_a_proxy_that_does_not_answer_is_named_as_the_cause(tls_em: MockEm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "example.com")
    with pytest.raises(errors.ConnectionFailed, match=r"proxy.*HTTPS_PROXY and NO_PROXY"):
        get(tls_em, retries=0)


def test_a_connection_that_breaks_on_its_way_through_a_proxy(tls_em: MockEm, monkeypatch: pytest.MonkeyPatch) -> None:
    """It took the connection and closed it. The address of a proxy can hold credentials: only the variable is named."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:

        def close_at_once() -> None:
            proxy.accept()[0].close()

        threading.Thread(target=close_at_once, daemon=True).start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:secret@127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("NO_PROXY", "example.com")
        with pytest.raises(errors.ConnectionFailed, match=r"proxy.*HTTPS_PROXY and NO_PROXY") as caught:
            get(tls_em, retries=0)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "http://:bad:port",
        "proxy:3128",
        "http://user:proxysecret@proxy.example.com:99999",
        "http://user:proxysecret@proxy..example:80",
        "http://user:proxysecret@",
        "http://user:proxy#secret@proxy.example.com:80",
        "http://user:proxy/secret@proxy.example.com:80",
        "http://user:proxysecret%E2%82%AC@127.0.0.1:9",
        "user:proxysecret@proxy.example.com:port",
    ],
)
def test_a_proxy_whose_address_makes_no_sense_is_an_error_that_does_not_show_it(
    tls_em: MockEm, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(errors.BadRequest, match=r"^The proxy for localhost, of HTTPS_PROXY") as caught:
        get(tls_em, retries=0)
    assert [word for word in ("user", "secret@", "proxysecret", "position") if word in str(caught.value)] == []


@pytest.mark.parametrize("address", ["ftp://user:proxysecret@127.0.0.1:9", "http://user:proxy secret@127.0.0.1:9"])
def test_no_other_error_shows_the_password_of_a_proxy(tls_em: MockEm, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises((errors.BadRequest, errors.ConnectionFailed)) as caught:
        get(tls_em, retries=0)
    assert "secret" not in str(caught.value)
