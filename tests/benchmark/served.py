# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Simulated Enterprise Managers in processes of their own, which answer with bodies that were made before."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import typing as t

import requests

from ansible_collections.backupops.veeam_em.tests.benchmark.site import COLLECTION, Site

START_SECONDS = 120
USER, PASSWORD = "operator", "demo-password"

Replays = t.Mapping[str, pathlib.Path]


@dataclasses.dataclass(frozen=True)
class Em:
    """One of them: its URL, and its certificate where it has one."""

    url: str
    port: int
    ca_path: str | None

    @property
    def options(self) -> dict[str, t.Any]:
        """The options by which a module connects to it."""
        options = {"hostname": self.host, "port": self.port, "username": USER, "password": PASSWORD}
        return {**options, "ca_path": self.ca_path} if self.ca_path else {**options, "scheme": "http"}

    @property
    def host(self) -> str:
        """The name that its certificate is for, or its address."""
        return "localhost" if self.ca_path else "127.0.0.1"

    @property
    def base(self) -> str:
        """Its URL by that name."""
        return f"{self.url.partition(':')[0]}://{self.host}:{self.port}"

    def requests(self) -> list[dict[str, t.Any]]:
        """Return the requests that came since the last call, and forget them."""
        found: list[dict[str, t.Any]] = self.control("GET", "requests")["requests"]
        self.control("DELETE", "requests")
        return found

    def control(self, method: str, path: str, body: t.Mapping[str, t.Any] | None = None) -> dict[str, t.Any]:
        """Send a request to the control URL, and return its answer."""
        url = f"{self.base}/_mock/{path}"
        answer = requests.request(method, url, json=body, verify=self.ca_path or True, timeout=60)
        answer.raise_for_status()
        result: dict[str, t.Any] = answer.json()
        return result


@contextlib.contextmanager
def served(site: Site, replays: Replays, number: int = 1, tls: bool = False, **settings: float) -> t.Iterator[list[Em]]:
    """Run so many simulated Enterprise Managers that answer paths with files. settings: of the simulated one, by their names."""
    with contextlib.ExitStack() as stack:
        folders = [pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(dir=site.folder))) for dummy in range(number)]
        processes = [stack.enter_context(_process(site, folder, replays, tls, settings)) for folder in folders]
        yield [_ready(folder, process) for folder, process in zip(folders, processes)]


@contextlib.contextmanager
def _process(
    site: Site, folder: pathlib.Path, replays: Replays, tls: bool, settings: t.Mapping[str, float]
) -> t.Iterator[subprocess.Popen[bytes]]:
    command: list[str | pathlib.Path] = [sys.executable, "-m", "em_mock", "--dataset", "empty", "--ready-file", folder / "ready"]
    for name, value in settings.items():
        command += [f"--{name.replace('_', '-')}", str(value)]
    for path, file in replays.items():
        command += ["--replay", f"{path}={file}"]
    if tls:
        command += ["--tls", "--certificate-directory", folder / "tls"]
    environment = site.environment(PYTHONPATH=str(COLLECTION / "roles" / "mock_em" / "files"))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _ready(folder: pathlib.Path, process: subprocess.Popen[bytes]) -> Em:
    """Wait until a simulated Enterprise Manager listens."""
    end = time.monotonic() + START_SECONDS
    while not (folder / "ready").exists():
        if time.monotonic() > end or process.poll() is not None:
            raise RuntimeError(f"The simulated Enterprise Manager did not start:\n{(folder / 'log').read_text(encoding='utf-8')}")
        time.sleep(0.05)
    facts = json.loads((folder / "ready").read_text(encoding="utf-8"))
    return Em(facts["url"], facts["port"], facts["ca_path"])
