# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where awx.awx comes from: it is taken out of the package ansible of a Python package index, once."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

_REQUIREMENT = COLLECTION / "tests" / "requirements" / "awx-collection.txt"
_CONTENT = "ansible_collections/awx/awx/"


def awx_collections() -> pathlib.Path:
    """Return a folder for ANSIBLE_COLLECTIONS_PATH that has awx.awx, and fill it when it has not.

    The folder is that of the environment variable EM_AWX_COLLECTIONS, or one in the clone.
    Raises CalledProcessError when pip fails.
    """
    folder = pathlib.Path(os.environ.get("EM_AWX_COLLECTIONS", COLLECTION / ".venv" / "cache" / "awx"))
    if not (folder / _CONTENT / "MANIFEST.json").exists():
        _fill(folder)
    return folder


def _fill(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # beside its place, so that it is there as a whole or not at all
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        command = (
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            scratch,
            "--requirement",
            _REQUIREMENT,
        )
        subprocess.run(command, check=True)
        (wheel,) = pathlib.Path(scratch).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(scratch, [name for name in archive.namelist() if name.startswith(_CONTENT)])
        place = folder / _CONTENT
        place.parent.mkdir(parents=True, exist_ok=True)
        (pathlib.Path(scratch) / _CONTENT).rename(place)
