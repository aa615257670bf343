# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that every module has: the contract's names, types, defaults and environment variables."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import (
    CONNECTION,
    CONNECTION_RULES,
    Option,
    argument_spec,
    check_numbers,
)

CONTRACT: dict[str, tuple[str, t.Any]] = {
    "hostname": ("str", None),
    "port": ("int", 9398),
    "scheme": ("str", "https"),
    "username": ("str", None),
    "password": ("str", None),
    "session_token": ("str", None),
    "api_version": ("str", "latest"),
    "media_type": ("str", "auto"),
    "validate_certs": ("bool", True),
    "ca_path": ("path", None),
    "client_cert": ("path", None),
    "client_key": ("path", None),
    "timeout": ("int", 60),
    "retries": ("int", 3),
}


def fallback(*names: str) -> str:
    return names[0]


SPEC = argument_spec(CONNECTION, fallback)


def test_names_types_and_defaults_are_those_of_the_contract() -> None:
    assert {name: (entry["type"], entry.get("default")) for name, entry in SPEC.items()} == CONTRACT


@pytest.mark.parametrize("name", CONTRACT)
def test_each_option_has_its_environment_variable(name: str) -> None:
    assert SPEC[name]["fallback"] == (fallback, [f"VEEAM_EM_{name.upper()}"])


def test_without_a_reader_of_the_environment_there_is_no_fallback() -> None:
    assert not any("fallback" in entry for entry in argument_spec(CONNECTION).values())


def test_only_the_hostname_is_required() -> None:
    assert [name for name, entry in SPEC.items() if entry.get("required")] == ["hostname"]


def test_secrets_and_only_they_are_hidden() -> None:
    assert {name: entry["no_log"] for name, entry in SPEC.items() if "no_log" in entry} == {
        "password": True,
        "session_token": True,
        "client_key": False,
    }


def test_choices() -> None:
    assert {name: entry["choices"] for name, entry in SPEC.items() if "choices" in entry} == {
        "scheme": ["https", "http"],
        "media_type": ["auto", "xml", "json"],
    }


def test_a_token_or_user_name_and_password() -> None:
    assert CONNECTION_RULES["required_one_of"] == [("session_token", "username")]
    assert CONNECTION_RULES["required_together"] == [("username", "password")]
    assert CONNECTION_RULES["required_by"] == {"client_key": ("client_cert",)}


def test_an_option_says_only_what_it_has() -> None:
    assert Option("x", ("X.",)).spec() == {"type": "str"}
    assert Option("x", ("X.",), type="list", elements="str", default=[], required=True).spec() == {
        "type": "list",
        "elements": "str",
        "default": [],
        "required": True,
    }


def test_a_default_that_is_false_or_zero_is_one() -> None:
    assert Option("x", ("X.",), type="bool", default=False).spec()["default"] is False
    assert Option("x", ("X.",), type="int", default=0).spec()["default"] == 0


SEATS = (Option("seats", ("Seats.",), type="int", least=2), Option("rows", ("Rows.",), type="int"))


@pytest.mark.parametrize("given", [{"seats": 2}, {"seats": 99, "rows": -5}, {"seats": None}, {}])
def test_numbers_may_be_what_their_options_allow(given: dict[str, t.Any]) -> None:
    check_numbers(SEATS, given)


@pytest.mark.parametrize("number", [1, 0, -1])
def test_a_number_that_is_less_than_its_option_allows_is_refused(number: int) -> None:
    with pytest.raises(BadRequest, match=f"option seats has {number}; it must be 2 or more"):
        check_numbers(SEATS, {"seats": number})
