# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where things lie: all that the tools make is inside the clone, under `.venv`, which git ignores."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
REQUIREMENTS = ROOT / "tests" / "requirements"
TOOLS = ROOT / "tests" / "tools"

WORK = ROOT / ".venv"
CACHE = WORK / "cache"
TREE = WORK / "tree"
COLLECTION_PACKAGE = "ansible_collections.backupops.veeam_em"


def collection_in(tree: Path) -> Path:
    """Return where the collection lies in a tree."""
    return tree.joinpath(*COLLECTION_PACKAGE.split("."))


COLLECTION = collection_in(TREE)
