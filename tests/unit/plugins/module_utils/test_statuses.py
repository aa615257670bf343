# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the statuses of EM mean."""

from __future__ import annotations

import io

import pytest
import requests

from ansible_collections.backupops.veeam_em.plugins.module_utils._answer import Answer
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ConnectionFailed
from ansible_collections.backupops.veeam_em.plugins.module_utils._statuses import error_of, logon_error_of, version_error_of

BODY = b'<Error Message="the words of the server" StatusCode="0" xmlns="http://www.veeam.com/ent/v1.0"/>'


def answer(status: int, body: bytes = BODY, **headers: str) -> Answer:
    response = requests.Response()
    response.status_code = status
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    response.raw = io.BytesIO(body)
    return Answer(response, "tasks/task-1?x=y", lambda error: ConnectionFailed(str(error)))


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (301, "protocol", "redirect"),
        (302, "protocol", "redirect"),
        (307, "protocol", "redirect"),
        (400, "request", "options"),
        (401, "authentication", "15 idle minutes"),
        (403, "permission", "role Portal King"),
        (404, "not_found", "does not know"),
        (405, "protocol", "something else"),
        (406, "protocol", "something else"),
        (409, "request", "options"),
        (411, "request", "options"),
        (415, "protocol", "something else"),
        (429, "server", "later"),
        (500, "server", "log"),
        (501, "server", "log"),
        (502, "server", "log"),
        (503, "server", "log"),
        (504, "server", "log"),
    ],
)
def test_each_status_has_its_kind_and_tells_what_to_do(status: int, kind: str, words: str) -> None:
    error = error_of(answer(status), "Cannot read tasks", "Portal King")
    payload = error.payload()
    assert payload["error"] == {
        "kind": kind,
        "status": status,
        "path": "/api/tasks/task-1",
        "server_message": "the words of the server" if status >= 400 else None,
    }
    assert payload["msg"].startswith(f"Cannot read tasks: /api/tasks/task-1 was answered with {status}")
    assert words in payload["msg"]
    assert ("the words of the server" in payload["msg"]) is (status >= 400)


def test_a_redirect_names_where_it_leads() -> None:
    error = error_of(answer(302, Location="https://elsewhere.example.com/"), "Cannot read")
    assert "https://elsewhere.example.com/" in str(error)
    assert "nowhere" in str(error_of(answer(302), "Cannot read"))


def test_an_error_without_a_readable_body() -> None:
    error = error_of(answer(500, b"<html>oops</html>", Content_Type="text/html"), "Cannot read")
    assert error.server_message is None
    assert "answered with 500. " in str(error)


def test_a_long_wait_is_told() -> None:
    assert "longer than" in str(error_of(answer(503, Retry_After="31"), "Cannot read"))
    assert "31 s" in str(error_of(answer(503, Retry_After="31"), "Cannot read"))
    assert "longer than" not in str(error_of(answer(503, Retry_After="30"), "Cannot read"))


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, "authentication", r"DOMAIN\\user or user@domain.*role"),
        (404, "protocol", "9398.*9419"),
        (403, "permission", "role"),
        (500, "server", "500"),
        (302, "protocol", "redirect"),
    ],
)
def test_what_a_refused_logon_means(status: int, kind: str, words: str) -> None:
    error = logon_error_of(answer(status))
    assert error.kind == kind
    assert error.status == status
    with pytest.raises(type(error), match=f"^Cannot log on.*{words}"):
        raise error


@pytest.mark.parametrize(("version", "supported"), [("v1_7", ["v1_6", "v1_7"]), ("v1_9", [])])
def test_a_version_that_is_there_or_not_known_to_lack_is_not_what_is_wrong(version: str, supported: list[str]) -> None:
    assert version_error_of(answer(400), version, supported) is None


def test_a_version_that_the_server_lacks() -> None:
    error = version_error_of(answer(400), "v1_9", ["v1_6", "v1_7"])
    assert error is not None
    assert error.kind == "request"
    assert "v1_9 (option api_version)" in str(error)
    assert "v1_6, v1_7" in str(error)
