# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading from a hostile server in a process of its own, whose memory tells what the read has cost at its peak."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import re
import resource
import select
import signal
import subprocess
import sys
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import HostileServer
from ansible_collections.backupops.veeam_em.tests.unit.attack.reading import read_from

MODULE = "ansible_collections.backupops.veeam_em.tests.unit.attack.measured"
# A read that takes longer hangs.
SECONDS = 60
# What a read may take at its peak, besides the sessions that it returns.
MOST_MEMORY = 256 * 1024 * 1024


@dataclasses.dataclass(frozen=True)
class Measured:
    """What came of a read: how many sessions, or the error's kind and message; and by how many bytes memory grew at its peak."""

    count: int | None
    kind: str | None
    message: str
    growth: int = 0

    def names(self, cause: str) -> None:
        """Assert that the error's message says what was being done and names the cause, a regular expression."""
        assert re.match("Cannot .*: ", self.message)
        assert re.search(cause, self.message)


class Measurer:
    """A context manager: a process that has read from a calm server once, and that divides itself for each read to be measured."""

    def __init__(self, calm: HostileServer) -> None:
        self._calm = calm
        self._process = self._started()

    def __enter__(self) -> Measurer:
        return self

    def __exit__(self, *dummy: object) -> None:
        # the copy that is reading goes with it
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    def read(self, server: HostileServer, kind: str = "backup", **options: t.Any) -> Measured:
        """Return what comes of reading the sessions of a server. Fails when that takes more than SECONDS."""
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        print(json.dumps([server.port, kind, options]), file=into, flush=True)
        if not select.select([out], [], [], SECONDS)[0]:
            self.__exit__()
            self._process = self._started()
            raise AssertionError(f"the read took more than {SECONDS} s")
        return Measured(**json.loads(out.readline()))

    def _started(self) -> subprocess.Popen[str]:
        here = pathlib.Path(__file__).parts
        root = pathlib.Path(*here[: here.index("ansible_collections")])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *sys.path])}
        command = [sys.executable, "-m", MODULE, str(self._calm.port)]
        return subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )


def main() -> None:
    """Read from the port that is the argument; then do what each line of standard input says, in a copy of this process."""
    read_from(int(sys.argv[1]))
    for line in sys.stdin:
        copy = os.fork()
        if copy:
            os.waitpid(copy, 0)
            continue
        before = _peak()
        found = _read(*json.loads(line))
        print(json.dumps({**dataclasses.asdict(found), "growth": _peak() - before}), flush=True)
        os._exit(0)


def _read(port: int, kind: str, options: dict[str, t.Any]) -> Measured:
    try:
        return Measured(read_from(port, kind, **options).result["count"], None, "")
    except EmError as error:
        return Measured(None, error.kind, str(error))
    except Exception as error:
        return Measured(None, "crash", repr(error))


def _peak() -> int:
    """Return the most memory that this process ever had, in bytes.

    ru_maxrss would be that of the process that it comes from, where that was more: only Linux's own figure begins anew.
    """
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    main()
