# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module em_logon_session_info does."""

from __future__ import annotations

import base64
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon_session_info import LogonSessionInfo
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, sent

NOBODY: dict[str, t.Any] = {"username": None, "password": None}


def read(em: MockEm, **changes: t.Any) -> list[dict[str, t.Any]]:
    with client_of(em, **changes) as client:
        entries: list[dict[str, t.Any]] = LogonSessionInfo().perform(client, False).result["logon_sessions"]
    return entries


@pytest.mark.parametrize(("version", "media_type"), [(12, "xml"), (12, "json"), (13, "json")])
def test_the_own_one_is_among_them(em: MockEm, version: int, media_type: str) -> None:
    em.settings.em_version = version
    with client_of(em) as other:
        entries = read(em, media_type=media_type)
    assert len(entries) == 2
    assert [sorted(entry) for entry in entries] == [["current", "id", "user_name"]] * 2
    assert all(entry["user_name"].endswith("operator") for entry in entries)
    assert sorted(entry["current"] for entry in entries) == [False, True]
    (own,) = [entry["id"] for entry in entries if entry["current"]]
    assert sent(em, "DELETE")[0] == f"logonSessions/{own}"
    assert own != other.session_id


def test_a_token_tells_which_one_it_is(em: MockEm) -> None:
    with client_of(em) as other, client_of(em) as giver:
        token = em.logon_sessions[-1].token
        entries = read(em, session_token=token, **NOBODY)
        current = [entry["id"] for entry in entries if entry["current"]]
        assert current == [giver.session_id]
        assert base64.b64decode(token).decode() == giver.session_id
        assert other.session_id in [entry["id"] for entry in entries]


def test_a_token_that_does_not_tell(em: MockEm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone it can only be the own one; among others nobody knows."""
    monkeypatch.setattr("ansible_collections.backupops.veeam_em.plugins.module_utils._logon.id_in", lambda dummy: None)
    with client_of(em):
        token = em.logon_sessions[-1].token
        assert [entry["current"] for entry in read(em, session_token=token, **NOBODY)] == [True]
        with client_of(em):
            assert [entry["current"] for entry in read(em, session_token=token, **NOBODY)] == [None, None]


def test_a_refusal(em: MockEm) -> None:
    em.faults.add(kind="status", status=403, path="logonSessions", method="GET")
    with pytest.raises(errors.PermissionDenied, match="Cannot read logon sessions"):
        read(em)
