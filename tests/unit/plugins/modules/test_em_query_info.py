# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module em_query_info, run as Ansible runs it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.modules.em_query_info import main
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import options_for, run_module, sent, texts_of


def query(em: MockEm, capsys: pytest.CaptureFixture[str], check: bool = False, **options: t.Any) -> dict[str, t.Any]:
    return run_module(main, {**options_for(em), "type": "RestoreSession", **options}, capsys, check=check)


@pytest.mark.parametrize("check", [False, True])
def test_what_a_query_selects(em: MockEm, capsys: pytest.CaptureFixture[str], check: bool) -> None:
    em.add_session("restore", name="a", job_type="RestoreVm")
    em.add_session("restore", name="b", job_type="FileLevelRestore")
    result = query(em, capsys, check, filter="Type==restorevm", fields=["name", "job_type"])
    assert (result["changed"], result["count"], result["truncated"]) == (False, 1, False)
    assert result["resources"] == [{"name": "a", "job_type": "RestoreVm"}]
    assert (len(sent(em, "GET")), em.logon_sessions) == (1, [])


def test_an_unknown_field_is_a_warning(em: MockEm, capsys: pytest.CaptureFixture[str]) -> None:
    em.add_session("restore")
    assert "'nonsense'" in " ".join(texts_of(query(em, capsys, fields=["name", "nonsense"])))


@pytest.mark.parametrize(
    ("options", "words"),
    [({"type": None}, "type"), ({"limit": 0}, "limit"), ({"sort_order": "up"}, "sort_order"), ({"filter": "x"}, "filter")],
)
def test_wrong_options(em: MockEm, capsys: pytest.CaptureFixture[str], options: dict[str, t.Any], words: str) -> None:
    result = query(em, capsys, **options)
    assert (result["failed"], result["error"]["kind"]) == (True, "request")
    assert words in result["msg"]
    assert em.requests == []
