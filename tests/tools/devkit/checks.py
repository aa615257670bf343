# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The checks, each a step on a workbench."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from devkit.artifact import build_artifact
from devkit.layout import CACHE, COLLECTION, COLLECTION_PACKAGE, ROOT, TOOLS, TREE, WORK
from devkit.pythons import Python
from devkit.site import build_site
from devkit.steps import Step
from devkit.tree import refresh_tree
from devkit.workbench import Workbench

UPDATE_DOCS = Path("tests/tools/update_docs.py")
FAULT_MATRIX = Path("tests/tools/fault_matrix.py")
ARCHITECTURE = Path("tests/tools/architecture.py")
GUIDE_OUTPUTS = Path("tests/tools/guide_outputs.py")
TYPED_TESTS = ("awx", "benchmark", "estate", "fuzz", "pictures", "rulebook", "unit")


def sanity(bench: Workbench) -> Step:
    """`ansible-test sanity`, all its tests."""
    return Step("sanity", partial(bench.run, "ansible-test", "sanity"))


def units(bench: Workbench, python: Python | None = None) -> Step:
    """`ansible-test units` on this Python or on the workbench's own."""
    version = str(python or bench.python)
    return Step(f"units {version}", partial(bench.run, "ansible-test", "units", "--venv", "--python", version))


def integration(bench: Workbench, log: Path | None = None) -> Step:
    """`ansible-test integration`, all targets, on the workbench's Python, in a tree of its own: other checks can run meanwhile.

    log: where its output goes, to be shown when it has ended.
    """
    return Step(f"integration {bench.python}", partial(_integration, bench, log))


def units_everywhere(bench: Workbench) -> list[Step]:
    """`ansible-test units` on every Python here that can run our modules."""
    return [units(bench, python) for python in bench.target_pythons]


def lint(bench: Workbench) -> list[Step]:
    """All that reads the collection and runs none of it."""
    antsibull_docs = ("antsibull-docs", "--config-file", TOOLS / "antsibull.cfg")
    docs_lint = (*antsibull_docs, "lint-collection-docs", "--plugin-docs", "--validate-collection-refs", "self", ".")
    return [
        Step("ruff", partial(bench.run_all, ("ruff", "check"), ("ruff", "format", "--diff"))),
        Step("mypy", partial(_mypy, bench)),
        Step("yamllint", partial(bench.run, "yamllint", "--strict", ".")),
        Step("ansible-lint", partial(bench.run, "ansible-lint", "--strict")),
        Step("changelog", partial(bench.run, "antsibull-changelog", "lint")),
        Step("docs lint", partial(bench.run, *docs_lint)),
        docs_check(bench),
        architecture_check(bench),
        Step("reuse", partial(bench.run, "reuse", "lint")),
        Step("galaxy-importer", partial(galaxy_importer, bench)),
    ]


def units_at_both_ends(bench: Workbench) -> list[Step]:
    """`ansible-test units` on the oldest and on the newest Python here: what differs in between has yet to be seen."""
    pythons = bench.target_pythons
    return [units(bench, python) for python in dict.fromkeys((pythons[0], pythons[-1]))]


def fuzz(bench: Workbench, seed: str | None = None) -> Step:
    """The fuzzer, for SECONDS and from SEED of the environment; what it finds goes into the clone, as cases of the unit tests.

    seed: the one where none is given, so that a run can be had again.
    """
    seconds, seed = os.environ.get("SECONDS"), os.environ.get("SEED") or seed
    chosen = [f"--{name}={value}" for name, value in (("seconds", seconds), ("seed", seed)) if value]
    findings = ROOT / "tests" / "unit" / "fixtures" / "findings"
    command = ("python", "-m", f"{COLLECTION_PACKAGE}.tests.fuzz", f"--findings={findings}", *chosen)
    return Step("fuzz", partial(bench.run, *command, cwd=TREE, extra={"PYTHONPATH": str(TREE)}))


def everything(bench: Workbench) -> list[Step]:
    """What `make test` runs besides the integration tests, the quick ones first."""
    steps = [*lint(bench), site(bench), sanity(bench), *units_at_both_ends(bench)]
    return [*steps, fault_matrix_check(bench), guides_check(bench), fuzz(bench, seed="1")]


def beside_everything(bench: Workbench) -> Step:
    """What `make test` runs meanwhile: it takes about as long as all the rest, and waits most of the time."""
    return integration(bench, WORK / "integration.log")


def coverage(bench: Workbench) -> list[Step]:
    """Which lines and branches of the plugins the unit and integration tests run, together."""
    where = ("--venv", "--python", str(bench.python))
    tests = ((kind, ("ansible-test", kind, *where, "--coverage")) for kind in ("units", "integration"))
    table = ("ansible-test", "coverage", "report", *where, "--include", "plugins/*", "--show-missing")
    return [Step(name, partial(bench.run, *command)) for name, command in (*tests, ("coverage", table))]


def docs_check(bench: Workbench) -> Step:
    """Whether the parts of the documentation that come from tables in the code are up to date."""
    return Step("docs-check", partial(_write, bench, UPDATE_DOCS, COLLECTION, "--check"))


def fault_matrix_check(bench: Workbench) -> Step:
    """Whether the page on faults says what comes of them when they are played."""
    return Step("fault matrix", partial(_write, bench, FAULT_MATRIX, COLLECTION, "--check"))


def architecture_check(bench: Workbench) -> Step:
    """Whether the imports of the plugins keep to the layers, and the picture of them shows what is there."""
    return Step("architecture", partial(_write, bench, ARCHITECTURE, COLLECTION, "--check"))


def guides_check(bench: Workbench) -> Step:
    """Whether the guides show what their commands do when they are run."""
    return Step("guides", partial(_write, bench, GUIDE_OUTPUTS, COLLECTION, "--check"))


def all_docs_checks(bench: Workbench) -> list[Step]:
    """Whether all generated parts of the documentation are up to date."""
    return [docs_check(bench), architecture_check(bench), fault_matrix_check(bench), guides_check(bench)]


def site(bench: Workbench) -> Step:
    """Whether the whole documentation makes a site, without a warning; it is there to be read afterwards."""
    return Step("docs-site", partial(build_site, bench))


def write_docs(bench: Workbench) -> list[Step]:
    """Not a check: write the generated parts of the documentation in the clone."""
    return [
        Step("docs", partial(_write, bench, UPDATE_DOCS, ROOT)),
        Step("architecture", partial(_write, bench, ARCHITECTURE, ROOT)),
        Step("fault matrix", partial(_write, bench, FAULT_MATRIX, ROOT)),
        Step("guides", partial(_write, bench, GUIDE_OUTPUTS, ROOT)),
    ]


def write_format(bench: Workbench) -> Step:
    """Not a check: format the Python of the clone and mend what ruff can mend."""
    return Step("format", partial(bench.run_all, ("ruff", "check", "--fix"), ("ruff", "format"), cwd=ROOT))


def write_artifact(bench: Workbench) -> Step:
    """Not a check: build the tarball for Galaxy into `build/` of the clone."""
    return Step("build", partial(_build, bench))


def _write(bench: Workbench, program: Path, where: Path, *options: str) -> bool:
    """Let a program that writes documentation do so in a clone or a tree."""
    return bench.run("python", program, *options, cwd=where, extra={"PYTHONPATH": str(TREE)})


def _integration(bench: Workbench, log: Path | None) -> bool:
    tree = WORK / "tree-integration"
    command = ("ansible-test", "integration", "--venv", "--python", str(bench.python), "--continue-on-error")
    collections = {"ANSIBLE_COLLECTIONS_PATH": str(tree)}
    passed = bench.run(*command, cwd=refresh_tree(tree), extra=collections, log=log)
    if log:
        print(log.read_text(encoding="utf-8", errors="replace"), flush=True)
    return passed


def _mypy(bench: Workbench) -> bool:
    """Check the collection by its full name, and what is not below that name (mock, tools) from its own folder."""
    config = ("mypy", "--config-file", COLLECTION / "mypy.ini", "--cache-dir", CACHE / "mypy")
    folders = ("plugins", "extensions", *(f"tests.{name}" for name in TYPED_TESTS))
    packages = [word for folder in folders for word in ("--package", f"{COLLECTION_PACKAGE}.{folder}")]
    parts: list[tuple[Path, Sequence[str]]] = [
        (TREE, packages),
        (TREE, (str(COLLECTION / GUIDE_OUTPUTS),)),
        (COLLECTION / "roles" / "mock_em" / "files", ("--package", "em_mock")),
        (COLLECTION / "tests" / "tools", ("architecture.py", "dev.py", "fault_matrix.py", "update_docs.py")),
    ]
    results = [bench.run(*config, *what, cwd=folder, extra={"MYPYPATH": str(folder)}) for folder, what in parts]
    return all(results)


def _build(bench: Workbench) -> bool:
    print(build_artifact(bench, ROOT / "build"))
    return True


def galaxy_importer(bench: Workbench) -> bool:
    """Whether Galaxy would take the collection."""
    artifact = build_artifact(bench, WORK / "build")
    command = ("python", "-m", "galaxy_importer.main", artifact)
    config = {"GALAXY_IMPORTER_CONFIG": str(TOOLS / "galaxy-importer.cfg")}
    return bench.run(*command, cwd=artifact.parent, extra=config)
