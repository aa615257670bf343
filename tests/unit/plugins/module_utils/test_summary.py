# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Figures over sessions."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP, BACKUP_TASK, CDP_REPLICA
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._summary import DESCRIPTIONS, Summary


def session(job: str | None = "j1", end: str | None = "2026-03-01T01:00:00Z", **values: t.Any) -> dict[str, t.Any]:
    """Return what a summary looks at; without an end the session runs."""
    running = end is None
    return {
        "job_id": job,
        "job_name": f"Job {job}",
        "running": running,
        "state": "Working" if running else "Stopped",
        "result": None if running else "Success",
        "creation_time": "2026-03-01T00:00:00Z",
        "end_time": end,
        **values,
    }


def summary_of(*sessions: dict[str, t.Any], family: Family = BACKUP) -> dict[str, t.Any]:
    summary = Summary(family)
    for one in sessions:
        summary.add(one)
    return summary.result()


def test_nothing_was_read() -> None:
    assert summary_of() == {
        "total": 0,
        "running": 0,
        "by_state": {},
        "by_result": {},
        "oldest": None,
        "newest": None,
        "by_job": [],
    }


def test_what_is_counted() -> None:
    found = summary_of(
        session(),
        session(result="Failed"),
        session(end=None),
        session(end=None, state="Idle"),
        session(state=None, result="Odd"),
    )
    assert (found["total"], found["running"]) == (5, 2)
    assert found["by_state"] == {"Idle": 1, "Stopped": 2, "Working": 1, "none": 1}
    assert found["by_result"] == {"Failed": 1, "Odd": 1, "Success": 1, "none": 2}


def test_the_keys_are_those_that_are_documented() -> None:
    assert list(summary_of()) == list(DESCRIPTIONS)
    job = summary_of(session())["by_job"][0]
    assert list(job) == list(DESCRIPTIONS["by_job"]["sample"][0])


def test_policies_are_to_their_sessions_what_jobs_are() -> None:
    one = {"policy_id": "p1", "policy_name": "Tier 1"}
    found = summary_of(
        {**session(), **one}, {**session(end=None), **one}, {**session(), **one, "policy_id": "p2"}, family=CDP_REPLICA
    )
    assert [(job["job_id"], job["job_name"], job["total"], job["running"]) for job in found["by_job"]] == [
        ("p1", "Tier 1", 2, 1),
        ("p2", "Tier 1", 1, 0),
    ]


def test_a_family_without_jobs_has_no_figures_of_jobs() -> None:
    found = summary_of({**session(), "job_id": "x"}, family=BACKUP_TASK)
    assert "by_job" not in found
    assert found["total"] == 1


@pytest.mark.parametrize("turned", [False, True])
def test_oldest_and_newest_by_instant_and_not_by_text(turned: bool) -> None:
    times = ["2026-03-01T00:00:00.5Z", "2026-03-01T00:00:00Z", None, "2026-03-01T00:00:00.64Z", "2026-03-01T00:00:00.639999Z"]
    sessions = [session(creation_time=time) for time in times]
    found = summary_of(*(reversed(sessions) if turned else sessions))
    assert (found["oldest"], found["newest"]) == ("2026-03-01T00:00:00Z", "2026-03-01T00:00:00.64Z")


def test_jobs_are_told_apart_by_id_and_come_by_name() -> None:
    found = summary_of(
        session("j2", job_name="B"), session("j3", job_name="A"), session("j1", job_name="A"), session(None, job_name=None)
    )
    assert [(job["job_name"], job["job_id"]) for job in found["by_job"]] == [(None, None), ("A", "j1"), ("A", "j3"), ("B", "j2")]


def test_the_figures_of_a_job() -> None:
    found = summary_of(session(), session(end=None), session(result="Failed"), session("other"))
    assert found["by_job"][0] == {
        "job_id": "j1",
        "job_name": "Job j1",
        "total": 3,
        "running": 1,
        "by_result": {"Failed": 1, "Success": 1, "none": 1},
        "last_result": "Failed",
        "last_end_time": "2026-03-01T01:00:00Z",
    }


@pytest.mark.parametrize("turned", [False, True])
def test_last_is_what_finished_last_in_whatever_order(turned: bool) -> None:
    sessions = [
        session(end="2026-03-01T01:00:00.7Z", result="Warning", job_name="New name"),
        session(end="2026-03-01T01:00:00Z", result="Failed", job_name="Old name"),
        session(end=None, creation_time="2026-03-05T00:00:00Z", job_name="Runs"),
    ]
    found = summary_of(*(reversed(sessions) if turned else sessions))
    job = found["by_job"][0]
    assert (job["last_result"], job["last_end_time"]) == ("Warning", "2026-03-01T01:00:00.7Z")
    assert job["job_name"] == "New name"


def test_a_job_that_never_finished_has_no_last() -> None:
    job = summary_of(session(end=None))["by_job"][0]
    assert (job["last_result"], job["last_end_time"], job["running"]) == (None, None, 1)
