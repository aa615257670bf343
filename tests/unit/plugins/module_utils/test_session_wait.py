# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module em_session_wait does with its options."""

from __future__ import annotations

import time
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_wait import SessionWait
from ansible_collections.backupops.veeam_em.plugins.module_utils._wait_options import SELECTING, WAIT_FOR, WAITING
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, queries_to, sent

UNKNOWN = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"


class Naps:
    """Stands in for time.sleep: does one thing at each pause. When there is none left, the wait goes on for ever."""

    def __init__(self, *things: t.Callable[[], t.Any]) -> None:
        self._things = list(things)
        self.pauses: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if not self._things:
            raise AssertionError("the wait does not end")
        self._things.pop(0)()


def options(**changes: t.Any) -> dict[str, t.Any]:
    return {**{option.name: option.default for option in (*WAIT_FOR, *SELECTING, *WAITING)}, **changes}


def wait(em: MockEm, *things: t.Callable[[], t.Any], check: bool = False, **changes: t.Any) -> Outcome:
    """Wait, while at each pause one of these things happens."""
    task = SessionWait(options(**changes))
    with client_of(em, pauses=t.cast("t.Any", Naps(*things))) as client:
        return task.perform(client, check)


def finishing(em: MockEm, identity: str, kind: str = "backup", state: str = "Stopped") -> t.Callable[[], None]:
    return lambda: em.change_session(identity, kind, state=state, result="Success", end_time=em.clock.now())


def counts(outcome: Outcome | None) -> list[int]:
    assert outcome is not None
    return [entry["running"] for entry in outcome.result["history"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": []},
        {"stable_for": -1},
        {"wait_timeout": -1},
        {"wait_interval": -1},
        {"id": ["4711"]},
        {"id": [f"urn:veeam:Job:{UNKNOWN}"]},
        {"id": [f"urn:veeam:RestoreSession:{UNKNOWN}"]},
        {"kinds": ["system"], "job_name": ["x"]},
        {"kinds": ["system"], "filter": "State==Working"},
        {"kinds": ["backup", "restore"], "vm_name": ["x"]},
        {"job_name": []},
        {"filter": "(Name==x"},
        {"match": {"nonsense": "x"}},
        {"created_after": "soon"},
        {"created_after": ""},
        {"filter": " "},
        {"match": {}},
        {"state": ["stopped"]},
        {"kinds": ["system"], "state": ["Failed", "CompletedWarning"]},
        {"kinds": ["system"], "backup_server": ["vbr01"]},
        {"stable_for": 60, "wait_timeout": 60},
    ],
)
def test_a_wrong_option_is_told_before_em_is_asked(changes: dict[str, t.Any]) -> None:
    with pytest.raises(errors.BadRequest):
        SessionWait(options(**changes))


def test_idle_is_reached_at_once(em: MockEm) -> None:
    em.add_session(state="Stopped")
    outcome = wait(em)
    assert (outcome.changed, outcome.result["sessions"], counts(outcome)) == (False, [], [0])
    assert [query["filter"] for query in queries_to(em)] == ['State!="Stopped"']


def test_idle_waits_for_what_starts_meanwhile(em: MockEm) -> None:
    first = em.add_session(state="Working")
    second = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
    outcome = wait(
        em,
        lambda: em.add_session(id=second, state="Starting"),
        finishing(em, first),
        finishing(em, second),
    )
    assert counts(outcome) == [1, 2, 1, 0]


def test_finished_waits_for_those_of_the_beginning_only(em: MockEm) -> None:
    first = em.add_session(state="Working")
    outcome = wait(em, lambda: em.add_session(state="Working"), finishing(em, first), until="finished")
    assert counts(outcome) == [1, 0]


def test_a_session_that_was_running_and_is_gone_has_finished(em: MockEm) -> None:
    em.add_session(state="Working")
    assert counts(wait(em, em.reset, until="finished")) == [1, 0]


def test_several_kinds_are_looked_at_in_one_logon_session(em: MockEm) -> None:
    waited = [(kind, em.add_session(kind, state=state)) for kind, state in (("restore", "Working"), ("system", "InProgress"))]
    em.add_session("replica", state="Working")
    outcome = wait(
        em,
        finishing(em, waited[0][1], "restore"),
        finishing(em, waited[1][1], "system", "CompletedSuccessfully"),
        kinds=["backup", "restore", "system"],
    )
    assert counts(outcome) == [2, 1, 0]
    assert len(sent(em, "POST")) == len(sent(em, "DELETE")) == 1


def test_a_session_of_two_kinds_is_one_session(em: MockEm) -> None:
    em.add_session(job_type="AgentBackup", state="Working")
    result = wait(em, check=True, kinds=["backup", "agent_backup"]).result
    assert (len(result["sessions"]), result["history"][0]["running"]) == (1, 1)
    assert result["msg"].startswith("It would wait for 1 session:")


def test_an_error_before_the_first_look_is_not_taken_for_quiet(em: MockEm) -> None:
    em.faults.add(kind="status", status=403, path="query")
    with pytest.raises(errors.PermissionDenied) as caught:
        wait(em)
    assert "sessions" not in caught.value.payload()


def test_what_may_not_be_queried_is_looked_for_in_its_collection(em: MockEm) -> None:
    mine = em.add_session("cloud_failover", state="Working", job_type="FailoverPlan")
    em.add_session("cloud_failover", state="Stopped")
    task = SessionWait(options(kinds=["cloud_failover"], job_type=["failoverplan"]))
    naps = t.cast("t.Any", Naps(finishing(em, mine, "cloud_failover")))
    with client_of(em, pauses=naps, username="viewer") as client:
        assert counts(task.perform(client, False)) == [1, 0]
    task = SessionWait(options(kinds=["cloud_failover"], filter="State==Working"))
    with client_of(em, username="viewer") as client, pytest.raises(errors.PermissionDenied):
        task.perform(client, False)


def test_the_options_select(em: MockEm) -> None:
    em.add_session(state="Working", job_name="Other")
    mine = em.add_session(state="Working", job_name="Mine")
    em.add_session(state="Working", job_name="Mine too")
    assert counts(wait(em, finishing(em, mine), job_name=["Mine"], match={"name": "^Mine"})) == [1, 0]


@pytest.mark.parametrize("until", ["idle", "finished"])
def test_named_sessions(em: MockEm, until: str) -> None:
    mine = em.add_session(state="Working")
    over = em.add_session(state="Stopped")
    em.add_session(state="Working")
    outcome = wait(em, finishing(em, mine), id=[f"urn:veeam:BackupJobSession:{mine}", over.upper()], until=until)
    assert counts(outcome) == [1, 0]


def test_named_sessions_of_several_kinds(em: MockEm) -> None:
    ids = {kind: em.add_session(kind) for kind in ("backup", "restore", "system")}
    assert counts(wait(em, id=list(ids.values()), kinds=list(ids))) == [0]


def test_an_unknown_session_is_named(em: MockEm) -> None:
    known = em.add_session(state="Working")
    with pytest.raises(errors.NotFound, match=f"no backup job session or restore session with the id {UNKNOWN}"):
        wait(em, id=[known, UNKNOWN], kinds=["backup", "restore"])


def test_a_named_session_that_goes_meanwhile_has_finished(em: MockEm) -> None:
    mine = em.add_session(state="Working")
    assert counts(wait(em, em.reset, id=[mine])) == [1, 0]


def test_what_runs_when_time_is_up_is_told(em: MockEm) -> None:
    em.add_session(state="Working", name="Daily SQL@2026-03-01 20:00:09")
    with pytest.raises(
        errors.WaitTimeout, match=r"1 session did not finish within 0 s .*Daily SQL@2026-03-01 20:00:09 \(Working\)"
    ) as caught:
        wait(em, wait_timeout=0)
    assert caught.value.outcome is not None
    result = caught.value.payload()
    assert [session["kind"] for session in result["sessions"]] == ["backup"]
    assert (result["changed"], result["waited"], result["error"]["kind"]) == (False, 0, "wait_timeout")
    assert counts(caught.value.outcome) == [1]


def test_quiet_for_too_short_a_time_is_told(em: MockEm) -> None:
    mine = em.add_session(state="Working")

    def finish_late() -> None:
        time.sleep(1.2)
        finishing(em, mine)()

    later = [lambda: time.sleep(0.3)] * 4
    with pytest.raises(errors.WaitTimeout, match=r"Nothing runs, but it has not been so for 1 s \(stable_for\) within 2 s"):
        wait(em, finish_late, *later, stable_for=1, wait_timeout=2)


def test_check_mode_looks_once(em: MockEm) -> None:
    em.add_session(state="Working", name="Daily SQL@2026-03-01 20:00:09")
    result = wait(em, check=True).result
    assert result["msg"] == "It would wait for 1 session: Daily SQL@2026-03-01 20:00:09 (Working)."
    assert (len(result["sessions"]), len(queries_to(em))) == (1, 1)
    em.reset()
    assert wait(em, check=True).result["msg"] == "Nothing runs that would be waited for."


def test_a_logon_session_that_ends_meanwhile_is_renewed(em: MockEm) -> None:
    mine = em.add_session(state="Working")
    outcome = wait(em, lambda: em.clock.advance(1000), finishing(em, mine))
    assert counts(outcome) == [1, 0]
    assert (len(sent(em, "POST")), em.logon_sessions) == (2, [])


def test_a_token_that_ends_meanwhile_ends_the_wait_with_what_is_known(em: MockEm) -> None:
    em.add_session(state="Working")
    task = SessionWait(options())
    with client_of(em) as giver:
        token = giver.log_on().token
        nobody: dict[str, t.Any] = {"username": None, "password": None, "session_token": token}
        with (
            client_of(em, pauses=t.cast("t.Any", Naps(lambda: em.clock.advance(1000))), **nobody) as client,
            pytest.raises(errors.AuthenticationFailed, match="has ended") as caught,
        ):
            task.perform(client, False)
    assert counts(caught.value.outcome) == [1]


def test_an_age_counts_back_from_the_beginning_by_the_servers_clock(em: MockEm) -> None:
    em.clock.advance(7 * 86400)
    old = em.add_session(state="Working")
    em.clock.advance(600)
    em.add_session(state="Working", creation_time=em.clock.now())
    assert counts(wait(em, finishing(em, old), created_before="5m")) == [1, 0]
    assert len({query["filter"] for query in queries_to(em)}) == 1
