# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes what playbooks need into a folder: write.py FOLDER MODULE...

Reads files as a JSON object, names to contents. To them come the tasks of each module; these differ only in its name, for which
older releases of ansible-core take no template where there are defaults for the module.
"""

from __future__ import annotations

import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
tasks = pathlib.Path(__file__).with_name("project").joinpath("module.yml.in").read_text(encoding="utf-8")
files = json.load(sys.stdin)
files.update({f"tasks/{module}.yml": tasks.replace("@module@", module) for module in sys.argv[2:]})
for name, content in files.items():
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
