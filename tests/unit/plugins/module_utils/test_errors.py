# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The family of exceptions."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome

KINDS = {
    errors.ConnectionFailed: "connection",
    errors.TimedOut: "timeout",
    errors.TlsFailed: "tls",
    errors.AuthenticationFailed: "authentication",
    errors.PermissionDenied: "permission",
    errors.NotFound: "not_found",
    errors.BadRequest: "request",
    errors.Refused: "refused",
    errors.ServerFailed: "server",
    errors.ProtocolViolation: "protocol",
    errors.ReferencesOnly: "protocol",
    errors.MissingLibrary: "missing_library",
    errors.WaitTimeout: "wait_timeout",
}


@pytest.mark.parametrize(("error", "kind"), KINDS.items())
def test_each_error_has_its_kind_and_the_one_root(error: type[errors.EmError], kind: str) -> None:
    assert issubclass(error, errors.EmError)
    assert error("x").payload()["error"]["kind"] == kind


def test_no_error_is_without_a_kind_of_its_own() -> None:
    assert {error for error in errors.EmError.__subclasses__() if error not in KINDS} == set()


def test_the_payload_has_message_facts_and_results() -> None:
    error = errors.NotFound("gone", status=404, path="/api/tasks/task-1", server_message="no")
    error.outcome = Outcome({"sessions": [1]}, changed=True, diff={"before": 1, "after": 2})
    assert error.payload() == {
        "msg": "gone",
        "error": {"kind": "not_found", "status": 404, "path": "/api/tasks/task-1", "server_message": "no"},
        "changed": True,
        "sessions": [1],
    }
    assert error.payload(with_diff=True)["diff"] == {"before": 1, "after": 2}


def test_facts_that_are_not_known_are_null() -> None:
    facts = errors.TimedOut("late").payload()["error"]
    assert facts == {"kind": "timeout", "status": None, "path": None, "server_message": None}


def test_what_was_being_done_comes_first_and_the_error_stays_the_same() -> None:
    error = errors.TlsFailed("no trust", path="/api/")
    assert error.while_doing("Cannot read tasks") is error
    assert str(error) == "Cannot read tasks (/api/): no trust"
    assert error.payload()["msg"] == "Cannot read tasks (/api/): no trust"


def test_a_path_is_told_once() -> None:
    error = errors.TlsFailed("/api/tasks was not reached", path="/api/tasks").while_doing("Cannot read tasks")
    assert str(error) == "Cannot read tasks: /api/tasks was not reached"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain \u00e9\u6771 text", "plain \u00e9\u6771 text"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("back\rto start", "back\\rto start"),
        ("turned \u202e round", "turned \\u202e round"),
        ("half \udce9", "half \\udce9"),
    ],
)
def test_control_characters_are_written_out(text: str, expected: str) -> None:
    assert errors.printable(text) == expected
    error = errors.EmError(text, server_message=text)
    assert (str(error), error.server_message) == (expected, expected)


def test_control_characters_in_what_was_being_done_are_written_out() -> None:
    """It can hold the name of a session, which comes from the server."""
    assert "\x1b" not in str(errors.EmError("x").while_doing("Cannot stop \x1b[31mJob"))


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("  a\n b\t c ", 300, "a b c"),
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde\u2026"),
        ("", 5, ""),
    ],
)
def test_long_text_is_cut_to_one_line(text: str, most: int, expected: str) -> None:
    assert errors.shortened(text, most) == expected
