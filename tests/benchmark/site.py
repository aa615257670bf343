# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the benchmark runs: its folder, its environment, and other programs whose time and memory are measured."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import time
import typing as t

from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure
from ansible_collections.backupops.veeam_em.tests.benchmark.peak import PEAK_FILE
from ansible_collections.backupops.veeam_em.tests.benchmark.scale import Scale

COLLECTION = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = "ansible_collections.backupops.veeam_em.tests.benchmark"
MODULE = "backupops.veeam_em.em_backup_session_info"


@dataclasses.dataclass(frozen=True)
class Spent:
    """What a program took: seconds, seconds of processor time, and where the program tells it the most memory that it had."""

    seconds: float
    cpu: float
    megabytes: float | None = None


class Failed(Exception):
    """A program that is measured did not do what it should."""


@dataclasses.dataclass(frozen=True)
class Site:
    """A folder for what is measured to work in, and how much of it is measured."""

    folder: pathlib.Path
    scale: Scale

    def environment(self, **extra: str) -> dict[str, str]:
        """Return what a program gets. Python keeps what it has compiled, as in a user's installation."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        root = COLLECTION.parents[2]
        return {
            **kept,
            "PATH": os.pathsep.join([str(pathlib.Path(sys.executable).parent), kept.get("PATH", os.defpath)]),
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
            "ANSIBLE_COLLECTIONS_PATH": str(root),
            "ANSIBLE_LIBRARY": str(COLLECTION / "tests" / "benchmark" / "library"),
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_RETRY_FILES_ENABLED": "false",
            **extra,
        }

    def spend(self, command: t.Sequence[str | pathlib.Path], **extra: str) -> Spent:
        """Run a program, and return what it took. Raises Failed with what it said when it does not end well."""
        log, peak = self.folder / "output.txt", self.folder / "peak.txt"
        peak.unlink(missing_ok=True)
        with log.open("wb") as output:
            begin = time.perf_counter()
            process = subprocess.Popen(
                [str(word) for word in command],
                cwd=self.folder,
                env=self.environment(**{PEAK_FILE: str(peak), **extra}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            dummy, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise Failed(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{self.output(3000)}")
        megabytes = float(peak.read_text(encoding="ascii")) if peak.exists() else None
        return Spent(seconds, usage.ru_utime + usage.ru_stime, megabytes)

    def output(self, most: int = 100_000) -> str:
        """Return the end of what the last program said."""
        with (self.folder / "output.txt").open("rb") as output:
            size = output.seek(0, os.SEEK_END)
            output.seek(max(0, size - most))
            return output.read().decode("utf-8", "replace")

    def program(self, name: str, *arguments: str | pathlib.Path, before: t.Sequence[str] = (), **extra: str) -> Spent:
        """Run a program of the benchmark, after the words of another one where it is given."""
        command = [*before, sys.executable, "-m", f"{PACKAGE}.{name}", *arguments]
        return self.spend(command, PYTHONPATH=str(COLLECTION.parents[2]), **extra)

    def module(self, options: t.Mapping[str, t.Any], module: str = MODULE, before: t.Sequence[str] = (), **extra: str) -> Spent:
        """Run a module of the collection as a program of its own."""
        arguments = self.folder / "arguments.json"
        arguments.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": dict(options)}), encoding="utf-8")
        return self.program("launch", module.rpartition(".")[2], arguments, before=before, **extra)


MOST_WARMED = 20_000

Runs = t.Mapping[str, t.Callable[[], Spent]]


def in_turn(measure: str, number: int, runs: Runs, rounds: int) -> list[Figure]:
    """Run several things in turn, again and again, so that what disturbs the machine disturbs all of them alike.

    The first round warms up and does not count; where there are few, because each takes long, it makes no difference and counts.
    """
    figures = {what: Figure(measure, what, number) for what in runs}
    warming = 1 if number <= MOST_WARMED else 0
    for turn in range(rounds + warming):
        for what, run in runs.items():
            spent = run()
            if turn >= warming:
                figures[what].seconds.append(spent.seconds)
                figures[what].cpu.append(spent.cpu)
                if spent.megabytes is not None:
                    figures[what].megabytes.append(spent.megabytes)
    for figure in figures.values():
        memory = f", {figure.peak:.0f} MB" if figure.megabytes else ""
        say(f"  {figure.what}, {number}: {figure.time:.3f} s{memory}")
    return list(figures.values())


def say(text: str) -> None:
    """Show how far the benchmark has come."""
    print(text, flush=True)
