# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide to AWX: its examples are files of the tests."""

from __future__ import annotations

import re
import textwrap

from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

GUIDE = COLLECTION / "docs" / "docsite" / "rst" / "guide_awx.rst"


def example(file: str) -> str:
    """Return the contents of a file that the guide shows under its name."""
    text = GUIDE.read_text(encoding="utf-8")
    (found,) = re.findall(rf"^( *)\.\. code-block:: yaml\n +:caption: {re.escape(file)}\n\n((?:\1   .*\n|\n)+)", text, re.MULTILINE)
    return textwrap.dedent(found[1]).strip() + "\n"
