# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that belongs together is there: modules, their documentation, their tests, the action group."""

from __future__ import annotations

import ast
import importlib
import pathlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon_session import LOGON_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION, Option
from ansible_collections.backupops.veeam_em.plugins.module_utils._query_info import QUERY_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import options_of
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop_options import SELECTION, STOP_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._task_info import TASK_OPTIONS
from ansible_collections.backupops.veeam_em.plugins.module_utils._wait_options import SELECTING, WAIT_FOR, WAITING
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

yaml: t.Any = importlib.import_module("yaml")  # it brings no types

NAMESPACE = "backupops.veeam_em"
PACKAGE = "ansible_collections.backupops.veeam_em.plugins"
UNIT_TESTS = COLLECTION / "tests" / "unit" / "plugins"


def names_in(folder: str) -> list[str]:
    """Return the names of the Python files of a folder below plugins/."""
    return sorted(path.stem for path in (COLLECTION / "plugins" / folder).glob("*.py") if path.stem != "__init__")


MODULES = names_in("modules")
ROLES = sorted(path.name for path in (COLLECTION / "roles").iterdir())
EACH_MODULE = pytest.mark.parametrize("module", MODULES)

OPTIONS: dict[str, tuple[Option, ...]] = {
    "em_backup_session": (*SELECTION, *STOP_OPTIONS),
    "em_logon_session": LOGON_OPTIONS,
    "em_logon_session_info": (),
    "em_query_info": QUERY_OPTIONS,
    "em_session_wait": (*WAIT_FOR, *SELECTING, *WAITING),
    "em_task_info": TASK_OPTIONS,
    **{f"em_{kind}_session_info": options_of(family) for kind, family in FAMILIES.items()},
}


def block(module: str, name: str) -> t.Any:
    """Return a documentation block of a module as data."""
    return yaml.safe_load(getattr(importlib.import_module(f"{PACKAGE}.modules.{module}"), name))


def fragments_of(module: str) -> t.Iterator[dict[str, t.Any]]:
    """Yield the documentation fragments that a module extends."""
    for reference in block(module, "DOCUMENTATION")["extends_documentation_fragment"]:
        fragment, dummy, name = reference[len(f"{NAMESPACE}.") :].partition(".")
        holder = importlib.import_module(f"{PACKAGE}.doc_fragments.{fragment}").ModuleDocFragment
        yield yaml.safe_load(getattr(holder, (name or "documentation").upper()))


def tasks_in(node: t.Any) -> t.Iterator[dict[str, t.Any]]:
    """Yield the tasks of examples, those in blocks as well."""
    for task in node:
        inner = [task[part] for part in ("block", "rescue", "always") if part in task]
        if not inner:
            yield task
        for part in inner:
            yield from tasks_in(part)


def test_the_action_group_holds_all_modules_and_nothing_else() -> None:
    runtime = yaml.safe_load((COLLECTION / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert sorted(runtime["action_groups"]["em"]) == MODULES
    assert list(runtime["action_groups"]) == ["em"]


@EACH_MODULE
def test_the_documentation_says_what_is_needed(module: str) -> None:
    documentation = block(module, "DOCUMENTATION")
    assert documentation["module"] == module
    for name in ("short_description", "description", "author", "version_added"):
        assert documentation[name], name


@EACH_MODULE
def test_the_attributes_are_documented_with_the_action_group(module: str) -> None:
    (attributes,) = [fragment["attributes"] for fragment in fragments_of(module) if "attributes" in fragment]
    assert attributes["action_group"]["membership"] == [f"{NAMESPACE}.em"]
    assert {"check_mode", "diff_mode", "idempotent"} <= set(attributes)


@EACH_MODULE
def test_the_documented_options_are_those_of_the_module(module: str) -> None:
    documented = [name for fragment in fragments_of(module) for name in fragment.get("options", {})]
    assert len(set(documented)) == len(documented)
    assert set(documented) == {option.name for option in (*CONNECTION, *OPTIONS[module])}


@EACH_MODULE
def test_the_examples_can_be_used(module: str) -> None:
    examples = block(module, "EXAMPLES")
    used = set()
    for task in tasks_in(examples):
        assert task["name"]
        (action,) = [name for name in task if "." in name]
        used.add(action)
        if action.startswith(f"{NAMESPACE}."):
            name = action[len(f"{NAMESPACE}.") :]
            assert set(task[action]) <= {option.name for option in (*CONNECTION, *OPTIONS[name])}
    assert f"{NAMESPACE}.{module}" in used


def without_sample(values: dict[str, t.Any], path: str = "") -> t.Iterator[str]:
    """Yield the paths of return values that have neither a sample nor contents."""
    for name, value in values.items():
        assert value["description"], path + name
        assert value["returned"], path + name
        assert value["type"], path + name
        if "contains" in value:
            yield from without_sample(value["contains"], f"{path}{name}.")
        elif "sample" not in value:
            yield f"{path}{name}"


@EACH_MODULE
def test_the_return_values_have_samples(module: str) -> None:
    assert set(without_sample(block(module, "RETURN") or {})) == set()


@EACH_MODULE
def test_a_module_is_only_documentation(module: str) -> None:
    """At most 15 lines of code follow it."""
    source = (COLLECTION / "plugins" / "modules" / f"{module}.py").read_text(encoding="utf-8")
    statements = ast.parse(source).body
    last = max(node.end_lineno or 0 for node in statements if isinstance(node, ast.Assign))
    assert [
        node.targets[0].id for node in statements if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ] == [
        "DOCUMENTATION",
        "EXAMPLES",
        "RETURN",
    ]
    assert len([line for line in source.splitlines()[last:] if line.strip()]) <= 15


@EACH_MODULE
def test_a_module_is_compiled_only_once(module: str) -> None:
    """So it has to say before it imports what it runs."""
    source = (COLLECTION / "plugins" / "modules" / f"{module}.py").read_text(encoding="utf-8")
    imported = [node for node in ast.parse(source).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [ast.unparse(node).rpartition(" import ")[2] for node in imported] == ["annotations", "compile_once"]
    main = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    assert ast.unparse(main.body[0]) == "compile_once()"


@EACH_MODULE
def test_a_module_has_its_unit_test(module: str) -> None:
    assert (UNIT_TESTS / "modules" / f"test_{module}.py").is_file()


@EACH_MODULE
def test_a_module_has_its_integration_test(module: str) -> None:
    assert (COLLECTION / "tests" / "integration" / "targets" / module / "tasks" / "main.yml").is_file()


@pytest.mark.parametrize("util", names_in("module_utils"))
def test_a_util_has_its_unit_test(util: str) -> None:
    assert (UNIT_TESTS / "module_utils" / f"test{util}.py").is_file()


@pytest.mark.parametrize("util", names_in("plugin_utils"))
def test_a_util_of_the_controller_has_its_unit_test(util: str) -> None:
    assert (UNIT_TESTS / "plugin_utils" / f"test{util}.py").is_file()


@pytest.mark.parametrize("name", names_in("filter"))
def test_a_filter_is_called_as_its_file_is_documented_and_tested(name: str) -> None:
    module = importlib.import_module(f"{PACKAGE}.filter.{name}")
    documentation = yaml.safe_load(module.DOCUMENTATION)
    assert documentation["name"] == name
    assert set(module.FilterModule().filters()) == {name}
    assert list(without_sample({"_value": {"returned": "always", **yaml.safe_load(module.RETURN)["_value"]}})) == []
    assert [task for task in yaml.safe_load(module.EXAMPLES) if f"{NAMESPACE}.{name}" in str(task)]
    assert (UNIT_TESTS / "filter" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_documented_and_tested(role: str) -> None:
    (entry,) = yaml.safe_load((COLLECTION / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))[
        "argument_specs"
    ].items()
    name, spec = entry
    assert name == "main"
    defaults = yaml.safe_load((COLLECTION / "roles" / role / "defaults" / "main.yml").read_text(encoding="utf-8"))
    assert set(spec["options"]) == set(defaults)
    for option, documented in spec["options"].items():
        assert option.startswith(f"{role}_")
        assert "default" not in documented or documented["default"] == defaults[option], option
    assert (COLLECTION / "roles" / role / "README.md").is_file()
    assert (COLLECTION / "tests" / "integration" / "targets" / f"role_{role}" / "tasks" / "main.yml").is_file()


@pytest.mark.parametrize("folder", ["filter", "module_utils", "modules", "plugin_utils"])
def test_no_unit_test_is_left_of_something_that_is_gone(folder: str) -> None:
    tested = {path.stem[len("test_") :] for path in (UNIT_TESTS / folder).glob("test_*.py")}
    there = {name.lstrip("_") for name in names_in(folder)}
    beside = {name for name in tested - there if not any(name.startswith(f"{known}_") for known in there)}
    assert beside <= {"signals"}


@pytest.mark.parametrize("kind", FAMILIES)
def test_every_family_is_read_by_a_module(kind: str) -> None:
    assert f"em_{kind}_session_info" in MODULES


@pytest.mark.parametrize("option", CONNECTION, ids=[option.name for option in CONNECTION])
def test_every_environment_variable_is_documented(option: Option) -> None:
    (connection,) = [fragment for fragment in fragments_of(MODULES[0]) if "hostname" in fragment.get("options", {})]
    assert option.env == f"VEEAM_EM_{option.name.upper()}"
    assert f"E({option.env})" in " ".join(connection["options"][option.name]["description"])


@pytest.mark.parametrize("path", sorted((COLLECTION / "plugins").rglob("*.py")), ids=lambda path: path.name)
def test_no_room_is_too_large(path: pathlib.Path) -> None:
    """A module's documentation does not count."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert path.parent.name in ("modules", "doc_fragments") or len(lines) <= 250


@pytest.mark.parametrize("util", names_in("module_utils"))
def test_a_room_is_imported_and_not_the_names_in_it(util: str) -> None:
    """For each of them Ansible would search the disk once more when it packs a module."""
    tree = ast.parse((COLLECTION / "plugins" / "module_utils" / f"{util}.py").read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [module for module in modules if module.startswith(f"{PACKAGE}.module_utils.")] == []
