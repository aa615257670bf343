# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which jobs the server knows: those of sessions and those that were added, over HTTP or in Python."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import JOBS, KINDS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.schema import Record

from .conftest import Client, Start


def jobs(client: Client) -> dict[str, Record]:
    """All jobs by name; no two may have the same."""
    found = [job for kind in JOBS.values() for job in client.mock.em.store.all(kind)]
    by_name = {str(job["name"]): job for job in found}
    assert len(by_name) == len(found)
    return by_name


@pytest.mark.parametrize(
    ("kind", "job_type", "expected"),
    [
        ("backup", "Backup", "job"),
        ("backup", "BackupCopy", "job"),
        ("backup", "ImmediateBackupCopy", "job"),
        ("backup", "AgentBackup", "agent_job"),
        ("backup", "NasBackup", "nas_job"),
        ("replica", "Replica", "job"),
    ],
)
def test_sessions_make_their_job_known(client: Client, kind: str, job_type: str, expected: str) -> None:
    for number in range(2):
        client.mock.add_session(kind, name=f"a@{number}", job_name="a", job_type=job_type, server_name="vbr07.example.test")
    job = jobs(client)["a"]
    assert (job.kind.name, job["job_type"], job["server_name"]) == (expected, job_type, "vbr07.example.test")
    sessions = client.get(f"/{KINDS[kind].path}?format=Entity").xml
    assert {session.findtext("JobUid") for session in sessions} == {f"urn:veeam:Job:{job.id}"}


@pytest.mark.parametrize("job_type", ["ImmediateBackupCopyWorker", "AgentManagement", "KubernetesBackup"])
def test_sessions_of_some_types_have_no_job(client: Client, job_type: str) -> None:
    client.mock.add_session(job_type=job_type)
    client.mock.add_session("restore")
    assert not jobs(client)


def test_a_job_stays_when_its_sessions_go(client: Client) -> None:
    client.mock.remove_session(client.mock.add_session(job_name="a"))
    assert list(jobs(client)) == ["a"]


def test_a_job_that_was_added_is_that_of_later_sessions(client: Client) -> None:
    added = client.mock.add_job(name="a", schedule_enabled=False)
    client.mock.add_session(job_name="a")
    assert (jobs(client)["a"].id, jobs(client)["a"]["schedule_enabled"]) == (added, False)


def test_more_can_be_said_about_a_job_of_sessions(client: Client) -> None:
    client.mock.add_session(job_name="a", job_type="AgentBackup")
    known = jobs(client)["a"]
    assert client.mock.add_job(name="a", platform="AgentForUnix", description="b") == known.id
    assert client.mock.add_job(id=known.id.upper(), description="c") == known.id
    assert (known["platform"], known["description"], known.kind.name) == ("AgentForUnix", "c", "agent_job")
    assert len(client.get("/query?type=AgentBackupJob&filter=Platform==AgentForUnix").xml[0]) == 1
    with pytest.raises(ValueError, match="AgentBackupJob cannot become a NasJob"):
        client.mock.add_job(name="a", job_type="NasBackup")


def test_a_job_runs_every_night_unless_somebody_says_otherwise(client: Client) -> None:
    now = client.mock.clock.now()
    client.mock.add_job(name="a")
    assert now < jobs(client)["a"]["next_run"] <= now + timedelta(days=1)
    assert jobs(client)["a"]["next_run"].strftime("%T") == "22:00:00"
    client.mock.clock.advance((jobs(client)["a"]["next_run"] - now).total_seconds())
    client.mock.add_job(name="b")
    assert jobs(client)["b"]["next_run"] - jobs(client)["a"]["next_run"] == timedelta(days=1)


def test_the_next_run_follows_the_schedule(client: Client) -> None:
    client.mock.add_job(name="a", next_run="2026-02-12T15:00:00Z")
    client.mock.add_job(name="a", description="still there")
    assert jobs(client)["a"]["next_run"].year == 2026
    assert jobs(client)["a"]["next_run"].month == 2
    client.mock.add_job(name="a", schedule_enabled=False)
    assert jobs(client)["a"]["next_run"] is None
    client.mock.add_job(name="a", schedule_enabled=True)
    assert jobs(client)["a"]["next_run"].hour == 22
    client.mock.add_job(name="a", schedule_configured=False)
    assert jobs(client)["a"]["next_run"] is None


def test_an_immediate_copy_has_a_schedule_and_no_next_run(client: Client) -> None:
    client.mock.add_job(name="a", job_type="ImmediateBackupCopy")
    job = jobs(client)["a"]
    assert (job["schedule_configured"], job["schedule_enabled"], job["next_run"]) == (True, True, None)


def test_jobs_over_the_control_url(client: Client) -> None:
    given = {"name": "a", "job_type": "NasBackup", "schedule_enabled": False, "next_run": 60}
    identity = client.control("POST", "jobs", given).json["id"]
    assert client.get(f"/nas/jobs/{identity}").status == 200
    assert client.control("DELETE", "jobs", {"id": identity.upper()}).status == 200
    assert client.get(f"/nas/jobs/{identity}").status == 404


@pytest.mark.parametrize(
    ("method", "values", "culprit"),
    [
        ("POST", {"name": "a", "colour": "red"}, "colour"),
        ("POST", {"platform": "VMware"}, "a name or an id"),
        ("POST", {"name": "a", "next_run": "tomorrow"}, "tomorrow"),
        ("DELETE", {"id": "b"}, "there is no job b"),
        ("DELETE", {}, "id"),
    ],
)
def test_what_makes_no_sense_changes_nothing(client: Client, method: str, values: dict[str, str], culprit: str) -> None:
    reply = client.control(method, "jobs", values)
    assert (reply.status, culprit in reply.json["error"]) == (400, True)
    assert not jobs(client)


def test_a_job_that_is_removed_leaves_its_sessions(client: Client) -> None:
    session = client.mock.add_session(job_name="a")
    client.mock.remove_job(jobs(client)["a"].id)
    assert not jobs(client)
    assert client.get(f"/backupSessions/{session}").status == 200


def test_a_reset_forgets_jobs(client: Client) -> None:
    client.mock.add_job(name="b")
    client.mock.reset()
    assert not jobs(client)


def test_generated_sessions_have_their_jobs(start: Start) -> None:
    client = start(dataset="generated", sessions=300)
    found = jobs(client).values()
    assert {job["job_type"] for job in found} == {
        "Backup",
        "BackupCopy",
        "ImmediateBackupCopy",
        "AgentBackup",
        "NasBackup",
        "Replica",
    }
    assert {job.kind.name for job in found} == set(JOBS)


def test_the_small_data_set_has_every_sort_of_job(start: Start) -> None:
    client = start(dataset="small")
    found = [job for kind in JOBS.values() for job in client.mock.em.store.all(kind)]
    schedules = {(job.kind.name, job["schedule_configured"], job["schedule_enabled"]) for job in found}
    assert schedules >= {("job", True, True), ("job", True, False), ("job", False, False), ("nas_job", True, False)}
    assert {job["platform"] for job in found} >= {"VMware", "Hyperv", "vCloud", "AgentForLinux", "AgentForWindows"}
    store = client.mock.em.store
    sessions = {session["job_id"] for kind in ("backup", "replica") for session in store.all(KINDS[kind])}
    assert {job.kind.name for job in found if job.id not in sessions} == set(JOBS)
