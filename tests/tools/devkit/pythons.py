# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Pythons of this machine, and which ansible-core each of them can run.

Version managers put wrappers ("shims") on PATH that look like interpreters and fail when no version is selected.
ansible-test believes them, so every candidate is run once: what it says is its real path counts, what fails is out.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

OLDEST_TARGET = (3, 9)
OLDEST_FOR_TOOLS = (3, 11)

# ansible-core: (oldest Python of the controller, newest Python), as each release's ansible-test has them.
CORES = {
    "2.16": ((3, 10), (3, 12)),
    "2.17": ((3, 10), (3, 12)),
    "2.18": ((3, 11), (3, 13)),
    "2.19": ((3, 11), (3, 13)),
    "2.20": ((3, 12), (3, 14)),
    "2.21": ((3, 12), (3, 14)),
}
NEWEST_KNOWN = max(newest for dummy, newest in CORES.values())

INTERPRETER = re.compile(r"python(\d+)\.(\d+)")
# Of a virtual environment, the interpreter that it was made from. Without ensurepip and pip nothing can be installed.
PROBE = """
import sys
from importlib.util import find_spec as has
print(getattr(sys, "_base_executable", sys.executable) if has("venv") and (has("ensurepip") or has("pip")) else "")
"""


@dataclass(frozen=True, order=True)
class Python:
    """An interpreter that works: its version, e.g. (3, 12), and its real path."""

    version: tuple[int, int]
    executable: Path

    def __str__(self) -> str:
        return label(self.version)


def label(version: tuple[int, int]) -> str:
    """Write a version as ansible-test and people do: `3.12`."""
    return f"{version[0]}.{version[1]}"


def find_pythons() -> list[Python]:
    """Return one Python of each version from 3.9, the oldest first.

    Looked at are PATH and, next to a version manager's shims, its installed versions.
    The environment variable EM_TEST_PYTHONS (`3.9 3.12`) restricts them.
    """
    wanted = os.environ.get("EM_TEST_PYTHONS", "").replace(",", " ").split()
    found: dict[tuple[int, int], Python] = {}
    for version, candidate in _candidates(_folders()):
        relevant = OLDEST_TARGET <= version <= NEWEST_KNOWN and (not wanted or label(version) in wanted)
        if not relevant or version in found:
            continue
        executable = _real_path(candidate)
        if executable:
            found[version] = Python(version, executable)
    return sorted(found.values())


def search_path(first: Path, pythons: Sequence[Python]) -> str:
    """Return a PATH: `first`, the real folders of `pythons`, then the present PATH without folders of failing shims."""
    real = [python.executable.parent for python in pythons]
    served = {python.version for python in pythons}
    rest = [folder for folder in _path_folders() if not _holds_failing(folder, served)]
    return os.pathsep.join(dict.fromkeys(str(folder) for folder in (first, *real, *rest)))


def controllers(core: str, pythons: Iterable[Python]) -> list[Python]:
    """Return those of `pythons` that can run this ansible-core."""
    oldest, newest = CORES[core]
    return [python for python in pythons if oldest <= python.version <= newest]


def targets(core: str, pythons: Iterable[Python]) -> list[Python]:
    """Return those of `pythons` on which this ansible-core can run our modules."""
    newest = CORES[core][1]
    return [python for python in pythons if OLDEST_TARGET <= python.version <= newest]


def best_pair(pythons: Sequence[Python]) -> tuple[str, Python]:
    """Return the newest ansible-core that can be had and the oldest Python that runs it (most wheels, best tried)."""
    new_enough = [python for python in pythons if python.version >= OLDEST_FOR_TOOLS]
    for core in reversed(CORES):
        usable = controllers(core, new_enough)
        if usable:
            return core, usable[0]
    names = ", ".join(map(str, pythons)) or "none"
    raise SystemExit(
        f"A Python of {label(OLDEST_FOR_TOOLS)} to {label(NEWEST_KNOWN)} with venv and pip (or ensurepip) "
        f"is needed; usable here: {names}."
    )


def _path_folders() -> list[Path]:
    return [Path(entry) for entry in os.environ.get("PATH", os.defpath).split(os.pathsep) if entry]


def _folders() -> Iterator[Path]:
    for folder in _path_folders():
        yield folder
        if folder.name == "shims":
            yield from sorted(folder.parent.glob("versions/*/bin"))  # pyenv
            yield from sorted(folder.parent.glob("installs/python/*/bin"))  # asdf, mise


def _candidates(folders: Iterable[Path]) -> Iterator[tuple[tuple[int, int], Path]]:
    for folder in folders:
        for path in sorted(folder.glob("python[0-9].*")):
            match = INTERPRETER.fullmatch(path.name)
            if match and os.access(path, os.X_OK):
                yield (int(match[1]), int(match[2])), path


def _holds_failing(folder: Path, served: set[tuple[int, int]]) -> bool:
    others = (path for version, path in _candidates([folder]) if version not in served)
    return any(_real_path(path) is None for path in others)


def _real_path(candidate: Path) -> Path | None:
    # ansible-test gives its children little more than these two, which is what makes some shims fail.
    env = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    try:
        probe = subprocess.run([candidate, "-c", PROBE], env=env, check=True, text=True, capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    answer = probe.stdout.strip()
    return Path(answer) if answer else None
