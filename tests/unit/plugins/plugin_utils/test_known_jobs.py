# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The jobs that EM knows, and which of them never ran."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _histories, _known_jobs
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import resource, session


@pytest.mark.parametrize(
    ("query_type", "values", "kind"),
    [
        ("Job", {}, "backup"),
        ("Job", {"job_type": "BackupCopy"}, "backup"),
        ("Job", {"job_type": "Replica"}, "replica"),
        ("AgentBackupJob", {"job_type": None}, "agent_backup"),
        ("NasJob", {"job_type": None}, "nas_backup"),
    ],
)
def test_a_job_makes_one_kind_of_sessions(query_type: str, values: dict[str, t.Any], kind: str) -> None:
    (job,) = _known_jobs.known_jobs_of([resource("New", query_type, **values)], [kind])
    assert (job.name, job.kind) == ("New", kind)


def test_jobs_whose_sessions_were_not_read_are_not_missed() -> None:
    resources = [resource("a"), resource("b", job_type="Replica"), resource("c", "AgentBackupJob"), resource("d", "NasJob")]
    for kinds, names in ((["replica"], "b"), (["agent_backup"], "c"), (["backup"], "acd"), (["restore"], "")):
        assert "".join(job.name for job in _known_jobs.known_jobs_of(resources, kinds)) == names


@pytest.mark.parametrize(("value", "scheduled"), [("true", True), (None, True), ("false", False), (False, False), (True, True)])
def test_a_job_is_scheduled_unless_em_says_that_it_is_not(value: t.Any, scheduled: bool) -> None:
    (job,) = _known_jobs.known_jobs_of([resource("New", schedule_enabled=value)], ["backup"])
    assert job.scheduled is scheduled


def test_a_job_without_a_schedule_is_not_scheduled() -> None:
    (job,) = _known_jobs.known_jobs_of([resource("Manual", schedule_configured="false")], ["backup"])
    assert not job.scheduled


def test_a_job_with_a_session_is_found_by_its_id_or_its_name() -> None:
    jobs = _known_jobs.known_jobs_of([resource("Daily SQL"), resource("Renamed", id="a"), resource("New")], ["backup"])
    histories = _histories.histories_of([session(2, job_id=None), session(2, job="Before", job_id="a")])
    assert [job.name for job in _known_jobs.without_session(jobs, histories)] == ["New"]


def test_a_job_of_the_same_name_on_another_server_did_not_run() -> None:
    jobs = _known_jobs.known_jobs_of([resource("Daily SQL", id="here"), resource("Daily SQL", id="there")], ["backup"])
    histories = _histories.histories_of([session(2, job_id="here")])
    assert [job.id for job in _known_jobs.without_session(jobs, histories)] == ["there"]


def test_a_copy_job_ran_when_one_of_its_workers_did() -> None:
    jobs = _known_jobs.known_jobs_of([resource("Offsite", job_type="ImmediateBackupCopy")], ["backup"])
    histories = _histories.histories_of([session(2, job="Offsite\\Daily SQL", job_type="ImmediateBackupCopyWorker")])
    assert _known_jobs.without_session(jobs, histories) == []
