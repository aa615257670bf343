# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the page of the documentation that says what becomes of a fault, from a run of the tests in tests/unit/faults.

Run it from a clone or a collection tree, with the collection on PYTHONPATH. With --check nothing is written, and the exit status
tells whether something would be. The exit status is 1 as well when a test fails.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

COLLECTION = pathlib.Path(__file__).resolve().parents[2]
PAGE = COLLECTION / "docs" / "docsite" / "rst" / "faults.rst"
TESTS = "tests/unit/faults"
REPRESENTATION = "Read as"

Row = dict[str, str]

INTRODUCTION = """\
.. Written by tests/tools/fault_matrix.py from a run of tests/unit/faults: change those.

.. _ansible_collections.backupops.veeam_em.docsite.faults:

What becomes of a fault
=======================

A fault ends in the right data or in one clear error, and the logon session is closed. This page says of {number} faults what
came of them when the tests played them against the simulated Enterprise Manager (role ``mock_em``). It is written from that run.

One fault is not always noticed: when a session is deleted from the database of Enterprise Manager while sessions are read in
pages, another one can move to a page that has been read already. The pages are read again when there are fewer than before.

Outcome
    The data, or words of the error (``msg``), which begins with what was being done. A warning is told where there is one, but for
    those of pauses: each pause is told in a warning.
error.kind
    What ``error.kind`` of the failed task says; *none* for a task that did not fail.
Requests
    All that were sent, the logon and the logout among them. Without a fault a read takes three: logon, read, logout.
Pauses
    How often the task paused before it tried again. *Growing* pauses are 0.5, 1, 2, 4 and then 8 seconds long at most.
Left open
    Logon sessions that were still open at the end. The module closes its own; where a fault keeps it from that, Enterprise Manager
    closes them after 15 idle minutes.
Stops sent, took effect
    How many requests to stop a session were sent, and how many sessions began to stop. No stop is sent a second time before the
    state was read and showed that the first one did not arrive.

Options are as by default, with these exceptions: ``timeout`` is 1 second where a server falls silent, and sessions are stopped and
awaited with ``wait_interval: 10`` and ``wait_timeout: 100``. The session that is stopped or awaited ends after 28 seconds.
"""

AREAS = {
    "Connecting": "Reads of a server that cannot be reached. No request arrives.",
    "Connecting: TLS": "",
    "Connecting: through a proxy": "The proxy is that of ``HTTPS_PROXY``.",
    "Reading: connections that break": "*Once* means at the first try, *always* at each.",
    "Reading: silence": "Nothing comes within ``timeout``, or next to nothing. Such a read is not tried again.",
    "Reading: statuses": "",
    "Reading: logon sessions that end": "",
    "Reading: bodies": "The status is 200 where no other one is named.",
    "Reading: pages": "Five sessions on pages of two, newest first.",
    "Redirects": "No redirect is followed; nothing goes to where it leads.",
    "Stopping: the request to stop": "",
    "Stopping: the task": "Enterprise Manager has accepted the request and made a task, which says whether the session will stop.",
    "Stopping: waiting for the end": "The session is stopping, and looked at every ten seconds.",
    "Waiting for sessions": "The module ``em_session_wait`` waits for a session that runs.",
    "Tasks that are told to end": "A job of AWX that is cancelled sends ``SIGTERM``, Ctrl-C sends ``SIGINT``.",
}
"""The sections in their order, each with a word on what its faults have in common."""


def played() -> list[tuple[str, Row]]:
    """Run the tests; return the rows that they recorded. Raises CalledProcessError when one fails."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "rows.json"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TESTS]
        subprocess.run(command, cwd=COLLECTION, env={**os.environ, "EM_FAULT_MATRIX": str(file)}, check=True)
        rows: list[tuple[str, Row]] = json.loads(file.read_text(encoding="utf-8"))
        return rows


def merged(rows: list[Row]) -> list[Row]:
    """Return rows, with one for both representations where they are alike, and without that column where it says nothing."""
    found: list[Row] = []
    for dummy, alike in itertools.groupby(rows, lambda row: {**row, REPRESENTATION: ""}):
        several = list(alike)
        both = " and ".join(dict.fromkeys(row.get(REPRESENTATION, "") for row in several))
        found.append({**several[0], REPRESENTATION: both})
    if len({row[REPRESENTATION] for row in found}) == 1:
        found = [{name: text for name, text in row.items() if name != REPRESENTATION} for row in found]
    return found


def escaped(text: str) -> str:
    """Return text as reStructuredText that means nothing else."""
    return re.sub(r"[\\*`|]|_(?!\w)", r"\\\g<0>", text)


def table(rows: list[Row]) -> str:
    """Return rows as a table."""
    lines = [".. list-table::", "   :header-rows: 1", "   :widths: auto", ""]
    for cells in (list(rows[0]), *(list(row.values()) for row in rows)):
        lines += [f"   {'* -' if place == 0 else '  -'} {escaped(cell)}" for place, cell in enumerate(cells)]
    return "\n".join(lines)


def page(rows: list[tuple[str, Row]]) -> str:
    """Return the page. Raises KeyError for an area without a section."""
    by_area: dict[str, list[Row]] = {area: [] for area in AREAS}
    for area, row in rows:
        by_area[area].append(row)
    tables = {area: merged(of_area) for area, of_area in by_area.items() if of_area}
    parts = [INTRODUCTION.format(number=sum(map(len, tables.values())))]
    for area, of_area in tables.items():
        parts += [f"{area}\n{'-' * len(area)}\n", *([AREAS[area] + "\n"] if AREAS[area] else []), table(of_area) + "\n"]
    return "\n".join(parts)


def main() -> int:
    """Write the page, or with --check only compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when the page is not up to date")
    check = parser.parse_args().check
    try:
        text = page(played())
    except subprocess.CalledProcessError:
        print("The page was not made, because a test failed.")
        return 1
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.relative_to(COLLECTION)}: {'not up to date, run: make docs' if check else 'written'}")
    if not check:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
    return 1 if check else 0


if __name__ == "__main__":
    sys.exit(main())
