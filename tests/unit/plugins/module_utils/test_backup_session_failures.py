# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What em_backup_session tells when it was refused, waited in vain, or could not go on."""

from __future__ import annotations

import re
import types
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _backup_session, _stopper
from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._backup_session import StopSessions
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop_options import SELECTION, STOP_OPTIONS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, client_of, stops_sent


@pytest.fixture(autouse=True)
def _time_is_what_was_paused(em: MockEm, pauses: Pauses, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = types.SimpleNamespace(monotonic=lambda: sum(pauses), time=lambda: 0.0)
    monkeypatch.setattr(_stopper, "time", clock)
    monkeypatch.setattr(_backup_session, "time", clock)
    em.settings.task_seconds = 0


def failed(
    em: MockEm, pauses: Pauses, error: type[errors.EmError], username: str = "operator", **changes: t.Any
) -> dict[str, t.Any]:
    """Stop all sessions, or those with the given ids; return what the error says."""
    options = {option.name: option.default for option in (*SELECTION, *STOP_OPTIONS)}
    task = StopSessions({**options, "all": "id" not in changes, **changes})
    with pytest.raises(error) as caught, client_of(em, pauses, username=username, retries=0) as client:
        task.perform(client, False)
    assert em.logon_sessions == []
    return caught.value.payload()


def test_a_stop_that_never_ends_is_a_failure_that_says_what_still_runs(em: MockEm, pauses: Pauses) -> None:
    guid = em.add_session(job_name="A", state="Working")
    em.faults.add(kind="stop_never_ends")
    payload = failed(em, pauses, errors.WaitTimeout, wait_timeout=35)
    assert payload["error"]["kind"] == "wait_timeout"
    assert "35 s (wait_timeout): A@" in payload["msg"]
    (entry,) = payload["sessions"]
    assert (entry["state"], entry["changed"], entry["stopped"]) == ("Stopping", True, False)
    assert (payload["changed"], payload["stopped_count"], payload["still_running"]) == (True, 1, [guid])
    assert sum(pauses) == 35
    assert max(pauses) == 10


def test_no_time_to_wait_is_one_look(em: MockEm, pauses: Pauses) -> None:
    em.add_session(state="Working")
    failed(em, pauses, errors.WaitTimeout, wait_timeout=0)
    assert list(pauses) == []
    assert len(stops_sent(em)) == 1


def test_a_refusal_goes_before_a_timeout_and_both_are_told(em: MockEm, pauses: Pauses) -> None:
    endless = em.add_session(job_name="Endless", state="Working")
    refused = em.add_session(job_name="Refused", state="Working")
    em.faults.add(kind="stop_never_ends", session_id=endless)
    em.faults.add(kind="stop_refused", session_id=refused, message="Not now.")
    payload = failed(em, pauses, errors.Refused, wait_timeout=20)
    assert "Refused@" in payload["msg"]
    assert "Not stopped in time: Endless@" in payload["msg"]
    assert sorted(payload["still_running"]) == sorted([endless, refused])


def test_many_sessions_do_not_make_a_long_message(em: MockEm, pauses: Pauses) -> None:
    for dummy in range(40):
        em.add_session(state="Working")
    em.faults.add(kind="stop_never_ends")
    payload = failed(em, pauses, errors.WaitTimeout, wait_timeout=0)
    more = re.search(r"and (\d+) more", payload["msg"])
    assert more is not None
    assert payload["msg"].count("Nightly Backup@") + int(more[1]) == 40
    assert len(payload["msg"]) < 1500
    assert len(payload["still_running"]) == 40


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"kind": "status", "status": 500}, "server"),
        ({"kind": "reset"}, "connection"),
        ({"kind": "html"}, "protocol"),
        ({"kind": "unauthorized"}, "authentication"),
    ],
)
def test_a_failure_in_mid_wait_tells_what_was_stopped_until_then(
    em: MockEm, pauses: Pauses, fault: dict[str, t.Any], kind: str
) -> None:
    guid = em.add_session(state="Working")
    em.faults.add(kind="stop_never_ends")
    em.faults.add(path="query", after=2, **fault)
    payload = failed(em, pauses, errors.EmError)
    assert payload["error"]["kind"] == kind
    assert (payload["changed"], payload["stopped_count"], payload["still_running"]) == (True, 1, [guid])
    assert len(stops_sent(em)) == 1


def test_a_failure_in_mid_stop_tells_which_were_reached(em: MockEm, pauses: Pauses) -> None:
    guids = [em.add_session(state="Working") for dummy in range(2)]
    em.faults.add(kind="unauthorized", method="POST", path="backupSessions", after=1)
    payload = failed(em, pauses, errors.AuthenticationFailed)
    assert sorted(payload["still_running"]) == sorted(guids)
    assert {entry["id"] for entry in payload["sessions"]} == set(guids)


def test_a_refusal_fails_at_the_end_with_all_outcomes(em: MockEm, pauses: Pauses) -> None:
    em.settings.stop_seconds = 0
    first, refused = em.add_session(state="Working"), em.add_session(state="Working")
    em.faults.add(kind="stop_refused", session_id=refused, message="Not now.")
    payload = failed(em, pauses, errors.Refused, id=[refused, first])
    assert (payload["error"]["kind"], payload["error"]["server_message"]) == ("refused", "Not now.")
    assert "1 of 2" in payload["msg"]
    assert [entry["stopped"] for entry in payload["sessions"]] == [False, True]
    assert "Not now." in payload["sessions"][0]["msg"]
    assert (payload["changed"], payload["stopped_count"], payload["still_running"]) == (True, 1, [refused])


def test_refusals_for_want_of_a_role_only_are_a_matter_of_permission(em: MockEm, pauses: Pauses) -> None:
    for dummy in range(2):
        em.add_session(state="Working")
    payload = failed(em, pauses, errors.PermissionDenied, "viewer")
    assert (payload["error"]["kind"], payload["error"]["status"]) == ("permission", 403)
    assert "Portal Administrator" in payload["msg"]
    assert (payload["changed"], len(payload["still_running"])) == (False, 2)


def test_refusals_of_several_sorts_are_refusals(em: MockEm, pauses: Pauses) -> None:
    first, second = em.add_session(state="Working"), em.add_session(state="Working")
    em.faults.add(kind="stop_refused", session_id=first, status=403)
    em.faults.add(kind="stop_refused", session_id=second)
    assert failed(em, pauses, errors.Refused)["error"]["kind"] == "refused"
