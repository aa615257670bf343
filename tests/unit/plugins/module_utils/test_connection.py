# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection options as checked values."""

from __future__ import annotations

import base64
import pathlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._connection import Connection
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION


def connection(**changes: t.Any) -> Connection:
    options = {option.name: option.default for option in CONNECTION}
    return Connection.from_options({**options, "hostname": "em.example.com", "username": "u", "password": "p", **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "https://em.example.com:9398/api/"),
        ({"hostname": "10.0.0.7", "port": 443}, "https://10.0.0.7:443/api/"),
        ({"hostname": "localhost", "scheme": "http", "port": 9399}, "http://localhost:9399/api/"),
        ({"hostname": "2001:db8::7"}, "https://[2001:db8::7]:9398/api/"),
        ({"hostname": "[2001:db8::7]"}, "https://[2001:db8::7]:9398/api/"),
        ({"hostname": "::1"}, "https://[::1]:9398/api/"),
        ({"hostname": "em_1.Example.COM"}, "https://em_1.Example.COM:9398/api/"),
    ],
)
def test_the_url_of_the_api(changes: dict[str, t.Any], expected: str) -> None:
    assert connection(**changes).base_url == expected


@pytest.mark.parametrize(
    "hostname",
    [
        "",
        " ",
        "em example",
        "https://em.example.com",
        "em.example.com/api",
        "user@em.example.com",
        "em.example.com?x",
        "em.example.com#x",
        "em\\x",
        "em\nexample",
        "em.example.com ",
    ],
)
def test_what_is_no_host_name_is_refused(hostname: str) -> None:
    with pytest.raises(BadRequest, match="option hostname"):
        connection(hostname=hostname)


@pytest.mark.parametrize("hostname", ["em.example.com:9398", "10.0.0.7:9398"])
def test_a_port_in_the_host_name_is_refused_and_told_where_it_belongs(hostname: str) -> None:
    with pytest.raises(BadRequest, match=r"hostname.*port"):
        connection(hostname=hostname)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"port": 0}, "port"),
        ({"port": 65536}, "port"),
        ({"port": -1}, "port"),
        ({"timeout": 0}, "timeout"),
        ({"timeout": -5}, "timeout"),
        ({"retries": -1}, "retries"),
        ({"api_version": "1.7"}, "api_version"),
        ({"api_version": "v1_7&x=1"}, "api_version"),
        ({"api_version": ""}, "api_version"),
        ({"username": "dom:user"}, "username"),
        ({"session_token": "two words"}, "session_token"),
        ({"session_token": "line\n"}, "session_token"),
        ({"session_token": "\u00e9"}, "session_token"),
        ({"ca_path": "/nowhere/ca.pem"}, "ca_path"),
        ({"client_cert": "/nowhere/cert.pem"}, "client_cert"),
        ({"client_key": "/nowhere/key.pem"}, "client_key"),
    ],
)
def test_values_that_cannot_be_meant_are_refused_by_name(changes: dict[str, t.Any], words: str) -> None:
    with pytest.raises(BadRequest, match=f"option {words}"):
        connection(**changes)


@pytest.mark.parametrize(
    "changes", [{"username": None}, {"username": ""}, {"password": None}, {"username": None, "password": None, "session_token": ""}]
)
def test_without_anything_to_log_on_with_nothing_is_begun(changes: dict[str, t.Any]) -> None:
    with pytest.raises(BadRequest, match=r"username and password.*session_token"):
        connection(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"port": 1},
        {"port": 65535},
        {"timeout": 1},
        {"retries": 0},
        {"api_version": "v1"},
        {"api_version": "v1_10"},
        {"session_token": "OsU6RL7OGkGKrPBGxKxURw=="},
        {"username": "EXAMPLE\\user"},
        {"username": "user@example.com"},
        {"username": None, "password": None, "session_token": "x"},
    ],
)
def test_values_at_the_edge_are_taken(changes: dict[str, t.Any]) -> None:
    made = connection(**changes)
    assert {name: getattr(made, name) for name in changes} == changes


@pytest.mark.parametrize(
    ("username", "password"),
    [("EXAMPLE\\user", "p:w:d"), ("j\u00f6rg@example.com", "\u6771\u4eac \u20ac"), ("u", ""), ("u", '"\\ ')],
)
def test_credentials_go_as_utf_8(username: str, password: str) -> None:
    scheme, encoded = connection(username=username, password=password).basic_credentials.split(" ")
    assert scheme == "Basic"
    assert base64.b64decode(encoded) == f"{username}:{password}".encode()


@pytest.mark.parametrize(
    ("validate_certs", "with_path", "expected"),
    [(True, False, True), (False, False, False), (True, True, "path"), (False, True, False)],
)
def test_what_requests_is_told_of_the_servers_certificate(
    tmp_path: pathlib.Path, validate_certs: bool, with_path: bool, expected: object
) -> None:
    path = str(tmp_path)
    found = connection(validate_certs=validate_certs, ca_path=path if with_path else None).verify
    assert found == (path if expected == "path" else expected)


def test_what_requests_is_told_of_the_clients_certificate(tmp_path: pathlib.Path) -> None:
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    certificate.touch()
    key.touch()
    assert connection().client_certificate is None
    assert connection(client_cert=str(certificate)).client_certificate == str(certificate)
    both = connection(client_cert=str(certificate), client_key=str(key))
    assert both.client_certificate == (str(certificate), str(key))


def test_no_secret_is_printed() -> None:
    made = connection(password="very-secret-word", session_token="very-secret-token")
    assert "very-secret" not in f"{made!r} {made} {[made]}"
