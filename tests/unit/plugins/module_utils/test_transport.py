# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HTTP: retries, TLS, and all that must not be done."""

from __future__ import annotations

import dataclasses
import datetime
import pathlib
import socket
import typing as t
from unittest import mock

import pytest
import requests
import trustme

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._answer import Answer
from ansible_collections.backupops.veeam_em.plugins.module_utils._transport import Transport
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, connection_to, sent


def transport_to(em: MockEm, pauses: Pauses | None = None, **changes: t.Any) -> Transport:
    return Transport(connection_to(em, **changes), Pauses() if pauses is None else pauses)


def get(transport: Transport, path: str = "") -> Answer:
    return transport.send("GET", path, {"Accept": "application/xml"}, safe=True)


def post(transport: Transport) -> Answer:
    return transport.send("POST", "backupSessions/x?action=stop", {}, safe=False)


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


# -- retries -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_status_that_says_later_is_tried_again(em: MockEm, pauses: Pauses, status: int) -> None:
    em.faults.add(kind="status", status=status, times=2)
    transport = transport_to(em, pauses)
    assert get(transport).status == 200
    assert len(pauses) == 2
    assert len(sent(em, "GET")) == 3
    assert [f"answered with {status}" in note for note in transport.notes] == [True, True]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 500, 501])
def test_any_other_status_is_not_tried_again(em: MockEm, pauses: Pauses, status: int) -> None:
    em.faults.add(kind="status", status=status)
    assert get(transport_to(em, pauses)).status == status
    assert (list(pauses), len(sent(em, "GET"))) == ([], 1)


@pytest.mark.parametrize("retries", [0, 1, 4])
def test_retries_are_so_many_more_tries(em: MockEm, pauses: Pauses, retries: int) -> None:
    em.faults.add(kind="status", status=503)
    assert get(transport_to(em, pauses, retries=retries)).status == 503
    assert (len(pauses), len(sent(em, "GET"))) == (retries, retries + 1)


@pytest.mark.parametrize("kind", ["reset", "lose_answer"])
def test_a_broken_connection_is_tried_again(em: MockEm, pauses: Pauses, kind: str) -> None:
    em.faults.add(kind=kind, times=2)
    assert get(transport_to(em, pauses)).status == 200
    assert (len(pauses), len(sent(em, "GET"))) == (2, 3)


def test_pauses_grow_and_are_never_quite_alike(em: MockEm) -> None:
    em.faults.add(kind="status", status=503)
    runs = []
    for dummy in range(3):
        pauses = Pauses()
        get(transport_to(em, pauses, retries=8))
        runs.append(pauses)
    for pauses in runs:
        for attempt, seconds in enumerate(pauses):
            most = min(8.0, 0.5 * 2**attempt)
            assert most / 2 <= seconds <= most
    assert len({tuple(pauses) for pauses in runs}) == 3


@pytest.mark.parametrize("value", ["0", "7", "30"])
def test_a_short_wish_to_wait_is_honoured(em: MockEm, pauses: Pauses, value: str) -> None:
    em.faults.add(kind="status", status=429, headers={"Retry-After": value}, times=1)
    assert get(transport_to(em, pauses)).status == 200
    assert pauses == [float(value)]


def test_a_wish_to_wait_until_a_date_goes_by_the_clock_of_the_server(em: MockEm, pauses: Pauses) -> None:
    em.clock.advance(-86400)
    then = em.clock.now() + datetime.timedelta(seconds=12)
    em.faults.add(kind="status", status=503, headers={"Retry-After": f"{then:%a, %d %b %Y %H:%M:%S} GMT"}, times=1)
    assert get(transport_to(em, pauses)).status == 200
    assert 10 <= pauses[0] <= 13


@pytest.mark.parametrize("value", ["31", "86400", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_long_wish_to_wait_ends_it_at_once(em: MockEm, pauses: Pauses, value: str) -> None:
    em.faults.add(kind="status", status=503, headers={"Retry-After": value})
    answer = get(transport_to(em, pauses))
    assert answer.status == 503
    assert (list(pauses), len(sent(em, "GET"))) == ([], 1)


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "reset"}, {"kind": "lose_answer"}])
def test_what_is_not_safe_is_never_sent_again(em: MockEm, pauses: Pauses, fault: dict[str, t.Any]) -> None:
    em.faults.add(**fault)
    transport = transport_to(em, pauses)
    if fault["kind"] == "status":
        assert post(transport).status == 503
    else:
        with pytest.raises(errors.ConnectionFailed):
            post(transport)
    assert (list(pauses), len(sent(em, "POST"))) == ([], 1)


def test_silence_is_not_asked_again(em: MockEm, pauses: Pauses) -> None:
    em.faults.add(kind="delay", seconds=0.6, times=1)
    soon: dict[str, t.Any] = {"timeout": 0.2}
    transport = Transport(dataclasses.replace(connection_to(em), **soon), pauses)
    with pytest.raises(errors.TimedOut, match=r"within 0.2 s \(option timeout\)") as caught:
        get(transport, "backupSessions")
    assert (list(pauses), len(sent(em, "GET"))) == ([], 1)
    assert caught.value.path == "/api/backupSessions"


def test_a_connection_that_does_not_come_about_is_tried_again(em: MockEm, pauses: Pauses, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = transport_to(em, pauses, retries=2)

    def no_connection(*dummy: t.Any, **dummies: t.Any) -> t.Any:
        raise requests.exceptions.ConnectTimeout("connection timed out")

    monkeypatch.setattr(requests.Session, "request", no_connection)
    with pytest.raises(errors.TimedOut):
        get(transport)
    assert len(pauses) == 2


def test_the_last_failure_is_the_error(em: MockEm, pauses: Pauses) -> None:
    em.faults.add(kind="reset")
    with pytest.raises(errors.ConnectionFailed):
        get(transport_to(em, pauses, retries=2))
    assert len(pauses) == 2


# -- errors told apart -------------------------------------------------------------------------------------------------


def test_nothing_listens(em: MockEm, pauses: Pauses) -> None:
    port = closed_port()
    with pytest.raises(errors.ConnectionFailed, match=f"Nothing listens on 127.0.0.1:{port}.*9398"):
        get(transport_to(em, pauses, port=port, retries=1))
    assert len(pauses) == 1


def test_a_name_that_is_not_known(em: MockEm, monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = socket.gaierror(-2, "Name or service not known")
    transport = transport_to(em, hostname="em.invalid", retries=0)
    monkeypatch.setattr(socket, "getaddrinfo", mock.Mock(side_effect=unknown))
    with pytest.raises(errors.ConnectionFailed, match=r"em\.invalid is not known.*hostname"):
        get(transport)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("certificate verify failed: Hostname mismatch, certificate is not valid for 'x'", "another name"),
        ("certificate verify failed: IP address mismatch, certificate is not valid", "not for this address"),
        ("certificate verify failed: certificate has expired", "expired"),
        ("certificate verify failed: self-signed certificate", "ca_path"),
        ("certificate verify failed: self signed certificate in certificate chain", "ca_path"),
        ("certificate verify failed: unable to get local issuer certificate", "ca_path"),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", "does not speak TLS"),
        ("[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert handshake failure", "client_cert"),
        ("something unheard of", "something unheard of"),
    ],
)
def test_each_failure_of_tls_tells_the_way_out(em: MockEm, text: str, words: str) -> None:
    error = transport_to(em).explained(requests.exceptions.SSLError(text), "/api/")
    assert isinstance(error, errors.TlsFailed)
    assert words in str(error)


def test_an_answer_that_breaks_off_is_a_failed_connection(em: MockEm) -> None:
    em.faults.add(kind="reset", when="body", size=20)
    with pytest.raises(errors.ConnectionFailed, match="broke"):
        list(get(transport_to(em)).chunks())


def test_no_error_holds_the_request(em: MockEm) -> None:
    transport = transport_to(em, port=closed_port(), retries=0)
    with pytest.raises(errors.ConnectionFailed) as caught:
        transport.send("GET", "", {"Authorization": "Basic c2VjcmV0"}, safe=True)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


# -- TLS ---------------------------------------------------------------------------------------------------------------


def test_a_certificate_of_the_given_authority_is_trusted(tls_em: MockEm) -> None:
    assert get(transport_to(tls_em)).status == 200


def test_a_certificate_of_nobody_known_is_not_trusted(tls_em: MockEm, pauses: Pauses) -> None:
    with pytest.raises(errors.TlsFailed, match="ca_path"):
        get(transport_to(tls_em, pauses, ca_path=None))
    assert list(pauses) == []


def test_a_certificate_for_another_name_is_not_trusted(tls_em: MockEm, monkeypatch: pytest.MonkeyPatch) -> None:
    here = socket.getaddrinfo("127.0.0.1", tls_em.port, type=socket.SOCK_STREAM)
    monkeypatch.setattr(socket, "getaddrinfo", mock.Mock(return_value=here))
    with pytest.raises(errors.TlsFailed, match=r"em\.example\.com:\d+: its certificate is for another name"):
        get(transport_to(tls_em, hostname="em.example.com"))


def test_without_validation_any_certificate_will_do(tls_em: MockEm) -> None:
    assert get(transport_to(tls_em, ca_path=None, validate_certs=False)).status == 200


def test_plain_http_where_tls_was_expected(em: MockEm) -> None:
    with pytest.raises(errors.TlsFailed, match="does not speak TLS"):
        get(transport_to(em, scheme="https"))


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_authority_of_the_task_beats_that_of_the_environment(
    tls_em: MockEm, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path, name: str
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    monkeypatch.setenv(name, str(other))
    assert get(transport_to(tls_em)).status == 200
    assert get(transport_to(tls_em, ca_path=None, validate_certs=False)).status == 200


def test_the_authority_of_the_environment_is_used_where_the_task_names_none(
    tls_em: MockEm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tls_em.ca_path))
    assert get(transport_to(tls_em, ca_path=None)).status == 200


def test_a_file_that_holds_no_certificate_is_told(tls_em: MockEm, tmp_path: pathlib.Path) -> None:
    garbage = tmp_path / "garbage.pem"
    garbage.write_text("no certificate", encoding="ascii")
    for name in ("ca_path", "client_cert"):
        changes: dict[str, t.Any] = {name: str(garbage)}
        with pytest.raises((errors.TlsFailed, errors.BadRequest)):
            get(transport_to(tls_em, retries=0, **changes))
