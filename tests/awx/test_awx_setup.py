# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook awx_setup, played by ansible-playbook with the real collection awx.awx against a simulated AWX."""

from __future__ import annotations

import base64
import copy
import pathlib
import typing as t

import yaml

from ansible_collections.backupops.veeam_em.tests.awx.conftest import SECRET, VALUES, SetUp
from ansible_collections.backupops.veeam_em.tests.awx.guide import example
from ansible_collections.backupops.veeam_em.tests.awx.mock import MockAwx
from ansible_collections.backupops.veeam_em.tests.awx.playing import Played
from ansible_collections.backupops.veeam_em.tests.unit.playbooks.variables import variables_of

CREDENTIAL_TYPE: dict[str, t.Any] = variables_of("awx_credential_type")["em_awx_credential_type"]


def test_a_second_run_changes_nothing(first_run: tuple[SetUp, Played], made: MockAwx) -> None:
    before = made.store.snapshot()
    played = first_run[0].play(VALUES)
    assert (played.status, played.recap("changed")) == (0, 0), played.output
    assert made.store.snapshot() == before


def test_check_mode_foresees_that_a_second_run_changes_nothing(first_run: tuple[SetUp, Played], made: MockAwx) -> None:
    played = first_run[0].play(VALUES, "--check")
    assert (played.status, played.recap("changed")) == (0, 0), played.output


def test_check_mode_creates_nothing_in_an_awx_that_has_nothing(empty: SetUp) -> None:
    before = empty.awx.store.snapshot()
    played = empty.play(VALUES, "--check")
    assert played.status == 0, played.output
    assert played.recap("changed") == 5
    assert "a run without check mode creates what was skipped here" in played.output
    assert empty.awx.store.snapshot() == before
    assert {path for method, path in empty.awx.requests if method in ("POST", "PATCH")} == {"/api/v2/tokens/"}


def test_the_first_run_creates_everything_and_says_no_secret(first_run: tuple[SetUp, Played], made: MockAwx) -> None:
    output = first_run[1].output
    assert first_run[1].recap("changed") == 10
    for secret in (SECRET, made.password, base64.b64encode(f"{made.user}:{made.password}".encode()).decode(), "token-of-"):
        assert secret not in output


def test_each_task_gives_its_token_back(made: MockAwx) -> None:
    assert ("POST", "/api/v2/tokens/") in made.requests
    assert made.store.objects["tokens"] == {}


def test_the_credential_is_what_was_entered_and_of_the_new_type(made: MockAwx) -> None:
    (credential_type,) = made.found("credential_types")
    (credential,) = made.found("credentials")
    assert {name: credential_type[name] for name in CREDENTIAL_TYPE} == CREDENTIAL_TYPE
    assert credential["credential_type"] == credential_type["id"]
    assert credential["inputs"] == {
        "username": "EXAMPLE\\reader",
        "password": SECRET,
        "port": "9399",
        "validate_certs": "false",
    }


def test_the_inventory_has_a_host_for_each_enterprise_manager(made: MockAwx) -> None:
    (inventory,) = made.found("inventories")
    hosts = {host["name"]: (host["inventory"], host["variables"]) for host in made.found("hosts")}
    assert hosts == {
        "em1.example.com": (inventory["id"], "{}"),
        "em2.example.com": (inventory["id"], '{"em_connection": {"port": 9400}}'),
    }


def test_the_job_templates_have_playbook_survey_credential_and_execution_environment(made: MockAwx) -> None:
    (project,), (credential,), (inventory,) = (made.found(kind) for kind in ("projects", "credentials", "inventories"))
    (environment,) = made.found("execution_environments")
    assert (environment["image"], project["scm_branch"]) == ("registry.example.com/veeam-em:1", "main")
    templates = {template["name"]: template for template in made.found("job_templates")}
    assert {name: template["playbook"] for name, template in templates.items()} == {
        "Veeam EM: health": "playbooks/health.yml",
        "Veeam EM: report": "playbooks/report.yml",
        "Veeam EM: maintenance gate": "playbooks/maintenance_gate.yml",
    }
    for template in templates.values():
        assert template["project"] == project["id"]
        assert template["inventory"] == inventory["id"]
        assert template["execution_environment"] == environment["id"]
        assert template["survey_enabled"]
        assert template["ask_limit_on_launch"]
        assert template["ask_job_type_on_launch"]
        assert made.store.linked(template["id"], "credentials") == [credential["id"]]
    asked = {
        name: [question["variable"].rpartition("session_")[2] for question in made.store.surveys[template["id"]]["spec"]]
        for name, template in templates.items()
    }
    assert asked["Veeam EM: report"] == ["report_period", "report_kinds", "report_directory"]
    assert {len(asked["Veeam EM: health"]), len(asked["Veeam EM: maintenance gate"])} == {5}


def test_the_workflow_reports_what_is_unhealthy_and_asks_before_the_maintenance(made: MockAwx) -> None:
    (workflow,) = made.found("workflow_job_templates")
    assert workflow["name"] == "Veeam EM: before maintenance"
    templates = {one["id"]: one["name"] for kind in ("job_templates", "workflow_approval_templates") for one in made.found(kind)}
    nodes = {node["id"]: node for node in made.found("workflow_job_template_nodes")}
    names = {number: templates[node["unified_job_template"]] for number, node in nodes.items()}
    ways = {
        (names[number], way, names[other])
        for number in nodes
        for way in ("success_nodes", "failure_nodes", "always_nodes")
        for other in made.store.linked(number, way)
    }
    assert {node["workflow_job_template"] for node in nodes.values()} == {workflow["id"]}
    assert ways == {
        ("Veeam EM: health", "failure_nodes", "Veeam EM: report"),
        ("Veeam EM: health", "success_nodes", "Veeam EM: go ahead with the maintenance?"),
        ("Veeam EM: go ahead with the maintenance?", "success_nodes", "Veeam EM: maintenance gate"),
    }
    assert [approval["timeout"] for approval in made.found("workflow_approval_templates")] == [3600]


def test_without_values_of_a_user_there_is_neither_a_credential_nor_an_execution_environment(empty: SetUp) -> None:
    token = empty.awx.new_token()["token"]
    played = empty.play({}, CONTROLLER_OAUTH_TOKEN=token, CONTROLLER_USERNAME="", CONTROLLER_PASSWORD="")
    assert played.status == 0, played.output
    assert (empty.awx.found("credentials"), empty.awx.found("execution_environments")) == ([], [])
    assert [host["name"] for host in empty.awx.found("hosts")] == ["localhost"]
    assert ("POST", "/api/v2/tokens/") not in empty.awx.requests
    assert len(empty.awx.found("job_templates")) == 3
    assert len(empty.awx.found("workflow_job_template_nodes")) == 4


def test_the_values_of_the_guide_can_be_used(empty: SetUp, tmp_path: pathlib.Path) -> None:
    certificate = tmp_path / "em-ca.pem"
    certificate.write_text("-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n", encoding="utf-8")
    values = yaml.safe_load(example("my_awx.yml").replace("/etc/pki/em-ca.pem", str(certificate)))
    played = empty.play(values, EM_PASSWORD=SECRET)
    assert played.status == 0, played.output
    (credential,) = empty.awx.found("credentials")
    assert credential["inputs"]["password"] == SECRET
    assert credential["inputs"]["ca_certificate"].endswith("-----END CERTIFICATE-----")
    assert [host["name"] for host in empty.awx.found("hosts")] == ["em1.example.com", "em2.example.com"]


def test_what_a_user_changes_is_changed_and_nothing_else(empty: SetUp) -> None:
    values = copy.deepcopy(VALUES)
    assert empty.play(values).status == 0
    (before,) = empty.awx.found("credentials")
    values["em_awx_project_branch"] = "stable"
    values["em_awx_credential"]["password"] = "An0ther-s3cret"
    assert empty.play(values, "--check").recap("changed") == 1
    played = empty.play({**values, "em_awx_update_secrets": True})
    assert (played.status, played.recap("changed")) == (0, 2), played.output
    (credential,), (project,) = empty.awx.found("credentials"), empty.awx.found("projects")
    assert credential == {**before, "inputs": {**before["inputs"], "password": "An0ther-s3cret"}}
    assert project["scm_branch"] == "stable"


def test_a_wrong_password_is_one_clear_failure(empty: SetUp) -> None:
    before = empty.awx.store.snapshot()
    played = empty.play(VALUES, CONTROLLER_PASSWORD="not-the-password")
    assert (played.status, played.recap("failed"), played.recap("ok")) == (2, 1, 0), played.output
    assert "Failed to get token: HTTP Error 401: Unauthorized" in played.output
    assert "not-the-password" not in played.output
    assert empty.awx.store.snapshot() == before


def test_an_organization_that_is_not_there_is_named(empty: SetUp) -> None:
    played = empty.play({**VALUES, "em_awx_organization": "Operations"})
    assert (played.status, played.recap("failed")) == (2, 1), played.output
    assert "organizations/?name=Operations returned 0 items, expected 1" in played.output
