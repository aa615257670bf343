# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The event source as a program of its own, as the guide on it says: it shows events until Ctrl-C."""

from __future__ import annotations

import pathlib
import signal
import subprocess
import sys
from functools import partial

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.extensions.eda.plugins.event_source.running import failing
from ansible_collections.backupops.veeam_em.tests.unit.processes import python_environment, until
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION, options_for, sent

PROGRAM = COLLECTION / "extensions" / "eda" / "plugins" / "event_source" / "em_sessions.py"


def test_it_shows_the_events_and_logs_out_at_ctrl_c(em: MockEm, tmp_path: pathlib.Path) -> None:
    names = ("hostname", "port", "scheme", "username", "password")
    connection = {f"VEEAM_EM_{name.upper()}": str(value) for name, value in options_for(em).items() if name in names}
    shown, said = tmp_path / "shown", tmp_path / "said"
    with shown.open("w") as output, said.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM)],
            stdout=output,
            stderr=errors,
            env={**python_environment(), **connection, "HOME": str(tmp_path)},
            # what runs in the background of a shell has Ctrl-C ruled out, and so had this test
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        try:
            assert until(lambda: len(sent(em, "GET", "query")) == 2), said.read_text()  # its first look
            failing(em, "Daily SQL")()
            assert until(lambda: "Daily SQL" in shown.read_text()), said.read_text()
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0, said.read_text()
        finally:
            process.kill()
            process.wait()
    assert not em.logon_sessions
