# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module em_logon_session does."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon_session import LOGON_OPTIONS, LogonSession
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, connection_to, sent


def perform(em: MockEm, check: bool = False, **options: t.Any) -> Outcome:
    task = LogonSession({"state": "present", "session_id": None, "session_token": None, **options})
    token = options.get("session_token")
    credentials = {"username": None, "password": None, "session_token": token} if token else {}
    with EmClient(connection_to(em, **credentials), own_logon=False, sleep=Pauses()) as client:
        return task.perform(client, check)


def present(em: MockEm, check: bool = False) -> dict[str, t.Any]:
    return {"session_token": None, "session_id": None, **perform(em, check).result}


def test_options() -> None:
    assert {option.name: (option.default, option.choices) for option in LOGON_OPTIONS} == {
        "state": ("present", ("present", "absent")),
        "session_id": (None, ()),
    }


@pytest.mark.parametrize("check", [False, True])
def test_present_logs_on_and_leaves_it_open_in_check_mode_too(em: MockEm, check: bool) -> None:
    outcome = perform(em, check)
    (session,) = em.logon_sessions
    assert outcome.result == {"session_token": session.token, "session_id": session.id}
    assert outcome.changed is True
    assert [entry.method for entry in em.requests] == ["POST"]


def test_absent_logs_out_once(em: MockEm) -> None:
    given = present(em)
    assert perform(em, state="absent", **given).changed is True
    assert em.logon_sessions == []
    assert perform(em, state="absent", **given).changed is False


def test_absent_takes_the_id_in_any_form(em: MockEm) -> None:
    given = present(em)
    given["session_id"] = f" {given['session_id'].upper()} "
    assert perform(em, state="absent", **given).changed is True


def test_absent_in_check_mode_only_looks(em: MockEm) -> None:
    given = present(em)
    del em.requests[:]
    assert perform(em, True, state="absent", **given).changed is True
    assert len(em.logon_sessions) == 1
    assert sent(em, "DELETE") == []
    perform(em, state="absent", **given)
    assert perform(em, True, state="absent", **given).changed is False


def test_absent_after_it_idled_changes_nothing(em: MockEm) -> None:
    given = present(em)
    em.clock.advance(901)
    assert perform(em, state="absent", **given).changed is False


def test_absent_closes_no_session_but_the_given_one(em: MockEm) -> None:
    kept, closed = present(em), present(em)
    perform(em, state="absent", **closed)
    assert [session.id for session in em.logon_sessions] == [kept["session_id"]]


@pytest.mark.parametrize("identity", ["", "4711", "task-1", "../sessionMngr"])
def test_what_is_no_id_is_refused(identity: str) -> None:
    with pytest.raises(errors.BadRequest, match="session_id"):
        LogonSession({"state": "absent", "session_id": identity, "session_token": "x"})


def test_a_logout_that_is_refused_is_an_error(em: MockEm) -> None:
    given = present(em)
    em.faults.add(kind="status", method="DELETE", status=403)
    with pytest.raises(errors.PermissionDenied, match=r"^Cannot log out"):
        perform(em, state="absent", **given)
