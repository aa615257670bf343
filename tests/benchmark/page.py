# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of the documentation: what is between its markers is written from the figures, the rest by hand."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import typing as t

from ansible_collections.backupops.veeam_em.tests.benchmark import slices, tables
from ansible_collections.backupops.veeam_em.tests.benchmark.figures import Figures
from ansible_collections.backupops.veeam_em.tests.benchmark.targets import targets

NAME = "performance.rst"
# The words around the figures, below the clone or a tree.
FRAME = "tests/benchmark/frame.rst"

BLOCKS: t.Mapping[str, t.Callable[[Figures], tables.Rows]] = {
    "targets": tables.of_targets,
    "plays": tables.of_plays,
    "time": tables.of_time,
    "memory": tables.of_memory,
    "growth": tables.of_growth,
    "shared logon": tables.of_shared_logon,
    "stops": tables.of_stops,
    "imports": tables.of_imports,
    "slowest": tables.of_slowest,
    "instructions": tables.of_instructions,
    "fleet": tables.of_fleet,
    "slices": slices.of_slices,
    "representations": tables.of_representations,
}


def filled(frame: str, figures: Figures) -> str:
    """Return the page with its blocks written anew. Raises ValueError for a page that lacks one."""
    text = with_block(frame, "machine", machine())
    for name, rows in BLOCKS.items():
        text = with_block(text, name, table(rows(figures)))
    return text


def with_block(text: str, name: str, block: str) -> str:
    """Return text with what is between the markers of a block replaced."""
    begin, end = f".. begin {name}\n", f".. end {name}\n"
    before, found, rest = text.partition(begin)
    dummy, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"The page has no block {name!r}.")
    return f"{before}{begin}\n{block}\n{end}{after}"


def table(rows: tables.Rows) -> str:
    """Return rows, the first of which is the head, as a table of reStructuredText."""
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for row in rows:
        lines += [f"   {'* -' if place == 0 else '  -'} {cell}".rstrip() for place, cell in enumerate(row)]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Return on what the figures were measured."""
    core = importlib.metadata.version("ansible-core")
    return f"{os.cpu_count()} cores, {platform.system()}, ansible-core {core}, Python {platform.python_version()}.\n"


def targets_as_text(figures: Figures) -> str:
    """Return the targets for the terminal."""
    cells = (target.cells for target in targets(figures))
    return "\n".join(f"{what}: {measured or '-'} ({most}): {met}" for what, most, measured, met in cells)
