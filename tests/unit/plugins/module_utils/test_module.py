# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The frame of every module: options in, result or failure out."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._module import run
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import Option
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import connection_to, options_for, run_module, sent, texts_of

Do = t.Callable[[EmClient, bool], Outcome]


class FakeTask:
    """A task that does what it is told."""

    def __init__(self, do: Do) -> None:
        self._do = do

    def perform(self, client: EmClient, check_mode: bool) -> Outcome:
        return self._do(client, check_mode)


@pytest.fixture
def ran(em: MockEm, capsys: pytest.CaptureFixture[str]) -> t.Callable[..., dict[str, t.Any]]:
    """Return a function that runs a task as a module and returns its JSON."""

    def run_task(do: Do, rules: dict[str, t.Any] | None = None, check: bool = False, diff: bool = False, **options: t.Any) -> t.Any:
        def main() -> None:
            run(lambda dummy: FakeTask(do), (Option("word", ("A word.",)),), **(rules or {}))

        return run_module(main, {**options_for(em), **options}, capsys, check=check, diff=diff)

    return run_task


Ran = t.Callable[..., dict[str, t.Any]]


def nothing(dummy: EmClient, check: bool) -> Outcome:
    return Outcome({"check": check})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"hostname": None}, "hostname. The environment can have it as well: VEEAM_EM_HOSTNAME."),
        (
            {"username": None, "password": None},
            "username. The environment can have it as well: VEEAM_EM_USERNAME, VEEAM_EM_SESSION_",
        ),
        ({"password": None}, "password. The environment can have it as well: VEEAM_EM_USERNAME, VEEAM_EM_PASSWORD."),
        ({"client_key": "k"}, "client_cert. The environment can have it as well: VEEAM_EM_CLIENT_CERT."),
        ({"port": "username"}, "port"),
    ],
)
def test_what_is_missing_of_the_connection_can_come_from_the_environment(ran: Ran, given: dict[str, t.Any], words: str) -> None:
    result = ran(nothing, **given)
    assert result["failed"]
    assert result["error"]["kind"] == "request"
    assert words in result["msg"]
    assert ("VEEAM_EM" in result["msg"]) == ("VEEAM_EM" in words)


def test_a_result(em: MockEm, ran: Ran) -> None:
    result = ran(lambda client, check: Outcome({"answer": 42, "check": check}, changed=True))
    assert (result["answer"], result["check"], result["changed"]) == (42, False, True)
    assert "diff" not in result
    assert [entry.method for entry in em.requests] == ["POST", "DELETE"]


def test_check_mode_reaches_the_task(ran: Ran) -> None:
    assert ran(nothing, check=True)["check"] is True


@pytest.mark.parametrize("diff", [False, True])
def test_a_diff_is_shown_when_it_is_asked_for(ran: Ran, diff: bool) -> None:
    result = ran(lambda client, check: Outcome({}, diff={"before": "a", "after": "b"}), diff=diff)
    assert result.get("diff") == ({"before": "a", "after": "b"} if diff else None)


def test_a_failure_has_the_error_and_the_results(em: MockEm, ran: Ran) -> None:
    def fail(dummy: EmClient, check: bool) -> Outcome:
        error = errors.Refused("No.", status=403, path="/api/x", server_message="never")
        error.outcome = Outcome({"sessions": [1]}, changed=True)
        raise error

    result = ran(fail)
    assert (result["failed"], result["msg"], result["sessions"], result["changed"]) == (True, "No.", [1], True)
    assert result["error"] == {"kind": "refused", "status": 403, "path": "/api/x", "server_message": "never"}
    assert em.logon_sessions == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"hostname": None}, "hostname"),
        ({"scheme": "ftp"}, "scheme"),
        ({"port": "many"}, "port"),
        ({"nonsense": "x"}, "nonsense"),
        ({"username": None}, "username"),
        ({"password": None}, "password"),
        ({"username": None, "password": None}, "session_token"),
        ({"client_key": "/x"}, "client_cert"),
        ({"hostname": "https://em"}, "hostname"),
        ({"port": 0}, "port"),
    ],
)
def test_options_at_fault_have_the_kind_request(em: MockEm, ran: Ran, options: dict[str, t.Any], words: str) -> None:
    result = ran(nothing, **options)
    assert words in result["msg"]
    assert result["error"] == {"kind": "request", "status": None, "path": None, "server_message": None}
    assert list(em.requests) == []


def test_rules_of_a_module_are_added_to_those_of_the_connection(ran: Ran) -> None:
    rules = {"required_if": [("word", "x", ("session_token",))], "required_together": [("word", "session_token")]}
    assert "session_token" in ran(nothing, rules, word="x")["msg"]
    assert "password" in ran(nothing, rules, password=None)["msg"]


def test_a_failed_logon(ran: Ran) -> None:
    result = ran(nothing, password="wrong")
    assert (result["error"]["kind"], result["error"]["status"]) == ("authentication", 401)
    assert "wrong" not in str(result)


def test_warnings_of_the_task_and_of_the_client(em: MockEm, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    em.faults.add(kind="status", status=503, method="POST", times=1, headers={"Retry-After": "0"})
    words = " ".join(texts_of(ran(lambda client, check: Outcome({}, warnings=["One of mine."]))))
    assert "One of mine." in words
    assert "Asked again" in words
    assert "unencrypted" in words


def test_warnings_come_with_a_failure_too(em: MockEm, ran: Ran) -> None:
    em.faults.add(kind="status", status=403, method="DELETE")

    def fail(dummy: EmClient, check: bool) -> Outcome:
        raise errors.NotFound("No.")

    assert any("could not be closed" in words for words in texts_of(ran(fail)))


def test_tls_gives_no_warning_of_clear_text(tls_em: MockEm, ran: Ran) -> None:
    result = ran(nothing, **options_for(tls_em))
    assert texts_of(result) == []


@pytest.mark.parametrize("name", ["hostname", "port", "username", "password", "scheme", "timeout", "retries", "media_type"])
def test_an_option_may_come_from_the_environment(em: MockEm, ran: Ran, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"VEEAM_EM_{name.upper()}", str(options_for(em)[name]))
    assert "failed" not in ran(nothing, **{name: None})


def test_all_of_the_connection_may_come_from_the_environment(tls_em: MockEm, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    options = options_for(tls_em)
    for name, value in options.items():
        if value is not None:
            monkeypatch.setenv(f"VEEAM_EM_{name.upper()}", str(value))
    assert "failed" not in ran(nothing, **dict.fromkeys(options))


def test_an_option_of_the_task_beats_the_environment(em: MockEm, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEEAM_EM_PASSWORD", "wrong")
    monkeypatch.setenv("VEEAM_EM_HOSTNAME", "em.invalid")
    assert "failed" not in ran(nothing)


def test_a_token_from_the_environment(em: MockEm, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEEAM_EM_SESSION_TOKEN", "abc")
    assert "failed" not in ran(nothing, username=None, password=None)
    assert sent(em, "POST") == []


def test_no_secret_comes_out(em: MockEm, ran: Ran) -> None:
    """Not in a result either: the password, what the header makes of it, the token of the task's own logon session."""
    tokens: list[str] = []

    def tell(client: EmClient, dummy: bool) -> Outcome:
        tokens.extend(logon.token for logon in em.logon_sessions)
        return Outcome({"said": ["the demo-password is known", connection_to(em).encoded_credentials, *tokens]})

    said = ran(tell)["said"]
    assert said[0] == "the ******** is known"
    assert connection_to(em).encoded_credentials not in said[1]
    assert len(tokens) == 1
    assert tokens[0] not in said[2]


@pytest.mark.parametrize(("rules", "hidden"), [({}, True), ({"tells_logons": True}, False)])
def test_the_id_of_a_logon_session_comes_out_where_it_is_asked_for(ran: Ran, rules: dict[str, t.Any], hidden: bool) -> None:
    """Of the id its token can be made."""
    ids: list[str] = []

    def tell(client: EmClient, dummy: bool) -> Outcome:
        ids.append(str(client.session_id))
        return Outcome({"id": client.session_id})

    assert (ran(tell, rules)["id"] not in ids) is hidden


def test_the_token_of_a_logon_session_that_is_kept_comes_out(ran: Ran) -> None:
    def keep(client: EmClient, dummy: bool) -> Outcome:
        logon = client.log_on()
        client.keep()
        return Outcome({"token": logon.token})

    token = ran(keep)["token"]
    assert token.strip("*") == token
