# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the examples of each module, as its documentation has them, into a folder: a file of tasks per module.

A task gets nothing but what shows that it selected something: a variable for its result, where it has none, and an assertion.
"""

from __future__ import annotations

import importlib
import pathlib
import pkgutil
import sys
from typing import Any

import yaml

NAMESPACE = "backupops.veeam_em"
PACKAGE = f"ansible_collections.{NAMESPACE}.plugins.modules"
RESULTS = ("sessions", "resources", "tasks", "logon_sessions")
Task = dict[str, Any]


def proven(tasks: list[Task]) -> list[Task]:
    """Return tasks, those of our modules with the proof that they returned something."""
    found: list[Task] = []
    for task in tasks:
        parts = {part: proven(task[part]) for part in ("block", "rescue", "always") if part in task}
        result = {"register": "result", **task, **parts} if any(is_ours(name) for name in task) else {**task, **parts}
        found += [result, *proofs(result)]
    return found


def proofs(task: Task) -> list[Task]:
    """Return the assertion that goes with a task: of what it returns, nothing is empty."""
    if not any(is_ours(name) and reads(name) for name in task):
        return []
    result = task["register"]
    lists = " + ".join(f"({result}.{name} | default([]))" for name in RESULTS)
    assertion = {"that": f"({lists}) | length > 0 or {result}.summary.total | default(0) > 0"}
    return [{"name": f"Something came of it - {task['name']}", "ansible.builtin.assert": assertion}]


def is_ours(name: str) -> bool:
    """Whether a key of a task is one of our modules."""
    return name.startswith(f"{NAMESPACE}.")


def reads(name: str) -> bool:
    """Whether a module returns something by its nature: a wait ends with nothing left, a logout returns nothing."""
    return not name.endswith(("em_session_wait", "em_logon_session"))


def main() -> None:
    """Write the files, and their names, without folder and suffix, to standard output."""
    folder = pathlib.Path(sys.argv[1])
    modules = importlib.import_module(PACKAGE)
    for module in sorted(found.name for found in pkgutil.iter_modules(modules.__path__)):
        tasks = yaml.safe_load(importlib.import_module(f"{PACKAGE}.{module}").EXAMPLES)
        (folder / f"{module}.yml").write_text(yaml.safe_dump(proven(tasks), sort_keys=False, allow_unicode=True), encoding="utf-8")
        print(module)


if __name__ == "__main__":
    main()
