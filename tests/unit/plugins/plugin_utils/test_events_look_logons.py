# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The logon sessions of an event source: one for many looks, none left open, no secret in an error."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.watching import Watcher
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, sent


@pytest.fixture
def watcher(em: MockEm) -> t.Iterator[Watcher]:
    """Looks at the backups of a simulated EM without any session."""
    made = Watcher(em)
    yield made
    made.close()


def test_one_logon_serves_many_looks_and_is_closed_at_the_end(em: MockEm, watcher: Watcher) -> None:
    for dummy in range(5):
        watcher.look()
    assert len(sent(em, "POST", "sessionMngr")) == 1
    assert len(em.logon_sessions) == 1
    watcher.close()
    assert not em.logon_sessions


def test_a_logon_session_that_ended_is_renewed_and_no_old_one_piles_up(em: MockEm, watcher: Watcher) -> None:
    watcher.look()
    for dummy in range(3):
        watcher.look()
        assert len(em.logon_sessions) == 1
        em.clock.advance(1000)
        watcher.look()
        assert not em.logon_sessions
    assert len(sent(em, "POST", "sessionMngr")) > 1
    watcher.close()
    assert not em.logon_sessions


def test_with_long_intervals_the_logon_session_is_closed_after_each_look(em: MockEm) -> None:
    watcher = Watcher(em, interval=601)
    watcher.look()
    assert not em.logon_sessions


def test_a_look_that_fails_logs_out_and_the_next_one_logs_on_anew(em: MockEm, watcher: Watcher) -> None:
    watcher.look()
    em.faults.add(kind="status", status=500, path="/query", times=1)
    with pytest.raises(errors.ServerFailed):
        watcher.look()
    assert not em.logon_sessions
    em.add_session(job_name="meanwhile", state="Working")
    assert watcher.names() == ["meanwhile"]


def test_an_error_has_no_secret_in_it(em: MockEm, watcher: Watcher) -> None:
    watcher.look()
    em.faults.add(kind="mirror", status=500, path="/query", times=1)
    with pytest.raises(errors.ServerFailed) as caught:
        watcher.look()
    assert "demo-password" not in str(caught.value.payload())
    assert caught.value.__cause__ is None


def test_a_logon_that_is_refused_is_an_error(em: MockEm) -> None:
    with pytest.raises(errors.AuthenticationFailed):
        Watcher(em, password="wrong").look()
    assert not em.logon_sessions


def test_a_given_token_is_used_and_not_logged_out(em: MockEm) -> None:
    client = client_of(em)
    logon = client.log_on()
    watcher = Watcher(em, session_token=logon.token)
    em.add_session(job_name="runs", state="Working")
    assert watcher.names() == ["runs"]
    watcher.close()
    assert len(em.logon_sessions) == 1
    client.log_out(logon)
