# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks played as a user would, by programs of their own."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import typing as t

from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

TREE = COLLECTION.parents[2]
BIN = pathlib.Path(sys.executable).parent


def plain_environment(home: pathlib.Path, **variables: str) -> dict[str, str]:
    """Return an environment for programs of this Python's bin folder, without influence of that of the tests."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    path = os.pathsep.join((str(BIN), os.defpath))
    return {"LC_ALL": "C.UTF-8", **kept, "HOME": str(home), "PATH": path, "ANSIBLE_NOCOLOR": "1", **variables}


class Played(t.NamedTuple):
    """How a program ended, and all that it said."""

    status: int
    output: str

    def recap(self, count: str) -> int:
        """Return a count of the last line of ansible-playbook, such as changed or failed."""
        return int(self.output.rpartition(f" {count}=")[2].split()[0])


def play(environment: t.Mapping[str, str], *command: str | pathlib.Path, folder: pathlib.Path | None = None) -> Played:
    """Run a program of this Python's bin folder. folder: where, if not at home."""
    program, *arguments = command
    ended = subprocess.run(
        [BIN / program, *arguments],
        cwd=folder or environment["HOME"],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=600,
    )
    return Played(ended.returncode, ended.stdout)
