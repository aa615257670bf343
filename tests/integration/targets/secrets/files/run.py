# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a command that writes into a folder of its own: run.py FOLDER COMMAND [ARGUMENT...], exit status as the command's.

The folder gets what the command says as `stdout` and `stderr`, and those folders that the environment names for its files.
"""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
for path in (folder, pathlib.Path(os.environ["HOME"]), pathlib.Path(os.environ["TMPDIR"])):
    path.mkdir(mode=0o700)
with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
    sys.exit(subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=out, stderr=err, check=False).returncode)
