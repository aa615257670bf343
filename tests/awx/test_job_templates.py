# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job templates, run by the real ansible-runner with what AWX would give them, against a simulated EM over TLS."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.awx.guide import example
from ansible_collections.backupops.veeam_em.tests.awx.jobs import Ended, Jobs, fetch_collections, secrets_of

HOUR = 3600


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The collections that AWX installs for the project."""
    return fetch_collections(tmp_path_factory.mktemp("project"))


@pytest.fixture
def em(tmp_path: pathlib.Path) -> t.Iterator[MockEm]:
    """A simulated EM that has one job, which has succeeded."""
    with _new_em(tmp_path / "certificates") as em:
        em.add_session(job_name="SQL", state="Stopped", result="Success", creation_time=-2 * HOUR, end_time=-HOUR)
        yield em


@pytest.fixture
def jobs(tmp_path: pathlib.Path, collections: pathlib.Path, em: MockEm) -> Jobs:
    """Jobs with a credential for it."""
    folder = tmp_path / "job"
    folder.mkdir()
    return Jobs(folder, collections, em)


def _new_em(certificates: pathlib.Path) -> MockEm:
    return MockEm(Settings(dataset="empty", tls=True, certificate_directory=str(certificates), stop_seconds=1))


def assert_no_secret(ended: Ended, em: MockEm) -> None:
    """Fail where a file that ansible-runner left tells a secret.

    It notes for its owner how it was started, environment and all, whatever the job is; of that AWX keeps no secret.
    """
    secrets = secrets_of(em)
    assert len(secrets) > 2
    for secret in secrets:
        assert not [path for path, content in ended.files.items() if secret in content and path != "command"]


def test_a_healthy_estate_is_a_success_with_its_verdict_as_artifacts(jobs: Jobs, em: MockEm) -> None:
    ended = jobs.run("health")
    assert ended.status == 0, ended.output
    assert ended.artifacts["em_health_ok"] is True
    assert (ended.artifacts["em_health_jobs"], ended.artifacts["em_health_unhealthy"]) == (1, 0)
    assert ended.artifacts["em_health_unhealthy_jobs"] == []
    assert_no_secret(ended, em)


def test_an_unhealthy_job_is_a_failure_that_leaves_its_verdict_all_the_same(jobs: Jobs, em: MockEm) -> None:
    em.add_session(job_name="Mail", state="Stopped", result="Failed", creation_time=-2 * HOUR, end_time=-HOUR)
    ended = jobs.run("health")
    assert ended.status == 2, ended.output
    assert ended.artifacts["em_health_ok"] is False
    assert (ended.artifacts["em_health_jobs"], ended.artifacts["em_health_unhealthy"]) == (2, 1)
    assert ended.artifacts["em_health_unhealthy_jobs"] == ["Mail"]
    assert_no_secret(ended, em)


def test_answers_to_a_survey_count(jobs: Jobs, em: MockEm) -> None:
    em.add_session(job_name="Mail 1", state="Stopped", result="Failed", creation_time=-2 * HOUR, end_time=-HOUR)
    em.add_session(job_name="Files", state="Stopped", result="Failed", creation_time=-2 * HOUR, end_time=-HOUR)
    ended = jobs.run("health", {"session_health_ignore_jobs": "Mail *\nFiles"})
    assert (ended.status, ended.artifacts["em_health_jobs"]) == (0, 1), ended.output
    ended = jobs.run("health", {"session_health_ignore_jobs": "Mail *\nFiles", "session_health_max_age": "30m"})
    assert (ended.status, ended.artifacts["em_health_unhealthy_jobs"]) == (2, ["SQL"]), ended.output


def test_a_report_leaves_its_figures_and_its_files(jobs: Jobs, em: MockEm, tmp_path: pathlib.Path) -> None:
    em.add_session(job_name="Mail", state="Stopped", result="Failed", creation_time=-2 * HOUR, end_time=-HOUR)
    ended = jobs.run("report", {"session_report_directory": str(tmp_path / "report")})
    assert ended.status == 0, ended.output
    assert (ended.artifacts["em_report_sessions"], ended.artifacts["em_report_failed"]) == (2, 1)
    assert ended.artifacts["em_report_success_rate"] == 50
    files = [pathlib.Path(file) for file in ended.artifacts["em_report_files"]]
    assert files
    assert all(file.parent == tmp_path / "report" and file.stat().st_size for file in files)
    assert_no_secret(ended, em)


def test_the_gate_opens_when_nothing_runs(jobs: Jobs, em: MockEm) -> None:
    ended = jobs.run("maintenance_gate", {"maintenance_gate_stable_for": 0})
    assert ended.status == 0, ended.output
    assert ended.artifacts == {"em_gate_open": True, "em_gate_stopped": 0, "em_gate_still_running": 0}
    assert_no_secret(ended, em)


def test_the_gate_stays_shut_while_a_session_runs(jobs: Jobs, em: MockEm) -> None:
    em.add_session(job_name="SQL", state="Working")
    ended = jobs.run("maintenance_gate", {"maintenance_gate_stable_for": 0, "maintenance_gate_wait_timeout": 2})
    assert ended.status == 2, ended.output
    assert ended.artifacts == {"em_gate_open": False, "em_gate_stopped": 0, "em_gate_still_running": 1}
    assert_no_secret(ended, em)


def test_the_gate_stops_what_runs_where_the_survey_says_so(jobs: Jobs, em: MockEm) -> None:
    em.add_session(job_name="SQL", state="Working")
    answers = {"maintenance_gate_stop": "true", "maintenance_gate_stable_for": 0, "maintenance_gate_wait_interval": 1}
    ended = jobs.run("maintenance_gate", answers)
    assert ended.status == 0, ended.output
    assert ended.artifacts == {"em_gate_open": True, "em_gate_stopped": 1, "em_gate_still_running": 0}
    assert_no_secret(ended, em)


def test_a_project_of_ones_own_needs_a_small_file_for_a_playbook(
    tmp_path: pathlib.Path, collections: pathlib.Path, em: MockEm
) -> None:
    playbook = tmp_path / "project" / "playbooks" / "health.yml"
    playbook.parent.mkdir(parents=True)
    playbook.write_text(example("health.yml"), encoding="utf-8")
    ended = Jobs(tmp_path, collections, em, project=tmp_path / "project").run("health")
    assert (ended.status, ended.artifacts["em_health_jobs"]) == (0, 1), ended.output


def test_hosts_of_the_inventory_are_enterprise_managers_of_their_own(jobs: Jobs, em: MockEm, tmp_path: pathlib.Path) -> None:
    with _new_em(tmp_path / "other") as other:
        other.add_session(job_name="Mail", state="Stopped", result="Failed", creation_time=-2 * HOUR, end_time=-HOUR)
        connection = {"port": other.port, "ca_path": other.ca_path}
        ended = jobs.run("health", hosts={"localhost": {}, "127.0.0.1": {"em_connection": connection}})
    assert ended.status == 2, ended.output
    assert (ended.artifacts["em_health_jobs"], ended.artifacts["em_health_unhealthy_jobs"]) == (2, ["Mail"])


def test_the_name_of_a_host_takes_precedence_over_the_host_name_of_the_credential(jobs: Jobs) -> None:
    ended = jobs.run("health", hosts={"127.0.0.1": {}}, hostname="em.example.com")
    assert (ended.status, ended.artifacts["em_health_jobs"]) == (0, 1), ended.output


def test_a_certificate_that_nobody_vouches_for_is_a_failure(jobs: Jobs) -> None:
    ended = jobs.run("health", ca_certificate="")
    assert ended.status == 2, ended.output
    assert "certificate" in ended.output
    assert ended.artifacts["em_health_ok"] is False


def test_certificates_go_unchecked_only_where_the_credential_says_so(jobs: Jobs) -> None:
    ended = jobs.run("health", ca_certificate="", validate_certs="false")
    assert ended.status == 0, ended.output
