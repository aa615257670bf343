# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure g: instructions per session, which do not depend on what else the machine does."""

from __future__ import annotations

import re
import shutil

from ansible_collections.backupops.veeam_em.tests.benchmark.bodies import Bodies
from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figure
from ansible_collections.backupops.veeam_em.tests.benchmark.served import served
from ansible_collections.backupops.veeam_em.tests.benchmark.site import Failed, Site, say

# the order in dictionaries decides how many instructions it takes
STEADY = {"PYTHONHASHSEED": "0"}

_COLLECTED = re.compile(r"Collected : (\d+)")


def count_instructions(site: Site, bodies: Bodies) -> list[Figure]:
    """Count the instructions of the module's process at two numbers of sessions. Nothing without valgrind."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        say("  valgrind is not here: no instructions are counted")
        return []
    before = [valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    figures = []
    for number in site.scale.counted:
        with served(site, {"/api/backupSessions": bodies.collection(number)}) as (em,):
            em.control("PATCH", "settings", {"replay_needs_logon": False})
            options = {**em.options, "timeout": 600}
            site.program("floor", "read", f"{em.base}/api/backupSessions", before=before, **STEADY)
            figures.append(_counted(site, "floor", number))
            for what in ("summary_only", "all"):
                site.module({**options, "summary_only": what == "summary_only"}, before=before, **STEADY)
                figures.append(_counted(site, what, number))
    return figures


def _counted(site: Site, what: str, number: int) -> Figure:
    """Return the instructions that valgrind has told last, behind what the program itself had to say."""
    found = _COLLECTED.search(site.output())
    if found is None:
        raise Failed(f"valgrind counted nothing:\n{site.output()}")
    say(f"  {what}, {number}: {float(found[1]) / 1e6:.0f} million instructions")
    return Figure("g", what, number, counts={"instructions": float(found[1])})
