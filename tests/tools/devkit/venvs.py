# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual environments with pinned contents, made once and made anew when their recipe changes."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devkit import get_pip
from devkit.layout import REQUIREMENTS, WORK
from devkit.process import clean_environment
from devkit.pythons import Python


@dataclass(frozen=True)
class Venv:
    """A virtual environment that is ready for use."""

    folder: Path

    @property
    def bin(self) -> Path:
        """The folder of its programs."""
        return self.folder / "bin"


def ensure_venv(name: str, python: Python, requirements: Sequence[str]) -> Venv:
    """Return the environment `.venv/NAME` of this Python with these files of `tests/requirements` installed.

    Raises CalledProcessError when the package index or the Python fails us.
    """
    venv = Venv(WORK / name)
    stamp = venv.folder / "recipe.txt"
    recipe = _recipe(venv, python)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == recipe:
        return venv
    print(f"making .venv/{name}: Python {python}, {', '.join(requirements)}", flush=True)
    started = time.monotonic()
    _make(venv, python, requirements)
    stamp.write_text(recipe, encoding="utf-8")
    print(f"made .venv/{name} in {time.monotonic() - started:.0f} s", flush=True)
    return venv


def _recipe(venv: Venv, python: Python) -> str:
    # The folder is part of it: a clone that was moved has environments that point to the old place.
    pins = (f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in sorted(REQUIREMENTS.glob("*.txt")))
    return "\n".join([str(venv.folder), str(python.executable), *pins])


def _make(venv: Venv, python: Python, requirements: Sequence[str]) -> None:
    shutil.rmtree(venv.folder, ignore_errors=True)
    interpreter = venv.bin / "python"
    files = [word for name in requirements for word in ("-r", REQUIREMENTS / name)]
    commands: list[list[str | Path]] = [
        [python.executable, "-m", "venv", "--without-pip", venv.folder],
        [interpreter, get_pip.__file__],
        [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *files],
    ]
    for command in commands:
        subprocess.run(command, env=clean_environment(), check=True)
