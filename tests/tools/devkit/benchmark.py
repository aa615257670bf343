# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The benchmark: what the modules cost, against what a user would write instead."""

from __future__ import annotations

from devkit.layout import COLLECTION_PACKAGE, ROOT, WORK
from devkit.tree import refresh_tree
from devkit.workbench import benchmark_workbench


def run_benchmark() -> int:
    """Measure, and write figures, page and plot into the clone. Return the exit code.

    It runs in a tree of its own, so that nothing else changes what is measured.
    """
    bench = benchmark_workbench()
    tree = WORK / "tree-benchmark"
    collection = refresh_tree(tree)
    command = ("python", "-m", f"{COLLECTION_PACKAGE}.tests.benchmark", ROOT)
    return 0 if bench.run(*command, cwd=collection, extra={"PYTHONPATH": str(tree)}) else 1
