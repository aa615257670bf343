# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Starting other programs: a clean environment, the output streamed or captured."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

# What a shell may carry that would change what a child does: another virtual environment, Ansible's settings,
# somebody's Enterprise Manager, the make that called us, the git hook we may be running in.
FOREIGN_PREFIXES = ("ANSIBLE_", "GIT_", "MAKE", "MFLAGS", "PYTHON", "PYENV_VERSION", "VEEAM_EM_", "VIRTUAL_ENV")
FOREIGN_PIP = {"PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET", "PIP_USER"}


def clean_environment(**extra: str) -> dict[str, str]:
    """Return our environment without what is foreign to the tests, with `extra`, and in a UTF-8 locale."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN_PREFIXES) and k not in FOREIGN_PIP}
    # Ansible refuses to start in a locale that is not UTF-8.
    locale = kept.get("LC_ALL") or kept.get("LC_CTYPE") or kept.get("LANG") or ""
    if "utf" not in locale.lower():
        kept["LC_ALL"] = "C.UTF-8"
    return {**kept, **extra}


def run(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str], log: Path | None = None) -> bool:
    """Show `command` and run it, its output going straight to ours, or into a log. Return whether it exited with 0."""
    words = [str(word) for word in command]
    print(f"$ {shlex.join(words)}", flush=True)
    with contextlib.nullcontext() if log is None else log.open("wb") as output:
        ended = subprocess.run(words, cwd=cwd, env=dict(env), check=False, stdout=output, stderr=output)
    return ended.returncode == 0


def capture(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str]) -> str:
    """Return what `command` writes to its standard output; raise CalledProcessError when it fails."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=cwd, env=dict(env), check=True, stdout=subprocess.PIPE, text=True).stdout
