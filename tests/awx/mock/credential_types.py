# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credential types: what AWX asks of them, and how it injects a credential into the environment of a job."""

from __future__ import annotations

import pathlib
import re
import types
import typing as t

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ansible_collections.backupops.veeam_em.tests.awx.mock.errors import invalid
from ansible_collections.backupops.veeam_em.tests.awx.mock.kinds import Fields

ENCRYPTED = "$encrypted$"

_NAME = re.compile(r"[a-zA-Z_]+[a-zA-Z0-9_]*")
_FIELD_KEYS = {"id", "label", "type", "help_text", "choices", "format", "multiline", "secret", "ask_at_runtime", "default"}


def check_credential_type(credential_type: Fields) -> None:
    """Raise Refused for a credential type that AWX would not take."""
    if credential_type["kind"] not in ("cloud", "net"):
        raise invalid("kind", f"Must be 'cloud' or 'net', not {credential_type['kind']}")
    fields = credential_type["inputs"].get("fields", [])
    for field in fields:
        _check_field(field)
    names = [field["id"] for field in fields]
    if len(set(names)) < len(names) or not set(credential_type["inputs"].get("required", [])) <= set(names):
        raise invalid("inputs", "An input is there twice, or one is required that is not there")
    _check_injectors(credential_type["injectors"], names)


def _check_field(field: Fields) -> None:
    if not set(field) <= _FIELD_KEYS or not {"id", "label"} <= set(field) or not _NAME.fullmatch(field["id"]):
        raise invalid("inputs", f"Additional or missing properties: {field}")
    if field.get("type") not in ("string", "boolean") or field["id"] == "tower":
        raise invalid("inputs", f"A type that AWX adds or does not know, or a reserved name: {field}")
    if field["type"] == "boolean" and {"choices", "multiline", "format", "secret"} & set(field):
        raise invalid("inputs", f"Not allowed for a boolean: {field}")
    if not all(isinstance(choice, str) for choice in field.get("choices", [])):
        raise invalid("inputs", f"Choices must be texts: {field}")


def _check_injectors(injectors: Fields, names: t.Iterable[str]) -> None:
    if not set(injectors) <= {"file", "env", "extra_vars"} or not set(injectors.get("file", {})) <= {"template"}:
        raise invalid("injectors", f"Unknown injectors: {injectors}")
    for variable in injectors.get("env", {}):
        if not _NAME.fullmatch(variable) or variable.startswith("ANSIBLE_"):
            raise invalid("injectors", f"{variable} is no environment variable to inject")
    values: Fields = dict.fromkeys(names, "EXAMPLE")
    if "file" in injectors:
        values["tower"] = types.SimpleNamespace(filename="EXAMPLE_FILENAME")
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    for templates in injectors.values():
        for template in templates.values():
            try:
                environment.from_string(template).render(**values)
            except TemplateError as error:
                raise invalid("injectors", f"{template} uses an undefined field ({error})") from error


def check_inputs(credential_type: Fields, inputs: Fields) -> None:
    """Raise Refused for inputs of a credential that its type does not allow."""
    fields = {field["id"]: field for field in credential_type["inputs"].get("fields", [])}
    for name, value in inputs.items():
        if name not in fields:
            raise invalid("inputs", f"Additional properties are not allowed ('{name}' was unexpected)")
        if not isinstance(value, str):
            raise invalid("inputs", f"{name} is not of type 'string'")
        if "choices" in fields[name] and value not in fields[name]["choices"]:
            raise invalid("inputs", f"{name} is not one of {fields[name]['choices']}")


def hide_secrets(credential_type: Fields, inputs: Fields) -> Fields:
    """Return the inputs as AWX shows them."""
    secret = {field["id"] for field in credential_type["inputs"].get("fields", []) if field.get("secret")}
    return {name: ENCRYPTED if name in secret else value for name, value in inputs.items()}


def injected(credential_type: Fields, inputs: Fields, folder: pathlib.Path) -> dict[str, str]:
    """Return the environment variables of a job that has a credential; a file of its is written into the folder."""
    check_inputs(credential_type, inputs)
    environment = ImmutableSandboxedEnvironment()
    # an empty input is as good as none
    values: Fields = {name: value for name, value in inputs.items() if value}
    if "file" in credential_type["injectors"]:
        file = folder / "injected"
        template = environment.from_string(credential_type["injectors"]["file"]["template"])
        file.write_text(template.render(**values), encoding="utf-8")
        values["tower"] = types.SimpleNamespace(filename=str(file))
    templates = credential_type["injectors"]["env"]
    return {variable: environment.from_string(text).render(**values) for variable, text in templates.items()}
