# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a module of the collection as a program, and tell how much memory it took: `launch MODULE ARGUMENTS.json`."""

from __future__ import annotations

import importlib
import sys

from ansible_collections.backupops.veeam_em.tests.benchmark.peak import tell_peak

if __name__ == "__main__":
    module = sys.argv.pop(1)
    try:
        importlib.import_module(f"ansible_collections.backupops.veeam_em.plugins.modules.{module}").main()
    finally:
        tell_peak()
