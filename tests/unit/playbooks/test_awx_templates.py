# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The surveys of the job templates ask for variables of the roles, with the same defaults."""

from __future__ import annotations

import typing as t

import pytest
import yaml

from ansible_collections.backupops.veeam_em.tests.unit.playbooks.variables import variables_of
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

TEMPLATES = {template["key"]: template for template in variables_of("awx_templates")["em_awx_templates"]}
PLAYBOOKS = variables_of("awx")["em_awx_playbooks"]

# What the answer to a question becomes.
ANSWERS: t.Mapping[str, t.Callable[[t.Any], t.Any]] = {
    "integer": int,
    "multiplechoice": lambda text: {"true": True, "false": False}[text],
    "multiselect": str.splitlines,
    "text": str,
    "textarea": str.splitlines,
}

EACH_TEMPLATE = pytest.mark.parametrize("key", TEMPLATES)


def role_of(key: str) -> str:
    """Return the name of the role that the playbook of a template plays."""
    (play,) = yaml.safe_load((COLLECTION / PLAYBOOKS[key]).read_text(encoding="utf-8"))
    (role,) = play["roles"]
    return str(role["role"]).rpartition(".")[2]


def of_role(key: str, path: str) -> t.Any:
    """Return a file of that role."""
    return yaml.safe_load((COLLECTION / "roles" / role_of(key) / path).read_text(encoding="utf-8"))


def test_each_template_has_a_playbook() -> None:
    assert list(TEMPLATES) == list(PLAYBOOKS)


@EACH_TEMPLATE
def test_the_defaults_of_a_survey_are_those_of_the_role(key: str) -> None:
    questions = TEMPLATES[key]["survey"]["spec"]
    defaults = of_role(key, "defaults/main.yml")
    asked = {
        question["variable"]: ANSWERS[question["type"]](question["default"]) for question in questions if "default" in question
    }
    assert asked == {name: defaults.get(name) for name in asked}


@EACH_TEMPLATE
def test_the_role_documents_what_a_survey_asks_for(key: str) -> None:
    options = of_role(key, "meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    assert {question["variable"] for question in TEMPLATES[key]["survey"]["spec"]} <= set(options)


@EACH_TEMPLATE
def test_a_workflow_can_go_on_without_answers(key: str) -> None:
    for question in TEMPLATES[key]["survey"]["spec"]:
        assert question.get("default", "") != "" or not question["required"]


@EACH_TEMPLATE
def test_every_question_explains_itself(key: str) -> None:
    for question in TEMPLATES[key]["survey"]["spec"]:
        assert question["question_name"]
        assert question["question_description"]


def test_the_nodes_of_the_workflow_are_templates_that_there_are_and_one_approval() -> None:
    nodes = variables_of("awx_workflow")["em_awx_workflow"]["nodes"]
    assert [node.get("template", "an approval") for node in nodes] == ["health", "report", "an approval", "maintenance_gate"]
    assert {node["template"] for node in nodes if "template" in node} == set(TEMPLATES)


def test_the_guide_names_all_that_can_be_chosen() -> None:
    guide = (COLLECTION / "docs" / "docsite" / "rst" / "guide_awx.rst").read_text(encoding="utf-8")
    assert [name for name in variables_of("awx") if f"``{name}``" not in guide] == []
