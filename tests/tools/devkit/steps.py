# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps that all run, whatever becomes of the others, and the table of their results."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A check by name; the action returns whether it passed."""

    name: str
    action: Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """What became of a step."""

    name: str
    passed: bool
    seconds: float

    @property
    def verdict(self) -> str:
        """The result in one word."""
        return "passed" if self.passed else "FAILED"


def run_steps(steps: Sequence[Step], beside: Step | None = None) -> list[Outcome]:
    """Run every step in turn, each under a header line, and meanwhile one more."""
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(_run, beside, "[meanwhile]") if beside else None
        outcomes = [_run(step, f"[{number}/{len(steps)}]") for number, step in enumerate(steps, 1)]
        return [*outcomes, other.result()] if other else outcomes


def report(outcomes: Sequence[Outcome]) -> int:
    """Print the table and, alone on the last line, `N passed, N failed`. Return the exit code."""
    width = max(len(outcome.name) for outcome in outcomes)
    print(f"\n{'step':{width}}  seconds  result")
    for outcome in outcomes:
        print(f"{outcome.name:{width}}  {outcome.seconds:7.1f}  {outcome.verdict}")
    failed = sum(not outcome.passed for outcome in outcomes)
    print(f"\n{len(outcomes) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def _run(step: Step, position: str) -> Outcome:
    print(f"\n=== {position} {step.name}", flush=True)
    started = time.monotonic()
    try:
        passed = step.action()
    except (OSError, subprocess.SubprocessError) as error:
        print(f"{step.name}: {error}", flush=True)
        passed = False
    outcome = Outcome(step.name, passed, time.monotonic() - started)
    print(f"--- {step.name} {outcome.verdict} in {outcome.seconds:.1f} s", flush=True)
    return outcome
