# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation of the options says what the tables of options say."""

from __future__ import annotations

import importlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon_session import LOGON_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION, Option
from ansible_collections.backupops.veeam_em.plugins.module_utils._query_info import QUERY_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import GROUPS, include_option
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop_options import SELECTION, STOP_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._task_info import TASK_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._wait_options import SELECTING, WAIT_FOR, WAITING

yaml: t.Any = importlib.import_module("yaml")  # it brings no types

FRAGMENTS = "ansible_collections.backupops.veeam_em.plugins.doc_fragments"
TABLES: dict[tuple[str, str], tuple[Option, ...]] = {
    ("connection", "DOCUMENTATION"): CONNECTION,
    ("logon", "DOCUMENTATION"): LOGON_OPTIONS,
    ("resources", "DOCUMENTATION"): QUERY_OPTIONS,
    ("stop", "DOCUMENTATION"): (*SELECTION, *STOP_OPTIONS),
    ("task", "DOCUMENTATION"): TASK_OPTIONS,
    ("wait", "DOCUMENTATION"): (*WAIT_FOR, *SELECTING, *WAITING),
    **{("sessions", "DOCUMENTATION" if name == "sessions" else name.upper()): group for name, group in GROUPS.items()},
    **{("sessions", f"INCLUDE_{kind.upper()}"): (include_option(family),) for kind, family in FAMILIES.items()},
}


def blocks_of(fragment: str) -> dict[str, str]:
    """Return the documentation blocks of a fragment by name."""
    holder = importlib.import_module(f"{FRAGMENTS}.{fragment}").ModuleDocFragment
    return {name: block for name, block in vars(holder).items() if name.isupper()}


def documentation_of(fragment: str, name: str) -> dict[str, t.Any]:
    found: dict[str, t.Any] = yaml.safe_load(blocks_of(fragment)[name])
    return found


@pytest.mark.parametrize(("fragment", "name"), TABLES, ids=".".join)
def test_the_options_are_those_of_the_table(fragment: str, name: str) -> None:
    documented = documentation_of(fragment, name)["options"]
    table = TABLES[fragment, name]
    assert list(documented) == [option.name for option in table]
    for option in table:
        entry = documented[option.name]
        for key in ("type", "elements", "default"):
            assert entry.get(key) == getattr(option, key), (option.name, key)
        assert entry.get("required", False) is option.required
        assert tuple(entry.get("choices", ())) == option.choices
        assert tuple(entry["description"][: len(option.description)]) == option.description


@pytest.mark.parametrize("fragment", sorted({fragment for fragment, dummy in TABLES}))
def test_no_block_is_without_a_table(fragment: str) -> None:
    assert {(fragment, name) for name in blocks_of(fragment)} <= set(TABLES)


def test_the_libraries_are_named() -> None:
    assert documentation_of("connection", "DOCUMENTATION")["requirements"] == ["requests", "lxml"]


@pytest.mark.parametrize(
    ("name", "check_mode", "diff_mode", "idempotent"),
    [
        ("INFO", "full", "none", "full"),
        ("STOP", "full", "full", "full"),
        ("WAIT", "full", "none", "full"),
        ("LOGON", "partial", "none", "partial"),
    ],
)
def test_what_each_module_supports_is_said_with_the_reason(name: str, check_mode: str, diff_mode: str, idempotent: str) -> None:
    attributes = documentation_of("attributes", name)["attributes"]
    assert {key: attribute["support"] for key, attribute in attributes.items()} == {
        "check_mode": check_mode,
        "diff_mode": diff_mode,
        "idempotent": idempotent,
        "action_group": "full",
    }
    assert attributes["action_group"]["membership"] == ["backupops.veeam_em.em"]
    for key, attribute in attributes.items():
        assert attribute["description"]
        assert key == "action_group" or all(attribute["details"])


def test_no_block_of_attributes_is_without_a_test() -> None:
    assert set(blocks_of("attributes")) == {"INFO", "STOP", "WAIT", "LOGON"}
