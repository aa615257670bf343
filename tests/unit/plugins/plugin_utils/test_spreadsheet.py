# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Comma-separated values: one line per session, and nothing that a spreadsheet executes."""

from __future__ import annotations

import csv
import io
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.plugin_utils._spreadsheet import csv_of
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import session


def lines(*sessions: dict[str, t.Any]) -> list[dict[str, str]]:
    """Return what a reader of CSV finds."""
    text = csv_of([{"em": "em01", **told} for told in sessions])
    assert text.startswith("\ufeffem,kind,")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_a_session_is_a_line() -> None:
    failed = session(5, 1, "Failed")
    (line,) = lines(failed)
    assert line == {
        "em": "em01",
        "kind": "backup",
        "job_name": "Daily SQL",
        "name": failed["name"],
        "state": "Stopped",
        "result": "Failed",
        "running": "False",
        "creation_time": "2026-03-10T07:00:00Z",
        "end_time": "2026-03-10T08:00:00Z",
        "duration": "3600",
        "is_retry": "False",
        "message": "Not enough space",
        "id": failed["id"],
    }


def test_what_there_is_not_is_empty() -> None:
    (line,) = lines(session(5, None, job=None, kind="restore"))
    assert (line["result"], line["end_time"], line["job_name"]) == ("", "", "")


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1", "@SUM(A1)", "  =1", "\t", "\r1", "\uff1d1"])
def test_a_formula_is_text(name: str) -> None:
    (line,) = lines(session(5, job=name))
    assert line["job_name"] == f"'{name}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a; @x", "a;' @x"),
        ("a\t+1", "a\t'+1"),
        ("a\n=1", "a\n'=1"),
        ("=1;-1", "'=1;'-1"),
        ("\t=1", "'\t'=1"),
    ],
)
def test_a_formula_is_text_also_where_another_separator_splits_the_cell(name: str, text: str) -> None:
    """Where the comma is the decimal point, a spreadsheet splits lines at semicolons, and knows nothing of our quotes then."""
    (line,) = lines(session(5, job=name))
    assert line["job_name"] == text


@pytest.mark.parametrize("name", ['a "b", c', "a;b", "line\nline", "東京", "a=b"])
def test_other_names_stay_as_they_are(name: str) -> None:
    (line,) = lines(session(5, job=name))
    assert line["job_name"] == name


def test_policies_and_messages_have_their_columns() -> None:
    (policy, system) = lines(
        session(5, job=None, kind="cdp_replica", policy_name="Tier 1"),
        session(5, job=None, kind="system", message="No server"),
    )
    assert (policy["job_name"], system["message"]) == ("Tier 1", "No server")
