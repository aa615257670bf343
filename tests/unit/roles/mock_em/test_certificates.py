# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import socket
import ssl
import stat
from pathlib import Path
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings, certificates


def read(url: str, context: ssl.SSLContext) -> int:
    """The status of the API's root."""
    opener = build_opener(ProxyHandler({}), HTTPSHandler(context=context))
    with opener.open(f"{url}/api/", timeout=10) as answer:
        return int(answer.status)


@pytest.fixture(params=["trustme", "openssl"])
def maker(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With trustme, and with the program where trustme is missing."""
    if request.param == "openssl":
        monkeypatch.setattr(certificates, "_find_trustme", lambda: None)
    return str(request.param)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_client_that_trusts_the_ca_can_connect(maker: str, host: str, tmp_path: Path) -> None:
    settings = Settings(tls=True, certificate_directory=str(tmp_path / "tls"), dataset="empty")
    with MockEm(settings) as mock:
        assert mock.ca_path == str(tmp_path / "tls" / "ca.pem")
        assert mock.url.startswith("https://127.0.0.1:")
        context = ssl.create_default_context(cafile=mock.ca_path)
        assert read(f"https://{host}:{mock.port}", context) == 200


def test_a_client_that_does_not_is_refused_and_leaves_the_server_alive(tmp_path: Path) -> None:
    with MockEm(Settings(tls=True, certificate_directory=str(tmp_path), dataset="empty")) as mock:
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            read(mock.url, ssl.create_default_context())
        assert read(mock.url, ssl.create_default_context(cafile=mock.ca_path)) == 200


def test_a_client_that_never_shakes_hands_holds_up_nobody(tmp_path: Path) -> None:
    settings = Settings(tls=True, certificate_directory=str(tmp_path), dataset="empty")
    with MockEm(settings) as mock, socket.create_connection(("127.0.0.1", mock.port), timeout=10):
        assert read(mock.url, ssl.create_default_context(cafile=mock.ca_path)) == 200


def test_the_key_is_for_its_owner_only(maker: str, tmp_path: Path) -> None:
    for dummy in range(2):
        certificates.server_context(str(tmp_path))
    assert stat.S_IMODE((tmp_path / "server.pem").stat().st_mode) == 0o600
    assert b"PRIVATE KEY" not in (tmp_path / "ca.pem").read_bytes()


def test_a_given_certificate_is_shown_as_it_is(tmp_path: Path) -> None:
    certificates.server_context(str(tmp_path))
    with MockEm(Settings(tls=True, certificate=str(tmp_path / "server.pem"), dataset="empty")) as mock:
        assert mock.ca_path is None
        assert read(mock.url, ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))) == 200


def test_without_trustme_and_openssl_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "_find_trustme", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="trustme"):
        certificates.server_context(str(tmp_path))
