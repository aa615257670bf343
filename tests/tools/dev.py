# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tools of development: `python3 tests/tools/dev.py COMMAND`, which the targets of the Makefile call.

Runs on any Python from 3.9; what it runs, runs on the best Python that it finds.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Callable, Sequence

from devkit import checks
from devkit.benchmark import run_benchmark
from devkit.clients import run_awx, run_pictures, run_rulebook
from devkit.demo import run_demo
from devkit.layout import ROOT, WORK
from devkit.matrix import run_matrix
from devkit.mutation import run_mutation
from devkit.release import run_release
from devkit.steps import Outcome, Step, report, run_steps
from devkit.workbench import Workbench, main_workbench


def main() -> int:
    """Run the command that was named. Return the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Tests and tools of the collection.")
    parser.add_argument("command", choices=COMMANDS)
    return COMMANDS[parser.parse_args().command]()


def _steps(choose: Callable[[Workbench], Sequence[Step]], beside: Callable[[Workbench], Step] | None = None) -> Callable[[], int]:
    def command() -> int:
        try:
            bench = main_workbench()
        except subprocess.CalledProcessError as error:
            print(error)
            return report([Outcome("set-up", passed=False, seconds=0)])
        pythons = ", ".join(map(str, bench.pythons))
        print(f"ansible-core {bench.core} on Python {bench.python}; Pythons here: {pythons}", flush=True)
        return report(run_steps(choose(bench), beside(bench) if beside else None))

    return command


def _one(choose: Callable[[Workbench], Step]) -> Callable[[], int]:
    return _steps(lambda bench: [choose(bench)])


def clean() -> int:
    """Remove all that the tools have made in the clone."""
    for folder in (WORK, ROOT / "build"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


COMMANDS: dict[str, Callable[[], int]] = {
    "test": _steps(checks.everything, checks.beside_everything),
    "test-matrix": run_matrix,
    "sanity": _one(checks.sanity),
    "units": _steps(checks.units_everywhere),
    "integration": _one(checks.integration),
    "coverage": _steps(checks.coverage),
    "mutation": run_mutation,
    "fuzz": _one(checks.fuzz),
    "awx": run_awx,
    "rulebook": run_rulebook,
    "pictures": run_pictures,
    "bench": run_benchmark,
    "lint": _steps(checks.lint),
    "docs-check": _steps(checks.all_docs_checks),
    "docs-site": _one(checks.site),
    "docs": _steps(checks.write_docs),
    "format": _one(checks.write_format),
    "build": _one(checks.write_artifact),
    "release": run_release,
    "demo": run_demo,
    "clean": clean,
}

if __name__ == "__main__":
    raise SystemExit(main())
