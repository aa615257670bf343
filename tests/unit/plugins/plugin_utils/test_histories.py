# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sessions as the histories of their jobs, and runs with their retries."""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _histories
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import session


def test_each_job_has_its_sessions_in_their_order() -> None:
    sessions = [session(2), session(26), session(3, job="Files"), session(50)]
    daily, files = _histories.histories_of(sessions)
    assert (daily.job_name, files.job_name) == ("Daily SQL", "Files")
    assert [found["id"] for found in daily.sessions] == [sessions[3]["id"], sessions[1]["id"], sessions[0]["id"]]


def test_jobs_of_one_name_are_told_apart_by_their_ids() -> None:
    assert len(_histories.histories_of([session(2, job_id="a"), session(3, job_id="b")])) == 2


def test_a_renamed_job_is_one_job_with_its_last_name() -> None:
    (history,) = _histories.histories_of([session(26, job="Old", job_id="a"), session(2, job="New", job_id="a")])
    assert history.job_name == "New"


def test_a_session_that_was_read_twice_counts_once() -> None:
    twice = session(2, job_type="AgentBackup")
    (history,) = _histories.histories_of([twice, {**twice, "kind": "agent_backup"}])
    assert len(history.sessions) == 1


def test_sessions_of_an_agent_job_are_one_job_whichever_way_they_were_read() -> None:
    assert len(_histories.histories_of([session(2), session(26, kind="agent_backup")])) == 1


def test_a_replica_job_and_a_backup_job_of_one_name_are_two() -> None:
    assert len(_histories.histories_of([session(2), session(2.5, kind="replica")])) == 2


def test_sessions_of_machines_and_those_without_a_job_are_left_out() -> None:
    assert _histories.histories_of([session(2, parent_id="p"), session(2, job=None)]) == []


def test_a_policy_is_a_job() -> None:
    (history,) = _histories.histories_of([session(2, job=None, kind="cdp_replica", policy_id="1", policy_name="Tier 1")])
    assert (history.job_id, history.job_name) == ("1", "Tier 1")


def test_a_run_is_a_session_with_its_retries() -> None:
    sessions = [
        session(50),
        session(26, 1, "Failed"),
        session(24, 1, "Failed", is_retry=True),
        session(22, is_retry=True),
        session(2, None),
    ]
    (history,) = _histories.histories_of(sessions)
    assert [len(run.sessions) for run in history.runs] == [1, 3, 1]
    assert [run.succeeded for run in history.runs] == [True, True, None]
    assert [run.running for run in history.runs] == [False, False, True]


def test_a_retry_without_its_first_session_is_a_run() -> None:
    (history,) = _histories.histories_of([session(24, 1, "Failed", is_retry=True), session(22, is_retry=True)])
    assert [run.succeeded for run in history.runs] == [True]


def test_a_run_whose_retry_goes_on_has_no_end_yet() -> None:
    (history,) = _histories.histories_of([session(24, 1, "Failed"), session(22, None, is_retry=True)])
    assert [run.succeeded for run in history.runs] == [None]


def test_a_run_with_a_warning_succeeded_and_one_without_a_result_did_not() -> None:
    (history,) = _histories.histories_of([session(24, 1, "Warning"), session(2, 1, None)])
    assert [run.succeeded for run in history.runs] == [True, False]


def test_what_finished_is_ordered_by_its_end() -> None:
    long, short = session(30, 25), session(20, 1)
    (history,) = _histories.histories_of([long, short])
    assert [found["id"] for found in history.finished] == [short["id"], long["id"]]
