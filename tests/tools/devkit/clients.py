# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection in the hands of others: AWX's own collection, ansible-rulebook, a browser. Each needs more than a package index
or takes longer than the rest of the tests, and has a workbench of its own."""

from __future__ import annotations

import shutil
import sys

from devkit.layout import CACHE, COLLECTION_PACKAGE, ROOT, TREE, WORK
from devkit.steps import Step, report, run_steps
from devkit.workbench import Workbench, client_workbench

_PICTURE = ROOT / "docs" / "docsite" / "rst" / "report.png"


def run_awx() -> int:
    """Set up a simulated AWX by awx.awx, run the playbooks by ansible-runner, install what an execution environment needs."""
    bench = client_workbench("awx")
    extra = {"PYTHONPATH": str(TREE), "EM_AWX_COLLECTIONS": str(CACHE / "awx")}
    return _tests(bench, "awx", extra)


def run_rulebook() -> int:
    """Let ansible-rulebook read the events of a simulated Enterprise Manager."""
    if not shutil.which("java"):
        print("ansible-rulebook needs Java 17 or newer, and there is no java on PATH.", file=sys.stderr)
        return 1
    return _tests(client_workbench("rulebook"), "rulebook", {"PYTHONPATH": str(TREE)})


def run_pictures() -> int:
    """Read the report in a browser, and take its pictures: all into .venv/pictures, one into the documentation."""
    bench = client_workbench("libraries")
    command = ("python", "-m", f"{COLLECTION_PACKAGE}.tests.pictures", WORK / "pictures", _PICTURE)
    return report(run_steps([Step("pictures", lambda: bench.run(*command, cwd=TREE, extra={"PYTHONPATH": str(TREE)}))]))


def _tests(bench: Workbench, folder: str, extra: dict[str, str]) -> int:
    command = ("python", "-m", "pytest", f"tests/{folder}", "-q", "-p", "no:cacheprovider")
    return report(run_steps([Step(folder, lambda: bench.run(*command, extra=extra))]))
