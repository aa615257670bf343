# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a read when no connection comes about, or none that can be trusted."""

from __future__ import annotations

import contextlib
import datetime
import pathlib
import socket
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.unit.faults.matrix import (
    LOGGING_ON,
    PLAIN,
    TRIES,
    Case,
    Record,
    growing,
    observed,
)
from ansible_collections.backupops.veeam_em.tests.unit.faults.strangers import (
    closed_port,
    full,
    listening,
    refusing_proxy,
    self_signed,
)

CONNECTING, TLS, PROXY = "Connecting", "Connecting: TLS", "Connecting: through a proxy"
YEAR = datetime.timedelta(days=365)


def refused(fault: str, error: str, says: str, **more: t.Any) -> Case:
    """Return the case of a server that no request reaches."""
    return Case(fault, (), 0, error, says, doing=LOGGING_ON, **more)


@contextlib.contextmanager
def strange(file: pathlib.Path) -> t.Iterator[MockEm]:
    """A simulated EM that shows the certificate in a file."""
    with MockEm(Settings(dataset="empty", tls=True, certificate=str(file))) as em:
        yield em


def test_nothing_listens(em: MockEm, record: Record) -> None:
    case = refused(
        "nothing listens on the port",
        "connection",
        r"Nothing listens on \S+\d",
        pauses=growing(TRIES),
        connection={"port": closed_port()},
    )
    record(CONNECTING, observed(em, case))


def test_a_name_that_is_not_known(em: MockEm, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*dummy: t.Any, **dummies: t.Any) -> t.Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    case = refused(
        "the host name is not found",
        "connection",
        r"The host name em\.invalid is not known",
        pauses=growing(TRIES),
        connection={"hostname": "em.invalid"},
    )
    record(CONNECTING, observed(em, case))


def test_no_connection_comes_about(em: MockEm, record: Record) -> None:
    with full() as port:
        case = refused(
            "no connection comes about (retries: 0)",
            "timeout",
            r"\S+ gave no answer within 1 s \(option timeout\)",
            connection={"port": port, "timeout": 1, "retries": 0},
        )
        record(CONNECTING, observed(em, case))


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_somebody_listens_and_never_answers(em: MockEm, record: Record, scheme: str) -> None:
    with listening() as listener:
        port = listener.getsockname()[1]
        case = refused(
            f"somebody listens and never answers ({scheme})",
            "timeout",
            r"\S+ gave no answer within 1 s \(option timeout\)",
            connection={"scheme": scheme, "port": port, "timeout": 1, "retries": 0},
        )
        record(CONNECTING, observed(em, case))


def test_plain_http_where_tls_is_expected(em: MockEm, record: Record) -> None:
    case = refused("plain HTTP where TLS is expected", "tls", "does not speak TLS on this port", connection={"scheme": "https"})
    record(TLS, observed(em, case))


def test_tls_where_plain_http_is_expected(tls_em: MockEm, record: Record) -> None:
    case = refused(
        "TLS where plain HTTP is expected",
        "connection",
        r"The connection to \S+ broke",
        pauses=growing(TRIES),
        connection={"scheme": "http", "hostname": "127.0.0.1"},
    )
    record(TLS, observed(tls_em, case))


def test_an_unknown_issuer(tls_em: MockEm, record: Record) -> None:
    case = refused(
        "a certificate of an unknown issuer", "tls", "the issuer of its certificate is not known", connection={"ca_path": None}
    )
    record(TLS, observed(tls_em, case))


def test_a_self_signed_certificate(record: Record, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "server.pem"
    self_signed(file)
    with strange(file) as em:
        record(TLS, observed(em, refused("a self-signed certificate", "tls", "its certificate is self-signed")))
        em.reset()
        trusted = Case("a self-signed certificate that ca_path names", (), PLAIN, connection={"ca_path": str(file)})
        record(TLS, observed(em, trusted))


def test_an_expired_certificate(record: Record, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "server.pem"
    self_signed(file, age=YEAR)
    with strange(file) as em:
        case = refused("an expired certificate", "tls", "its certificate has expired", connection={"ca_path": str(file)})
        record(TLS, observed(em, case))


def test_a_certificate_for_another_name(record: Record, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "server.pem"
    self_signed(file, name="other.example.test")
    with strange(file) as em:
        case = refused(
            "a certificate for another name", "tls", "its certificate is for another name", connection={"ca_path": str(file)}
        )
        record(TLS, observed(em, case))


@pytest.mark.parametrize(
    ("fault", "answer", "says"),
    [
        ("the proxy refuses (403)", b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "The proxy for .*403 Forbidden"),
        (
            "the proxy wants credentials (407)",
            b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
            "The proxy for .*407 Proxy Authentication Required",
        ),
        ("the proxy closes the connection", b"", "[Pp]roxy"),
    ],
)
def test_a_proxy_that_refuses(
    tls_em: MockEm, record: Record, monkeypatch: pytest.MonkeyPatch, fault: str, answer: bytes, says: str
) -> None:
    with refusing_proxy(answer) as (port, asked):
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        row = observed(tls_em, refused(fault, "connection", says, pauses=growing(TRIES)))
        assert len(asked) == 1 + TRIES
        assert all(request.startswith(b"CONNECT localhost:") and b"Authorization" not in request for request in asked)
    record(PROXY, row)


def test_a_proxy_that_is_not_there(tls_em: MockEm, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    case = refused(
        "nothing listens where the proxy should", "connection", "The proxy for \\S+ did not connect", pauses=growing(TRIES)
    )
    record(PROXY, observed(tls_em, case))
