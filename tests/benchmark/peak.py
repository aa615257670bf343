# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The most memory that a process had, told by itself.

What the system tells of an ended child (ru_maxrss) is on Linux at least what its parent had when it started the child.
"""

from __future__ import annotations

import os
import pathlib
import sys

PEAK_FILE = "EM_BENCHMARK_PEAK"


def tell_peak() -> None:
    """Write the megabytes into the file that the environment names; where the system does not tell them, write nothing."""
    sys.stdout.flush()
    status = pathlib.Path("/proc/self/status")
    if PEAK_FILE in os.environ and status.exists():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        pathlib.Path(os.environ[PEAK_FILE]).write_text(str(kilobytes / 1024), encoding="ascii")
