# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets in texts: hidden in every form, and nothing else is."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import shortened
from ansible_collections.backupops.veeam_em.plugins.module_utils._secrets import Secrets
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, connection_to, read_info

HIDDEN = "********"
SECRET = "Pa ss\\wö/rt\x07"


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        SECRET.upper(),
        "Pa%20ss%5Cw%C3%B6%2Frt%07",
        "Pa+ss%5Cw%C3%B6%2Frt%07",
        "Pa ss\\\\wö/rt\\x07",
        "Pa ss\\wö/rt\\x07",
    ],
)
def test_every_form_is_hidden(form: str) -> None:
    assert Secrets(SECRET).hidden(f"EM said {form} twice: {form}.") == f"EM said {HIDDEN} twice: {HIDDEN}."


def test_blanks_that_a_message_has_folded() -> None:
    assert Secrets("a  b\tc").hidden(shortened("say a  b\tc now")) == f"say {HIDDEN} now"


def test_the_longest_secret_is_hidden_first() -> None:
    assert Secrets("word", "password", None, "").hidden("my password") == f"my {HIDDEN}"


def test_without_secrets_nothing_is_hidden() -> None:
    assert Secrets(None, "").hidden("as it is…") == "as it is…"


def test_what_may_come_out_after_all() -> None:
    secrets = Secrets("one", "other")
    secrets.drop("one", None)
    assert secrets.hidden("one other") == f"one {HIDDEN}"


@pytest.mark.parametrize(
    ("most", "expected"),
    [(16, f"EM said {HIDDEN}…"), (12, "EM said abc…"), (13, f"EM said {HIDDEN}…")],
)
def test_the_beginning_of_a_secret_where_the_text_was_cut(most: int, expected: str) -> None:
    assert Secrets("abcdefghijkl").hidden(shortened("EM said abcdefghijkl, did it not?", most)) == expected


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 500])
def test_a_server_that_repeats_what_it_was_sent(em: MockEm, status: int) -> None:
    """In its message, in the address of a redirect, in its content type."""
    em.add_session()
    with client_of(em) as client:
        logon = client.log_on()
        client.keep()
    credentials = connection_to(em).encoded_credentials
    known = f"demo-password {credentials} {logon.token} {logon.session_id}"
    body = f'<Error xmlns="http://www.veeam.com/ent/v1.0" Message="{known}" StatusCode="{status}"/>'
    headers = {"Location": f"http://127.0.0.1/{known}"}
    em.faults.add(
        kind="body", path="backupSessions", status=status, headers=headers, body=body, content_type=f"text/xml; x={known}"
    )
    with pytest.raises(errors.EmError) as caught:
        read_info(em, connection={"session_token": logon.token})
    told = f"{caught.value} {caught.value.server_message} {caught.value.path}"
    for secret in known.split():
        assert secret not in told
    assert status == 200 or HIDDEN in told


def test_a_traceback_tells_none_either(em: MockEm) -> None:
    """What was the cause of an error, or was being handled, has words of its own."""

    def fail_for_a_reason() -> None:
        try:
            raise ValueError("the reason")
        except ValueError as error:
            raise errors.EmError("It went wrong.") from error

    with pytest.raises(errors.EmError) as caught, client_of(em):
        fail_for_a_reason()
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_warnings_tell_none_either(em: MockEm) -> None:
    warnings: list[str] = []
    with client_of(em, warnings=warnings) as client:
        (logon,) = em.logon_sessions
        client.warnings.append(f"EM said {logon.token} of {logon.id.upper()}")
    assert warnings == [f"EM said {HIDDEN} of {HIDDEN}"]
