# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client's requests with a token, and its renewal."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, sent

READ = "backupSessions?format=Entity"


def read(client: EmClient, path: str = READ) -> int:
    with client.get(path, "Cannot read") as answer:
        return answer.status


# -- a logon session that ends -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["expire", "unauthorized"])
def test_a_logon_session_that_ended_is_renewed(em: MockEm, kind: str) -> None:
    with client_of(em) as client:
        em.faults.add(kind=kind, path="backupSessions", times=1)
        assert read(client) == 200
        assert (client.logons, len(sent(em, "POST"))) == (2, 2)
    assert em.logon_sessions == []


def test_a_logon_session_that_idled_is_renewed(em: MockEm) -> None:
    with client_of(em) as client:
        em.clock.advance(901)
        assert read(client) == 200
    assert em.logon_sessions == []


def test_it_is_renewed_once_only(em: MockEm) -> None:
    with client_of(em) as client:
        em.faults.add(kind="expire", path="backupSessions")
        assert [read(client), read(client)] == [401, 401]
        assert len(sent(em, "POST")) == 2


def test_a_given_token_that_ended_is_renewed_with_given_credentials(em: MockEm) -> None:
    with client_of(em, session_token="b3V0ZGF0ZWQ=") as client:
        assert read(client) == 200
        assert len(em.logon_sessions) == 1
    assert em.logon_sessions == []


def test_a_given_token_that_ended_is_not_renewed_without_credentials(em: MockEm) -> None:
    with client_of(em, session_token="b3V0ZGF0ZWQ=", username=None, password=None) as client:
        assert read(client) == 401
    assert sent(em, "POST") == []


def test_a_renewal_that_is_refused_is_the_error(em: MockEm) -> None:
    with client_of(em, session_token="b3V0ZGF0ZWQ=", password="wrong") as client, pytest.raises(errors.AuthenticationFailed):
        read(client)


def test_403_is_not_a_reason_to_log_on_again(em: MockEm) -> None:
    with client_of(em) as client:
        em.faults.add(kind="status", status=403, path="backupSessions")
        assert read(client) == 403
        assert len(sent(em, "POST")) == 1


def test_a_post_is_sent_once_and_after_a_401_once_more(em: MockEm) -> None:
    identity = em.add_session(state="Working")
    with client_of(em) as client:
        em.faults.add(kind="expire", path="backupSessions", times=1)
        with client.post(f"backupSessions/{identity}?action=stop", "Cannot stop") as answer:
            assert answer.status == 202
    assert len(sent(em, "POST", "backupSessions/")) == 2


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "lose_answer"}, {"kind": "reset"}])
def test_a_post_is_not_sent_again_after_anything_else(em: MockEm, fault: dict[str, t.Any]) -> None:
    identity = em.add_session(state="Working")
    em.faults.add(path="backupSessions", **fault)
    with client_of(em) as client:
        try:
            client.post(f"backupSessions/{identity}?action=stop", "Cannot stop").close()
        except errors.ConnectionFailed:
            assert fault["kind"] != "status"
    assert len(sent(em, "POST", "backupSessions/")) == 1
