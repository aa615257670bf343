# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import User, command_line

FILES = Path(command_line.__file__).parent.parent
WAIT_SECONDS = 20


class Program:
    """The program in a process of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.ready_file = folder / "ready.json"
        command = [sys.executable, "-m", "em_mock", "--dataset=empty", f"--ready-file={self.ready_file}", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(FILES), "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")

    def ready(self) -> Any:
        """The content of the ready file, once it is there."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not self.ready_file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        return json.loads(self.ready_file.read_text(encoding="utf-8"))


@pytest.fixture
def programs() -> Iterator[list[Program]]:
    """Those that a test has started; they end with it."""
    started: list[Program] = []
    yield started
    for program in started:
        program.process.kill()
        program.process.communicate()


def test_it_says_where_it_is_and_ends_cleanly(programs: list[Program], tmp_path: Path) -> None:
    users = tmp_path / "users.json"
    users.write_text('[{"name": "a", "password": "b:c", "role": "portal_user"}]', encoding="utf-8")
    body = tmp_path / "body.xml"
    body.write_text("<recorded/>", encoding="utf-8")
    program = Program(tmp_path, f"--users-file={users}", f"--replay=/sessionMngr?v=1={body}", "--em-version=13")
    programs.append(program)
    ready = program.ready()
    assert ready["pid"] == program.process.pid
    assert ready["url"] == f"http://127.0.0.1:{ready['port']}"
    assert ready["ca_path"] is None
    with build_opener(ProxyHandler({})).open(f"{ready['url']}/api/sessionMngr?v=1", timeout=10) as answer:
        assert answer.read() == b"<recorded/>"
    with build_opener(ProxyHandler({})).open(f"{ready['url']}/_mock/settings", timeout=10) as answer:
        settings = json.loads(answer.read())
    assert settings["users"] == [{"name": "a", "role": "portal_user"}]
    assert settings["em_version"] == 13
    program.process.send_signal(signal.SIGTERM)
    output, errors = program.process.communicate(timeout=WAIT_SECONDS)
    assert (program.process.returncode, errors) == (0, "")
    assert len(output.splitlines()) == 1
    assert f"VEEAM_EM_PORT={ready['port']}" in output
    assert not program.ready_file.exists()


def test_it_ends_after_its_lifetime(programs: list[Program], tmp_path: Path) -> None:
    programs.append(Program(tmp_path, "--lifetime=0.2"))
    assert programs[0].process.wait(WAIT_SECONDS) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--user=nonsense"],
        ["--user=a:b:emperor"],
        ["--users-file=/nowhere/at/all"],
        ["--replay=nonsense"],
        ["--replay=/jobs=/nowhere/at/all"],
        ["--host=192.0.2.1"],
        ["--task-seconds=-1"],
    ],
)
def test_what_cannot_be_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        assert command_line.main(["--dataset=empty", "--lifetime=0", *arguments]) == 2
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert capsys.readouterr().err.startswith("em_mock: ")


def test_a_password_may_contain_colons() -> None:
    assert command_line.read_user("a:b:c:portal_user") == User("a", "b:c", "portal_user")


def test_the_defaults_are_those_of_the_settings() -> None:
    given = command_line.options().parse_args([])
    settings = command_line.read_settings(given)
    assert settings == type(settings)()
