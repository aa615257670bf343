# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Of a session only what is needed is read, and that is what it would have been."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._info import SessionInfo
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import options_of
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import read_info

MEDIA = pytest.mark.parametrize("media_type", ["xml", "json"])
KINDS = pytest.mark.parametrize("kind", FAMILIES)
# That of a session which runs grows from read to read.
MOVING = "duration"


def needed(kind: str, **changes: t.Any) -> set[str] | None:
    defaults = {option.name: option.default for option in options_of(FAMILIES[kind])}
    return SessionInfo(FAMILIES[kind], {**defaults, **changes})._needed()


def result_of(em: MockEm, kind: str, media_type: str, **options: t.Any) -> dict[str, t.Any]:
    result: dict[str, t.Any] = read_info(em, kind, connection={"media_type": media_type}, **options).result
    return result


def by_id(result: dict[str, t.Any]) -> dict[str, dict[str, t.Any]]:
    return {session["id"]: session for session in result["sessions"]}


@MEDIA
@KINDS
def test_some_fields_are_those_of_a_whole_session(small_em: MockEm, kind: str, media_type: str) -> None:
    """Those of one moment have no order of their own."""
    whole = result_of(small_em, kind, media_type)
    for name in [field.name for field in FAMILIES[kind].fields if field.name != MOVING]:
        part = result_of(small_em, kind, media_type, fields=["id", name])
        assert by_id(part) == {guid: {"id": guid, name: session[name]} for guid, session in by_id(whole).items()}
        assert part["summary"] == whole["summary"]


@MEDIA
@KINDS
def test_the_summary_alone_is_that_of_whole_sessions(small_em: MockEm, kind: str, media_type: str) -> None:
    whole = result_of(small_em, kind, media_type)
    assert result_of(small_em, kind, media_type, summary_only=True) == {**whole, "sessions": [], "count": 0}


def test_what_is_needed() -> None:
    assert needed("backup") is None
    counted = {"state", "result", "running", "creation_time", "end_time", "job_id", "job_name"}
    assert needed("backup", summary_only=True) == counted
    assert needed("backup", fields=["name"], sort_by="progress") == {*counted, "name", "progress"}


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("backup", {"match": {"failure_message": "disk"}}),
        ("backup", {"include": ["tasks"]}),
        ("backup", {"fields": ["unheard_of"]}),
        ("backup", {"id": ["3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"]}),
        ("cdp_replica", {"is_retry": True}),
        ("restore", {}),
    ],
)
def test_where_all_is_needed(kind: str, options: dict[str, t.Any]) -> None:
    """What is tested here, what related facts are found by, and what the table does not know."""
    assert needed(kind, **{"fields": ["name"], **options}) is None
