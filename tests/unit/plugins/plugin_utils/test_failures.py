# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Failures with their machines, and what became of them."""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.plugin_utils._failures import LATER, OPEN, RETRIED, failures_of
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import session


def since(*sessions: dict[str, t.Any]) -> list[tuple[str, str]]:
    """Return the failures with what became of them."""
    return [(failure["creation_time"], failure["since"]) for failure in failures_of(sessions, ())]


def test_a_failure_that_nothing_mended_comes_before_newer_ones_that_were() -> None:
    retried, retry = session(30, 1, "Failed"), session(28, is_retry=True)
    open_one, later = session(40, 1, "Failed", job="Mail"), session(50, 1, "Failed", job="Files")
    assert since(retried, retry, open_one, later, session(20, job="Files")) == [
        (open_one["creation_time"], OPEN),
        (later["creation_time"], LATER),
        (retried["creation_time"], RETRIED),
    ]


def test_failures_of_one_fate_are_told_the_newest_first() -> None:
    failures = [session(hours, 1, "Failed") for hours in (50, 2, 26)]
    assert [time for time, fate in since(*failures)] == [failures[index]["creation_time"] for index in (1, 2, 0)]


def test_of_a_session_without_a_job_nothing_is_known_since() -> None:
    ((dummy, fate),) = since(session(2, 1, "Failed", job=None, kind="restore"))
    assert fate == ""


def test_what_runs_has_not_failed() -> None:
    assert failures_of([{**session(2, None), "result": "Failed"}], ()) == []


def test_a_failure_names_its_machines_and_their_reasons() -> None:
    failed = session(2, 1, "Failed")
    tasks = [
        {"session_id": failed["id"], "vm_name": "sql01", "name": "sql01", "result": "Failed", "reason": "No space"},
        {"session_id": failed["id"], "name": "sql02", "result": "Warning", "reason": None},
        {"session_id": "another", "vm_name": "x", "name": "x", "result": "Failed", "reason": "y"},
    ]
    (failure,) = failures_of([failed], tasks)
    assert failure["message"] == "Not enough space"
    assert failure["machines"] == [
        {"name": "sql01", "result": "Failed", "reason": "No space"},
        {"name": "sql02", "result": "Warning", "reason": None},
    ]


def test_a_machine_of_an_agent_job_is_told_with_the_job() -> None:
    parent = session(2, 1, "Failed", job="Laptops")
    machine = session(2, 1, "Failed", job="Laptops - pc17", parent_id=parent["id"], failure_message="Offline")
    fine = session(2, job="Laptops - pc18", parent_id=parent["id"])
    (failure,) = failures_of([parent, machine, fine], ())
    assert failure["job_name"] == "Laptops"
    assert failure["machines"] == [{"name": "Laptops - pc17", "result": "Failed", "reason": "Offline"}]


def test_a_machine_whose_job_was_not_read_is_told_by_itself() -> None:
    machine = session(2, 1, "Failed", job="Laptops - pc17", parent_id="not read")
    assert [failure["id"] for failure in failures_of([machine], ())] == [machine["id"]]


def test_system_sessions_tell_their_message() -> None:
    failed = {**session(2, 1, "Failed", job=None, kind="system"), "failure_message": None, "message": "Server not found"}
    (failure,) = failures_of([failed], ())
    assert failure["message"] == "Server not found"
