# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A headless browser: what it has read without JavaScript, and what it shows.

It is spoken to in its own protocol (Chrome DevTools) over two pipes: commands and answers are JSON, each ended by a zero byte.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import typing as t
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome")


class Browser:
    """A browser with one page, in which JavaScript is off. Raises FileNotFoundError with the way out where there is none."""

    def __enter__(self) -> Browser:
        found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
        if not found:
            raise FileNotFoundError(f"None of {', '.join(_NAMES)} is installed. Install one, or name it in CHROMIUM.")
        self._profile = tempfile.TemporaryDirectory()
        read_end, self._commands = os.pipe()
        self._answers, write_end = os.pipe()
        options = (
            f"--headless --no-sandbox --disable-gpu --hide-scrollbars --remote-debugging-pipe --user-data-dir={self._profile.name}"
        )
        # the protocol has its commands on file 3 and its answers on file 4
        shell = f'exec "$0" {options} 3<&{read_end} 4>&{write_end}'
        self._process = subprocess.Popen(
            ["sh", "-c", shell, found], pass_fds=(read_end, write_end), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(read_end)
        os.close(write_end)
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")
        self._ask("Emulation.setScriptExecutionDisabled", value=True)
        return self

    def __exit__(self, *dummy: object) -> None:
        os.close(self._commands)
        os.close(self._answers)
        self._process.kill()
        self._process.wait()
        self._profile.cleanup()

    def open(self, page: Path) -> None:
        """Load a page, and wait until it is there."""
        self._ask("Page.navigate", url=page.as_uri())
        while self._message().get("method") != "Page.loadEventFired":
            pass

    def document(self) -> str:
        """Return the document that the browser made of the page, as HTML."""
        root = self._ask("DOM.getDocument")["root"]["nodeId"]
        return str(self._ask("DOM.getOuterHTML", nodeId=root)["outerHTML"])

    def picture(self, to: Path, width: int, height: int, dark: bool = False) -> None:
        """Write what the page looks like in a window of this width as PNG, from its top to at most this height."""
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[scheme])
        whole = self._ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, whole["height"]), "scale": 1}
        shot = self._ask("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        to.write_bytes(base64.b64decode(shot["data"]))

    def widest(self) -> float:
        """Return how wide the page is: wider than the window means that one has to scroll sideways."""
        return float(self._ask("Page.getLayoutMetrics")["cssContentSize"]["width"])

    def _ask(self, method: str, **parameters: t.Any) -> dict[str, t.Any]:
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            command["sessionId"] = self._session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self._number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return t.cast("dict[str, t.Any]", message["result"])

    def _message(self) -> dict[str, t.Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._answers, 1 << 20)
            if not piece:
                raise RuntimeError("The browser has ended.")
            self._rest += piece
        message, dummy, self._rest = self._rest.partition(b"\0")
        return t.cast("dict[str, t.Any]", json.loads(message))
