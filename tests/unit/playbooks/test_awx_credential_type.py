# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The credential type for AWX offers what the table of connection options has, and injects it under its names."""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION, Option
from ansible_collections.backupops.veeam_em.tests.unit.playbooks.variables import variables_of

CREDENTIAL_TYPE: dict[str, t.Any] = variables_of("awx_credential_type")["em_awx_credential_type"]
FIELDS = {field["id"]: field for field in CREDENTIAL_TYPE["inputs"]["fields"]}

# A logon session ends after 15 idle minutes: its token is nothing to keep.
OFFERED = tuple(option for option in CONNECTION if option.name != "session_token")

# The certificates of ca_certificate are in a file, whose name takes the place of ca_path.
FILE = "tower.filename if ca_certificate | default('', true) else "


def text_of(default: t.Any) -> str:
    """Return the default of an option as AWX enters it."""
    return "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)


def template_of(option: Option) -> str:
    """Return what injects an option: its input, or the default of the option where that is empty."""
    place = FILE if option.name == "ca_path" else ""
    return f"{{{{ {place}{option.name} | default('{text_of(option.default)}', true) }}}}"


def test_it_asks_for_every_option_in_their_order_and_for_certificates() -> None:
    assert list(FIELDS) == [*(option.name for option in OFFERED), "ca_certificate"]


def test_every_option_goes_into_its_environment_variable() -> None:
    assert CREDENTIAL_TYPE["injectors"]["env"] == {option.env: template_of(option) for option in OFFERED}
    assert CREDENTIAL_TYPE["injectors"]["file"] == {"template": "{{ ca_certificate }}"}


def test_secret_is_what_is_secret_in_the_table() -> None:
    assert [name for name, field in FIELDS.items() if field.get("secret")] == [option.name for option in OFFERED if option.no_log]


def test_choices_are_those_of_the_table_and_begin_with_the_default() -> None:
    for option in OFFERED:
        wanted = ["true", "false"] if option.type == "bool" else list(option.choices)
        choices = FIELDS[option.name].get("choices", [])
        assert choices == wanted
        assert choices[:1] in ([], [text_of(option.default)])


def test_all_inputs_are_texts_because_awx_takes_an_unanswered_checkbox_for_no() -> None:
    assert {field["type"] for field in FIELDS.values()} == {"string"}


def test_the_help_names_the_default_of_each_number() -> None:
    for option in OFFERED:
        if option.type == "int":
            assert str(option.default) in FIELDS[option.name]["help_text"]


def test_a_user_must_give_who_asks() -> None:
    assert CREDENTIAL_TYPE["inputs"]["required"] == ["username", "password"]
