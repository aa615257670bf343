# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signals that end a task. They are sent to processes of their own."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from ansible_collections.backupops.veeam_em.tests.unit.processes import allow_interrupts, python_environment

BEGIN = """
import os, signal, time
from ansible_collections.backupops.veeam_em.plugins.module_utils._ending import Ending
"""
MADE = """
class Answer:
    def __init__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        self.body = None

    def __del__(self):
        self.body.close()

with Ending():
    Answer()
"""
THROWN_AWAY = """
class Answer:
    def __del__(self):
        os.kill(os.getpid(), signal.{name})

try:
    with Ending() as ending:
        try:
            with ending.insisting():
                Answer()
                time.sleep(3)
                print("awake")
        finally:
            time.sleep(1)
            print("cleaned up")
finally:
    print("over")
"""


def ended(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BEGIN + program],
        env=python_environment(),
        preexec_fn=allow_interrupts,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_cut_short_while_it_is_made_says_nothing() -> None:
    process = ended(MADE)
    assert (process.returncode, process.stderr) == (128 + signal.SIGTERM, "")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_that_falls_into_a_finalizer_is_not_lost_and_leaves_the_cleaning_up_alone(name: str) -> None:
    process = ended(THROWN_AWAY.format(name=name))
    assert process.stdout.split("\n") == ["cleaned up", "over", ""]
    assert process.returncode != 0


def test_ctrl_c_stays_ruled_out_where_it_is() -> None:
    process = ended(
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\nwith Ending():\n    os.kill(os.getpid(), signal.SIGINT)\nprint('on')"
    )
    assert (process.stdout, process.returncode) == ("on\n", 0)


def test_handlers_are_put_back() -> None:
    process = ended(
        "before = signal.getsignal(signal.SIGTERM)\nwith Ending():\n    pass\nprint(signal.getsignal(signal.SIGTERM) == before)"
    )
    assert process.stdout == "True\n"
