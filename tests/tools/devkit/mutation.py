# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mutation testing: small faults are put into the code, one at a time, and the tests must notice each."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from devkit.layout import ROOT, WORK
from devkit.tree import refresh_tree
from devkit.workbench import Workbench, mutation_workbench

UTILS = Path("plugins/module_utils")
TESTS = Path("tests/unit")
FOLDER = WORK / "mutation"

# What is mutated -> the tests that must notice, below tests/unit. The quickest ones come first.
_OF_UTILS = "plugins/module_utils"
MUTATED: Mapping[str, tuple[str, ...]] = {
    "_query": (f"{_OF_UTILS}/test_query*.py", f"{_OF_UTILS}/test_choice*.py"),
    "_xml": (f"{_OF_UTILS}/test_xml*.py",),
    "_xml_bounds": (f"{_OF_UTILS}/test_xml*.py",),
    "_client": (f"{_OF_UTILS}/test_client*.py", f"{_OF_UTILS}/test_secrets.py", f"{_OF_UTILS}/test_logon_session*.py"),
    "_exchange": (f"{_OF_UTILS}/test_exchange.py", f"{_OF_UTILS}/test_client*.py"),
    "_transport": (f"{_OF_UTILS}/test_transport*.py", "faults/test_statuses.py"),
    "_answer": (f"{_OF_UTILS}/test_answer*.py", f"{_OF_UTILS}/test_statuses.py", f"{_OF_UTILS}/test_transport*.py"),
    "_stop": (f"{_OF_UTILS}/test_stop*.py", f"{_OF_UTILS}/test_backup_session*.py"),
    "_stopper": (f"{_OF_UTILS}/test_stopper*.py", "faults/test_stop_*.py"),
}

# Without those that make no difference in running (annotations), that no test can tell (identity of equal constants), and
# those of which one stands for many (one other operation in place of an arithmetic one is enough).
CONFIG = """[cosmic-ray]
module-path = "{path}"
timeout = 120.0
excluded-modules = []
test-command = "{command}"

[cosmic-ray.distributor]
name = "local"

[cosmic-ray.filters.operators-filter]
exclude-operators = [
  "core/ReplaceBinaryOperator_BitOr_.*",
  "core/ReplaceBinaryOperator_.*_(Pow|RShift|LShift|BitOr|BitAnd|BitXor|Mod|FloorDiv|Div)",
  "core/ReplaceComparisonOperator_(Eq|NotEq|Lt|LtE|Gt|GtE)_(Is|IsNot)",
  "core/ReplaceComparisonOperator_(Is|IsNot)_(Lt|LtE|Gt|GtE)",
]
"""

# cosmic-ray keeps what it did in a database of these tables.
RESULTS = """
select specs.start_pos_row, specs.operator_name, results.test_outcome, results.diff
from mutation_specs specs join work_results results on specs.job_id = results.job_id
where results.worker_outcome != 'SKIPPED' order by specs.start_pos_row
"""


@dataclass(frozen=True)
class Tally:
    """What became of the mutants of one file. survivors: the difference that each makes."""

    util: str
    mutants: int
    survivors: Sequence[str]


def run_mutation() -> int:
    """Mutate the utils of the environment variable FILES (`_xml _stop`), or all of the table; print what survived.

    Exits with 0 also when some survive: not every mutant is a fault. The survivors are written to `.venv/mutation/UTIL.diff`.
    """
    wanted = os.environ.get("FILES", "").split() or list(MUTATED)
    unknown = sorted(set(wanted) - set(MUTATED))
    if unknown:
        raise SystemExit(f"FILES: {', '.join(unknown)} is not one of {', '.join(MUTATED)}.")
    bench = mutation_workbench()
    FOLDER.mkdir(exist_ok=True)
    with ThreadPoolExecutor(max(1, os.cpu_count() or 1)) as pool:
        tallies = list(pool.map(partial(_mutate, bench), wanted))
    _print_table(tallies)
    return 0


def _mutate(bench: Workbench, util: str) -> Tally:
    """Try all mutants of one util in a tree of its own, as the file is changed in place."""
    tree = FOLDER / util
    collection = refresh_tree(tree)
    config, session = FOLDER / f"{util}.toml", FOLDER / f"{util}.sqlite"
    tests = _tests_of(collection, MUTATED[util])
    command = f"{bench.venv.bin / 'python'} -m pytest -x -q -p no:cacheprovider {' '.join(tests)}"
    config.write_text(CONFIG.format(path=UTILS / f"{util}.py", command=command), encoding="utf-8")
    run = partial(_run, bench, tree, collection)
    run(command.split())
    run(["cosmic-ray", "init", "--force", config, session])
    run(["cr-filter-operators", session, config])
    print(f"{util}: mutants are being tried", flush=True)
    run(["cosmic-ray", "exec", config, session])
    return _tally(util, session)


def _tests_of(collection: Path, patterns: Iterable[str]) -> list[str]:
    files = [file for pattern in patterns for file in sorted((collection / TESTS).glob(pattern))]
    return [str(file.relative_to(collection)) for file in dict.fromkeys(files)]


def _run(bench: Workbench, tree: Path, collection: Path, command: Sequence[str | Path]) -> None:
    """Run a program of the workbench; raise CalledProcessError when it fails, with what it said on our standard output."""
    environment = {**bench.environment, "PYTHONPATH": str(tree)}
    words = [str(word) for word in command]
    ended = subprocess.run(words, cwd=collection, env=environment, check=False, capture_output=True, text=True)
    if ended.returncode:
        print(ended.stdout, ended.stderr, sep="\n", flush=True)
    ended.check_returncode()


def _tally(util: str, session: Path) -> Tally:
    """Return what the database says, and write the survivors down."""
    with contextlib.closing(sqlite3.connect(session)) as connection:
        rows = connection.execute(RESULTS).fetchall()
    survivors = [f"# line {line}: {operator}\n{diff}" for line, operator, outcome, diff in rows if outcome == "SURVIVED"]
    (FOLDER / f"{util}.diff").write_text("\n\n".join(survivors), encoding="utf-8")
    return Tally(util, len(rows), survivors)


def _print_table(tallies: Iterable[Tally]) -> None:
    print(f"\n{'file':14}  mutants  survived  killed")
    for tally in tallies:
        killed = 1 - len(tally.survivors) / tally.mutants if tally.mutants else 1
        print(f"{tally.util:14}  {tally.mutants:7}  {len(tally.survivors):8}  {killed:6.1%}")
    print(f"\nThe survivors are in {FOLDER.relative_to(ROOT)}/*.diff", flush=True)
