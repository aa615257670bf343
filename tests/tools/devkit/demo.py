# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demonstration: a simulated Enterprise Manager, a playbook against it, and one ad-hoc command."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from devkit.layout import TREE, WORK, collection_in
from devkit.workbench import Workbench, demo_workbench

RUN = WORK / "demo-run"
READY_FILE = RUN / "ready.json"
LOG_FILE = RUN / "mock.log"
START_TIMEOUT = 30  # seconds
STOP_TIMEOUT = 10  # seconds

CREDENTIALS = {"VEEAM_EM_USERNAME": "operator", "VEEAM_EM_PASSWORD": "demo-password"}
# The demonstration needs no inventory, and so no warnings about there being none.
QUIET = {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}
AD_HOC = (
    "ansible",
    "localhost",
    "-m",
    "backupops.veeam_em.em_backup_session_info",
    "-a",
    "running=true fields=job_name,state,progress",
)


def run_demo() -> int:
    """Play the demonstration from the clone. Return the exit code."""
    return 0 if play_demo(demo_workbench(), TREE) else 1


def play_demo(bench: Workbench, tree: Path) -> bool:
    """Play `playbooks/demo.yml` of the collection in a tree against its mock, and repeat its facts with an ad-hoc command.

    Return whether both passed.
    """
    collection = collection_in(tree)
    with _mock(bench, collection) as ready:
        connection = _connection(ready)
        play = {**connection, **QUIET, "ANSIBLE_COLLECTIONS_PATH": str(tree)}
        passed = bench.run("ansible-playbook", "playbooks/demo.yml", cwd=collection, extra=play)
        print(
            f"\nThe same facts from the command line:\n\n{_as_shell_lines(connection)}\n",
            flush=True,
        )
        return bench.run(*AD_HOC, cwd=collection, extra=play) and passed


@contextmanager
def _mock(bench: Workbench, collection: Path) -> Iterator[dict[str, Any]]:
    """Run the mock and yield its ready file: url, port, ca_path, pid."""
    shutil.rmtree(RUN, ignore_errors=True)
    RUN.mkdir(parents=True)
    command: list[str | Path] = [
        bench.venv.bin / "python",
        "-m",
        "em_mock",
        "--tls",
        "--certificate-directory",
        RUN / "tls",
        "--dataset",
        "small",
        "--ready-file",
        READY_FILE,
    ]
    environment = {**bench.environment, "PYTHONPATH": str(collection / "roles" / "mock_em" / "files")}
    with LOG_FILE.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=RUN, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield _wait_until_ready(process)
    finally:
        _stop(process)


def _wait_until_ready(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            ready: dict[str, Any] = json.loads(READY_FILE.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):  # not there yet, or half written
            time.sleep(0.1)
        else:
            return ready
    raise SystemExit(f"The simulated Enterprise Manager did not start:\n{LOG_FILE.read_text(encoding='utf-8')}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _connection(ready: dict[str, Any]) -> dict[str, str]:
    return {
        "VEEAM_EM_HOSTNAME": urlsplit(ready["url"]).hostname or "localhost",
        "VEEAM_EM_PORT": str(ready["port"]),
        "VEEAM_EM_CA_PATH": str(Path(ready["ca_path"])),
        **CREDENTIALS,
    }


def _as_shell_lines(connection: dict[str, str]) -> str:
    exports = [f"export {name}={shlex.quote(value)}" for name, value in connection.items()]
    return "\n".join([*exports, shlex.join(AD_HOC)])
