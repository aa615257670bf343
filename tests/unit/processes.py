# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Modules as processes of their own, against a simulated EM in this one."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import typing as t

from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

_PROGRAM = """
import importlib, json, sys
from ansible_collections.backupops.veeam_em.tests.unit.support import patch_module_args

with patch_module_args(json.load(sys.stdin)):
    importlib.import_module("ansible_collections.backupops.veeam_em.plugins.modules." + sys.argv[1]).main()
"""


def until(holds: t.Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until something holds; tell whether it does."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


def python_environment() -> dict[str, str]:
    """Return an environment in which a new Python finds the collection and all that this one finds."""
    root = pathlib.Path(*COLLECTION.parts[: COLLECTION.parts.index("ansible_collections")])
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *sys.path])}


def allow_interrupts() -> None:
    """Let Ctrl-C reach a process that is about to start: what runs in the background of a shell has it ruled out."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def module_process(module: str, options: t.Mapping[str, t.Any]) -> t.Iterator[subprocess.Popen[str]]:
    """A module that runs with the options that are not None. It is waited for at the end."""
    given = {name: value for name, value in options.items() if value is not None}
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=python_environment(),
        text=True,
        preexec_fn=allow_interrupts,
    ) as process:
        if process.stdin is None:
            raise AssertionError("the process has no standard input")
        process.stdin.write(json.dumps(given))
        process.stdin.close()
        process.stdin = None
        try:
            yield process
        finally:
            process.kill()
