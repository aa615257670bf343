# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A workbench: one ansible-core on one Python with the collection's tree, in which every check runs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from devkit import get_pip
from devkit.layout import CACHE, COLLECTION, TREE, WORK
from devkit.process import capture, clean_environment, run
from devkit.pythons import Python, best_pair, controllers, find_pythons, search_path, targets
from devkit.tree import refresh_tree
from devkit.venvs import Venv, ensure_venv


@dataclass(frozen=True)
class Workbench:
    """An ansible-core, the Python that runs it, its environment, and all Pythons on PATH."""

    core: str
    python: Python
    pythons: Sequence[Python]
    venv: Venv

    @property
    def target_pythons(self) -> list[Python]:
        """The Pythons on which this ansible-core can run our modules."""
        return targets(self.core, self.pythons)

    @cached_property
    def environment(self) -> dict[str, str]:
        """What a child gets: clean, with our programs first on PATH and all that Ansible writes inside the clone."""
        return clean_environment(
            PATH=search_path(self.venv.bin, self.pythons),
            ANSIBLE_COLLECTIONS_PATH=str(TREE),
            ANSIBLE_HOME=str(WORK / "ansible"),
            RUFF_CACHE_DIR=str(CACHE / "ruff"),
            PYTHONDONTWRITEBYTECODE="1",
        )

    def run(
        self, *command: str | Path, cwd: Path = COLLECTION, extra: Mapping[str, str] | None = None, log: Path | None = None
    ) -> bool:
        """Run a command in the tree, with `extra` environment variables; see `process.run`. Return whether it passed."""
        return run(command, cwd=cwd, env={**self.environment, **(extra or {})}, log=log)

    def run_all(self, *commands: Sequence[str | Path], cwd: Path = COLLECTION) -> bool:
        """Run every command, even after one that failed. Return whether all passed."""
        results = [self.run(*command, cwd=cwd) for command in commands]
        return all(results)


def main_workbench() -> Workbench:
    """Return the workbench of `make test`: the newest ansible-core that can be had here, and all tools."""
    pythons = find_pythons()
    core, python = best_pair(pythons)
    return _furnish(core, python, pythons, "test", "tools.txt", "site.txt")


def core_workbench(core: str) -> Workbench | None:
    """Return a workbench with this ansible-core and nothing else; None where no Python here can run it."""
    pythons = find_pythons()
    usable = controllers(core, pythons)
    return _furnish(core, usable[0], pythons, f"core-{core}") if usable else None


def demo_workbench() -> Workbench:
    """Return a workbench as a user has it: ansible-core and the libraries of the modules."""
    pythons = find_pythons()
    core, python = best_pair(pythons)
    return _furnish(core, python, pythons, "demo", "libraries.txt")


def mutation_workbench() -> Workbench:
    """Return a workbench for mutation testing."""
    pythons = find_pythons()
    core, python = best_pair(pythons)
    return _furnish(core, python, pythons, "mutation-tools", "mutation.txt")


def benchmark_workbench() -> Workbench:
    """Return a workbench as a user has it, and what draws the plot."""
    pythons = find_pythons()
    core, python = best_pair(pythons)
    return _furnish(core, python, pythons, "benchmark", "bench.txt")


def client_workbench(name: str) -> Workbench:
    """Return a workbench with what one of the folders of tests needs that have requirements of their own."""
    pythons = find_pythons()
    core, python = best_pair(pythons)
    return _furnish(core, python, pythons, f"{name}-tests", f"{name}.txt")


def _furnish(core: str, python: Python, pythons: Sequence[Python], name: str, *requirements: str) -> Workbench:
    venv = ensure_venv(name, python, [f"core-{core}.txt", *requirements])
    refresh_tree()
    bench = Workbench(core, python, pythons, venv)
    _seed_get_pip(bench)
    return bench


def _seed_get_pip(bench: Workbench) -> None:
    """Put our get_pip.py where ansible-test would save the one that it downloads, unless there is one already.

    ansible-test needs it for each virtual environment that it makes and has no option for another source; a package
    index is all that the tests may need. The wanted versions of pip, part of the file name, are in its source.
    """
    where = "import ansible_test; print(*ansible_test.__path__)"
    package = capture([bench.venv.bin / "python", "-c", where], cwd=WORK, env=bench.environment).strip()
    source = Path(package, "_internal", "python_requirements.py").read_text(encoding="utf-8")
    cache = Path("~/.ansible/test/cache").expanduser()
    cache.mkdir(parents=True, exist_ok=True)
    for version in set(re.findall(r"\bpip='([0-9.]+)'", source)):
        script = cache / f"get_pip_{version.replace('.', '_')}.py"
        if not script.exists():
            shutil.copyfile(get_pip.__file__, script)
