# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`python -m ansible_collections.backupops.veeam_em.tests.fuzz [--seconds N] [--seed TEXT] [--findings FOLDER]`."""

from __future__ import annotations

import argparse
import pathlib
import random

from ansible_collections.backupops.veeam_em.tests.fuzz.run import fuzz
from ansible_collections.backupops.veeam_em.tests.unit.support import FIXTURES


def main() -> int:
    """Fuzz, print what was done, and write the findings into files. Return the exit code."""
    parser = argparse.ArgumentParser(prog="fuzz", description="Fuzz the readers and the loops of the collection.")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument(
        "--seed", default=f"{random.SystemRandom().randrange(10**6)}", help="any text; without it another one each time"
    )
    parser.add_argument("--findings", type=pathlib.Path, default=FIXTURES / "findings", help="folder for what was found")
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, {arguments.seconds:g} s", flush=True)
    counts, findings = fuzz(arguments.seed, arguments.seconds)
    for name, count in counts.items():
        print(f"{count:8} {name}")
    for finding in findings:
        arguments.findings.mkdir(parents=True, exist_ok=True)
        file = arguments.findings / finding.file_name
        file.write_bytes(finding.content)
        print(f"FOUND by {finding.target}, case {finding.case}: {finding.words}\n      {file}")
    print(f"{len(findings)} findings" if findings else "nothing found", flush=True)
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
