# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client's logon when something goes wrong: each cause told apart."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of

GUID = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
READ = "backupSessions?format=Entity"


@pytest.mark.parametrize(("username", "password"), [("operator", "wrong"), ("nobody", "x"), ("guest", "demo-password")])
def test_credentials_that_are_not_accepted(em: MockEm, username: str, password: str) -> None:
    with pytest.raises(errors.AuthenticationFailed, match=r"DOMAIN\\user or user@domain") as caught:
        client_of(em, username=username, password=password).__enter__()
    assert caught.value.status == 401
    assert len(em.requests) == 1


def test_a_version_that_the_server_lacks_is_told_with_those_it_has(em: MockEm) -> None:
    for media_type in ("xml", "json"):
        with pytest.raises(errors.BadRequest, match=r"v1_99 .*v1_5, v1_6, v1_7"):
            client_of(em, api_version="v1_99", media_type=media_type).__enter__()


def test_a_version_that_the_server_lacks_where_it_does_not_say_which_it_has(em: MockEm) -> None:
    em.faults.add(kind="status", method="GET", status=404)
    with pytest.raises(errors.BadRequest, match="Cannot log on"):
        client_of(em, api_version="v1_99").__enter__()


def test_an_unknown_path_is_another_products_api(em: MockEm) -> None:
    em.faults.add(kind="status", status=404)
    with pytest.raises(errors.ProtocolViolation, match=r"9398.*9419"):
        client_of(em).__enter__()


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "html"},
        {"kind": "html", "headers": {"X-RestSvcSessionId": "x"}},
        {"kind": "body", "body": "{}", "content_type": "application/json", "status": 201},
    ],
)
def test_a_web_page_or_an_answer_without_a_token_is_not_em(em: MockEm, fault: dict[str, object]) -> None:
    em.faults.add(method="POST", **fault)
    with pytest.raises(errors.ProtocolViolation, match=r"no token.*9398"):
        client_of(em).__enter__()


def test_a_redirect_of_the_logon_is_not_followed(em: MockEm) -> None:
    em.faults.add(kind="redirect", location="http://127.0.0.1:9/api/")
    with pytest.raises(errors.ProtocolViolation, match="redirect"):
        client_of(em).__enter__()
    assert len(em.requests) == 1


def test_an_error_says_what_was_being_done(em: MockEm) -> None:
    em.faults.add(kind="reset", method="GET")
    with client_of(em, retries=0) as client, pytest.raises(errors.ConnectionFailed, match=r"^Cannot read tasks \(/api/tasks\): "):
        client.get("tasks", "Cannot read tasks")
