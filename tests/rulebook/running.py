# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The real ansible-rulebook as a process, with the collection, a simulated EM and a folder of its own."""

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

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm

HERE = pathlib.Path(__file__).resolve().parent
FILES = HERE / "files"
_ROOT = pathlib.Path(*HERE.parts[: HERE.parts.index("ansible_collections")])
_BIN = pathlib.Path(sys.executable).parent
_PATIENCE = 90

INVENTORY = {"all": {"hosts": {"localhost": {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}}}}


class Rulebook:
    """A rulebook that can be started and ended several times. variables: for its rules. options: of ansible-rulebook."""

    def __init__(self, name: str, em: MockEm, folder: pathlib.Path, *options: str, **variables: t.Any) -> None:
        self._em = em
        self._folder = folder
        self._log = folder / "rulebook.log"
        (folder / "home").mkdir()
        for file, content in (("inventory.json", INVENTORY), ("vars.json", variables)):
            (folder / file).write_text(json.dumps(content), encoding="utf-8")
        self._command = [
            str(_BIN / "ansible-rulebook"),
            *("--rulebook", name, "--inventory", str(folder / "inventory.json"), "--vars", str(folder / "vars.json")),
            *options,
        ]

    @property
    def log(self) -> str:
        """All that the processes have said so far."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def until(self, what: str, holds: t.Callable[[], bool]) -> None:
        """Wait until something holds. Raises AssertionError, which says what did not come about, with the log."""
        end = time.monotonic() + _PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"not within {_PATIENCE} s: {what}\n{self.log}")
            time.sleep(0.05)

    @contextlib.contextmanager
    def running(self) -> t.Iterator[subprocess.Popen[bytes]]:
        """A process of it that has looked at EM at least once. At the end it is gone, killed if need be."""
        before = len(self._em.requests)
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                self._command,
                cwd=FILES,
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self.until("the source has looked", lambda: self._has_looked(before) or process.poll() is not None)
            if process.returncode is not None:
                raise AssertionError(f"ansible-rulebook ended with {process.returncode}:\n{self.log}")
            yield process
        finally:
            self.kill(process)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End it at once, with all that it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _has_looked(self, before: int) -> bool:
        """Tell whether two queries have been answered since then: those of what runs and of what ended."""
        return sum(entry.path == "/api/query" and entry.status == 200 for entry in list(self._em.requests)[before:]) >= 2

    def _environment(self) -> dict[str, str]:
        """Return an environment that has the connection and nothing of the test run that could interfere."""
        kept = {name: os.environ[name] for name in ("JAVA_HOME", "LANG") if name in os.environ}
        return {
            **kept,
            "PATH": os.pathsep.join([str(_BIN), os.defpath, "/usr/local/bin"]),
            "HOME": str(self._folder / "home"),
            "ANSIBLE_COLLECTIONS_PATH": str(_ROOT),
            "LC_ALL": "C.UTF-8",
            # the JVM inside ansible-rulebook would otherwise end the process at SIGTERM before any source could log out
            "JAVA_TOOL_OPTIONS": "-Xrs",
            "EDA_JOB_TEMPLATE_REFRESH_DELAY": "0.2",
            "VEEAM_EM_HOSTNAME": "127.0.0.1",
            "VEEAM_EM_PORT": str(self._em.port),
            "VEEAM_EM_SCHEME": "http",
            "VEEAM_EM_USERNAME": "operator",
            "VEEAM_EM_PASSWORD": "demo-password",
        }
