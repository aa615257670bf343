# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection as Galaxy takes it."""

from __future__ import annotations

import shutil
from pathlib import Path

from devkit.layout import COLLECTION
from devkit.process import capture
from devkit.workbench import Workbench


def build_artifact(bench: Workbench, folder: Path) -> Path:
    """Build the collection's tarball into `folder`, alone there, and return its path.

    Raises CalledProcessError when ansible-galaxy refuses to build it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    command: list[str | Path] = [bench.venv.bin / "ansible-galaxy", "collection", "build", "--output-path", folder]
    print(capture(command, cwd=COLLECTION, env=bench.environment), flush=True)
    (artifact,) = folder.glob("*.tar.gz")
    return artifact
