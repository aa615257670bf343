# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client: one logon, one logout, whatever happens in between."""

from __future__ import annotations

import base64
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon import Logon
from ansible_collections.backupops.veeam_em.plugins.module_utils._statuses import error_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, User
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, client_of, connection_to, sent

GUID = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
READ = "backupSessions?format=Entity"


def read(client: EmClient, path: str = READ) -> int:
    with client.get(path, "Cannot read") as answer:
        return answer.status


def token_of(em: MockEm) -> str:
    """Log on as somebody else would, and return the token."""
    client = client_of(em)
    client.log_on()
    return em.logon_sessions[-1].token


# -- logging on and out ------------------------------------------------------------------------------------------------


def test_one_logon_and_one_logout(em: MockEm) -> None:
    with client_of(em) as client:
        assert [read(client), read(client)] == [200, 200]
        assert len(em.logon_sessions) == 1
        identity = em.logon_sessions[0].id
    assert [(entry.method, entry.path) for entry in em.requests] == [
        ("POST", "/api/sessionMngr/"),
        ("GET", "/api/backupSessions"),
        ("GET", "/api/backupSessions"),
        ("DELETE", f"/api/logonSessions/{identity}"),
    ]
    assert em.logon_sessions == []
    assert client.logons == 1


@pytest.mark.parametrize("error", [errors.NotFound("x"), RuntimeError("x"), KeyboardInterrupt(), SystemExit(143)])
def test_the_logon_session_is_closed_after_any_error(em: MockEm, error: BaseException) -> None:
    with pytest.raises(type(error)), client_of(em):
        raise error
    assert em.logon_sessions == []


def test_the_logon_session_is_closed_while_a_body_is_still_unread(em: MockEm) -> None:
    em.generate(200)
    with client_of(em) as client:
        next(client.get(READ, "Cannot read").chunks())
    assert em.logon_sessions == []


@pytest.mark.parametrize(("version", "query"), [("latest", "v=latest"), ("v1_6", "v=v1_6")])
def test_the_logon_names_the_version_and_the_credentials(em: MockEm, version: str, query: str) -> None:
    with client_of(em, api_version=version):
        pass
    entry = em.requests[0]
    assert (entry.path, entry.query, entry.user) == ("/api/sessionMngr/", query, "operator")
    assert "x-restsvcsessionid" not in entry.headers
    assert "authorization" not in em.requests[1].headers


def test_credentials_may_have_any_characters(em: MockEm, monkeypatch: pytest.MonkeyPatch) -> None:
    user = User("EXAMPLE\\j\u00f6rg", "p:\u00e4\u6771 \u20ac")
    monkeypatch.setattr(em.settings, "users", [user])
    with client_of(em, username=user.name, password=user.password):
        assert em.logon_sessions[0].user == user


def test_a_given_token_is_used_without_logon_and_logout(em: MockEm) -> None:
    token = token_of(em)
    del em.requests[:]
    with client_of(em, session_token=token, username=None, password=None) as client:
        assert read(client) == 200
    assert [entry.method for entry in em.requests] == ["GET"]
    assert len(em.logon_sessions) == 1
    assert client.logons == 0


def test_a_given_token_goes_before_given_credentials(em: MockEm) -> None:
    token = token_of(em)
    del em.requests[:]
    with client_of(em, session_token=token) as client:
        read(client)
    assert sent(em, "POST") == []


def test_without_a_logon_of_its_own_nothing_is_asked(em: MockEm) -> None:
    with (
        EmClient(connection_to(em), own_logon=False) as client,
        pytest.raises(errors.AuthenticationFailed, match="no logon session"),
    ):
        read(client)
    assert list(em.requests) == []


def test_a_logon_session_that_is_kept_stays_open(em: MockEm) -> None:
    with EmClient(connection_to(em), own_logon=False) as client:
        logon = client.log_on()
        client.keep()
    (session,) = em.logon_sessions
    assert (logon.session_id, logon.token) == (session.id, session.token)


def test_logging_out_tells_whether_there_was_anything_to_close(em: MockEm) -> None:
    with EmClient(connection_to(em), own_logon=False) as client:
        logon = client.log_on()
        assert client.log_out(logon, only_look=True) is True
        assert client.log_out(logon) is True
        assert client.log_out(logon, only_look=True) is False
        assert client.log_out(logon) is False
        client.keep()


def test_whether_a_logon_session_is_there_can_be_unknown(em: MockEm) -> None:
    with client_of(em) as client:
        em.faults.add(kind="status", status=403, method="GET")
        with pytest.raises(errors.PermissionDenied, match="Cannot log out"):
            client.log_out(Logon(em.logon_sessions[0].token, em.logon_sessions[0].id), only_look=True)


def test_a_logout_that_fails_is_a_warning_and_no_error(em: MockEm) -> None:
    em.faults.add(kind="status", method="DELETE", status=403)
    warnings: list[str] = []
    with client_of(em, warnings=warnings) as client:
        read(client)
    assert len(warnings) == 1
    assert "could not be closed" in warnings[0]


def test_a_logout_that_fails_does_not_hide_the_error(em: MockEm) -> None:
    em.faults.add(kind="reset", method="DELETE")
    with pytest.raises(errors.NotFound, match="the real one"), client_of(em, retries=0):
        raise errors.NotFound("the real one")


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize("fault", ["status", "reset"])
def test_logon_and_logout_are_tried_again(em: MockEm, method: str, fault: str) -> None:
    warnings: list[str] = []
    em.faults.add(kind=fault, method=method, status=503, times=2)
    with client_of(em, warnings=warnings) as client:
        read(client)
    assert em.logon_sessions == []
    assert len(warnings) == 2
    assert all("Asked again" in warning for warning in warnings)


def test_the_token_says_the_id_where_the_body_of_the_logon_broke_off(em: MockEm) -> None:
    em.faults.add(kind="truncate", method="POST", size=30)
    with client_of(em) as client:
        assert read(client) == 200
    assert em.logon_sessions == []


@pytest.mark.parametrize("body", ['<LogonSession xmlns="http://www.veeam.com/ent/v1.0"/>', "<LogonSession", "[]", "{}", "words"])
def test_the_token_says_the_id_where_the_body_of_the_logon_does_not(em: MockEm, body: str) -> None:
    kind = "application/json" if body[0] in "[{" else "application/xml"
    headers = {"X-RestSvcSessionId": base64.b64encode(GUID.encode()).decode()}
    em.faults.add(kind="body", method="POST", status=201, body=body, content_type=kind, headers=headers)
    with client_of(em):
        pass
    assert sent(em, "DELETE") == [f"logonSessions/{GUID}"]


def test_pauses_of_the_client_are_those_it_was_given(em: MockEm) -> None:
    pauses = Pauses()
    client_of(em, pauses).pause(0, "Something broke.")
    assert len(pauses) == 1


def test_no_secret_is_printed(em: MockEm) -> None:
    assert "secret" not in repr(Logon("secret", GUID))


def test_the_id_of_a_logon_session_is_in_no_warning(em: MockEm) -> None:
    """The token is that id in base64."""
    em.faults.add(kind="status", method="DELETE", status=503)
    warnings: list[str] = []
    with client_of(em, Pauses(), warnings=warnings) as client:
        read(client)
    (logon,) = em.logon_sessions
    assert warnings
    assert not any(logon.id in warning or logon.token in warning for warning in warnings)


@pytest.mark.parametrize(
    "fault", [{"kind": "html"}, {"kind": "redirect", "location": "https://example.com/"}, {"kind": "status", "status": 500}]
)
def test_a_logout_that_closed_nothing_is_not_taken_for_one(em: MockEm, fault: dict[str, t.Any]) -> None:
    em.faults.add(method="DELETE", **fault)
    with EmClient(connection_to(em), own_logon=False) as client:
        logon = client.log_on()
        with pytest.raises(errors.EmError):
            client.log_out(logon)
        client.keep()


UNKNOWN = '<Error xmlns="http://www.veeam.com/ent/v1.0" StatusCode="{0}" Message="Logon session is not found."/>'
NOBODY = '<LogonSessions xmlns="http://www.veeam.com/ent/v1.0"/>'


def logged_out(em: MockEm, told: int, **of_the_list: t.Any) -> bool:
    """Log out where EM says that it does not know the logon session; tell what log_out makes of the list of them."""
    em.faults.add(kind="body", method="DELETE", status=told, body=UNKNOWN.format(told))
    if of_the_list:
        em.faults.add(method="GET", path="logonSessions", **of_the_list)
    with EmClient(connection_to(em), own_logon=False) as client:
        logon = client.log_on()
        client.keep()
        return client.log_out(logon)


@pytest.mark.parametrize("status", [404, 500])
def test_the_list_tells_whether_an_unknown_logon_session_is_there(em: MockEm, status: int) -> None:
    with pytest.raises(errors.EmError, match="not found") as caught:
        logged_out(em, status)
    assert caught.value.status == status
    em.faults.clear()
    assert logged_out(em, status, kind="body", body=NOBODY) is False


def test_a_list_that_asks_for_a_logon_says_that_it_is_gone(em: MockEm) -> None:
    assert logged_out(em, 500, kind="status", status=401) is False


def test_a_list_that_cannot_be_read_says_nothing(em: MockEm) -> None:
    with pytest.raises(errors.PermissionDenied, match="Cannot read logon sessions"):
        logged_out(em, 500, kind="status", status=403)


def test_another_error_of_a_logout_is_not_looked_into(em: MockEm) -> None:
    with pytest.raises(errors.EmError):
        logged_out(em, 400, kind="body", body=NOBODY)
    assert sent(em, "GET") == []


def test_a_logon_is_renewed_each_time_it_ends(em: MockEm) -> None:
    with client_of(em) as client:
        for dummy in range(3):
            em.clock.advance(1000)
            read(client)
    assert len(sent(em, "POST")) == 4


def test_a_wrong_page_with_a_token_is_no_missing_session(em: MockEm) -> None:
    em.faults.add(kind="status", status=404, path="query", body="<html></html>", content_type="text/html")
    with client_of(em) as client, client.get("query?type=x", "Cannot read") as answer:
        assert error_of(answer, "Cannot read").kind == "protocol"
