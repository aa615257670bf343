# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which kinds of objects there are, and what each has."""

from __future__ import annotations

import dataclasses
import typing as t

Fields = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Kind:
    """A kind of objects, under an endpoint of the API.

    fields: what can be written, with defaults, whose types are those of the values. required: those that must be given.
    references: fields that hold the id of another object, with its endpoint. links: sub-endpoints that hold many of them.
    unique: the fields that no two objects have alike. has_survey: whether there is a sub-endpoint survey_spec.
    """

    type: str
    fields: t.Mapping[str, t.Any]
    required: tuple[str, ...] = ("name",)
    references: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    links: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    unique: tuple[str, ...] = ("name", "organization")
    has_survey: bool = False


_NAMED: Fields = {"name": "", "description": ""}
_PROMPTS: Fields = {"ask_limit_on_launch": False, "ask_variables_on_launch": False}
_ORGANIZATION = {"organization": "organizations"}

KINDS: t.Mapping[str, Kind] = {
    "organizations": Kind("organization", _NAMED, unique=("name",)),
    "credential_types": Kind(
        "credential_type",
        {**_NAMED, "kind": "", "managed": False, "inputs": {}, "injectors": {}},
        required=("name", "kind"),
        unique=("name", "kind"),
    ),
    "credentials": Kind(
        "credential",
        {**_NAMED, "inputs": {}},
        required=("name", "credential_type"),
        references={**_ORGANIZATION, "credential_type": "credential_types"},
        unique=("name", "organization", "credential_type"),
    ),
    "execution_environments": Kind(
        "execution_environment",
        {**_NAMED, "image": "", "pull": ""},
        required=("name", "image"),
        references={**_ORGANIZATION, "credential": "credentials"},
        unique=("name",),
    ),
    "projects": Kind(
        "project",
        {**_NAMED, "scm_type": "", "scm_url": "", "scm_branch": "", "scm_update_on_launch": False},
        references={**_ORGANIZATION, "credential": "credentials"},
    ),
    "inventories": Kind(
        "inventory",
        {**_NAMED, "kind": "", "variables": ""},
        required=("name", "organization"),
        references=_ORGANIZATION,
    ),
    "hosts": Kind(
        "host",
        {**_NAMED, "variables": "", "enabled": True},
        required=("name", "inventory"),
        references={"inventory": "inventories"},
        unique=("name", "inventory"),
    ),
    "job_templates": Kind(
        "job_template",
        {**_NAMED, **_PROMPTS, "job_type": "run", "playbook": "", "survey_enabled": False, "ask_job_type_on_launch": False},
        required=("name", "project", "playbook"),
        references={
            "inventory": "inventories",
            "project": "projects",
            "execution_environment": "execution_environments",
        },
        links={"credentials": "credentials"},
        has_survey=True,
    ),
    "workflow_job_templates": Kind(
        "workflow_job_template",
        {**_NAMED, **_PROMPTS, "survey_enabled": False},
        references={**_ORGANIZATION, "inventory": "inventories"},
        has_survey=True,
    ),
    "workflow_job_template_nodes": Kind(
        "workflow_job_template_node",
        {"identifier": "", "all_parents_must_converge": False},
        required=("workflow_job_template",),
        references={"workflow_job_template": "workflow_job_templates", "unified_job_template": "unified_job_templates"},
        links=dict.fromkeys(("success_nodes", "failure_nodes", "always_nodes"), "workflow_job_template_nodes"),
        unique=("identifier", "workflow_job_template"),
    ),
    "workflow_approval_templates": Kind("workflow_approval_template", {**_NAMED, "timeout": 0}, unique=()),
    "project_updates": Kind("project_update", {"status": "pending"}, required=(), unique=()),
    "tokens": Kind("o_auth2_access_token", {"description": "", "scope": "write", "token": ""}, required=(), unique=()),
}

# What can be launched has one endpoint in common, to be found by name.
UNIFIED: t.Mapping[str, tuple[str, ...]] = {
    "unified_job_templates": ("projects", "job_templates", "workflow_job_templates", "workflow_approval_templates"),
}


def is_a(value: t.Any, wanted: type) -> bool:
    """Tell whether a value has a type of JSON, where true is no number."""
    return isinstance(value, wanted) and isinstance(value, bool) == (wanted is bool)
