# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All supported releases of ansible-core, each on one Python of this machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Collection, Mapping

from devkit import checks
from devkit.pythons import CORES
from devkit.steps import Outcome, Step, report, run_steps
from devkit.workbench import Workbench, core_workbench

CHECKS: Mapping[str, Callable[[Workbench], Step]] = {
    "sanity": checks.sanity,
    "units": checks.units,
    "integration": checks.integration,
}


def run_matrix() -> int:
    """Run the checks with every ansible-core and print a table of both. Return the exit code.

    The environment variables CORES (`2.17 2.19`) and CHECKS (`sanity units`) restrict them.
    """
    names = _chosen("CHECKS", CHECKS)
    rows = {core: _run_core(core, names) for core in _chosen("CORES", CORES)}
    _print_table(names, rows)
    return report([outcome for row in rows.values() for outcome in row])


def _chosen(variable: str, known: Collection[str]) -> list[str]:
    wanted = os.environ.get(variable, "").replace(",", " ").split()
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise SystemExit(f"{variable}: {', '.join(unknown)} is not one of {', '.join(known)}.")
    return wanted or list(known)


def _run_core(core: str, names: list[str]) -> list[Outcome]:
    print(f"\n##### ansible-core {core}", flush=True)
    try:
        bench = core_workbench(core)
    except subprocess.CalledProcessError as error:
        print(error, flush=True)
        return [Outcome(f"{core} set-up", passed=False, seconds=0)]
    if bench is None:
        print("No Python here can run it.", flush=True)
        return []
    steps = [CHECKS[name](bench) for name in names]
    return run_steps([Step(f"{core} {name}", step.action) for name, step in zip(names, steps)])


def _print_table(names: list[str], rows: Mapping[str, list[Outcome]]) -> None:
    print("\ncore   " + "".join(f"{name:13}" for name in names))
    for core, row in rows.items():
        verdicts = {outcome.name: outcome.verdict for outcome in row}
        missing = "not run" if row else "no Python"
        print(f"{core:7}" + "".join(f"{verdicts.get(f'{core} {name}', missing):13}" for name in names))
