# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The Python libraries outside the standard library, imported at their first use.

PRIVATE to the collection: everything here may change without notice.
A late import keeps a module quick that does not need a library, and makes a missing one an error that a person understands.
"""

from __future__ import annotations

import importlib
import sys
import types

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors


def library(name: str, package: str) -> types.ModuleType:
    """Import a module by its dotted name; package is what pip calls it. Raises MissingLibrary."""
    try:
        return importlib.import_module(name)
    except ImportError as exc:
        raise _errors.MissingLibrary(
            f"The Python library {package} is needed and could not be imported by {sys.executable}: {exc}."
            f" Install it for that interpreter, for example with '{sys.executable} -m pip install {package}',"
            " or use an execution environment that has it."
        ) from exc
