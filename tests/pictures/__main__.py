# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Play the report on each estate, read the pages in a browser, and take their pictures."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import typing as t
from pathlib import Path

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.pictures import estates
from ansible_collections.backupops.veeam_em.tests.pictures.browser import Browser

html: t.Any = importlib.import_module("lxml.html")
_VIEWS = {
    "wide": (1200, 1800, False),
    "wide-dark": (1200, 1800, True),
    "narrow": (400, 3000, False),
    "narrow-dark": (400, 3000, True),
}
# The picture that the documentation shows.
_SHOWN = ("failures", "wide")


def main() -> int:
    """Write the pictures into the folder that is named, and the one that is shown into the documentation, where that is named."""
    folder = Path(sys.argv[1]).absolute()
    with Browser() as browser:
        for estate in estates.ESTATES:
            target = folder / estate.name
            _report(estate, target)
            browser.open(target / "sessions.html")
            _check(browser, json.loads((target / "sessions.json").read_text(encoding="utf-8")))
            for view, (width, height, dark) in _VIEWS.items():
                browser.picture(target / f"{view}.png", width, height, dark)
                if browser.widest() > width:
                    raise AssertionError(f"{estate.name}: the page is wider than {width} px")
                print(target / f"{view}.png", flush=True)
    if len(sys.argv) > 2:
        shutil.copy(folder / _SHOWN[0] / f"{_SHOWN[1]}.png", sys.argv[2])
    return 0


def _report(estate: estates.Estate, folder: Path) -> None:
    """Play the playbook of the collection against a simulated Enterprise Manager."""
    with MockEm(Settings(dataset="empty")) as em:
        estate.fill(em)
        connection = {
            "HOSTNAME": "127.0.0.1",
            "PORT": str(em.port),
            "SCHEME": "http",
            "USERNAME": "operator",
            "PASSWORD": "demo-password",
        }
        variables = {
            "session_report_directory": str(folder),
            "session_report_period": f"{estate.days}d",
            "session_report_em_name": "em.example.com",
        }
        subprocess.run(
            ["ansible-playbook", "-i", "localhost,", "backupops.veeam_em.report", "-e", json.dumps(variables)],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **{f"VEEAM_EM_{name}": value for name, value in connection.items()}},
        )


def _check(browser: Browser, report: dict[str, t.Any]) -> None:
    """Read the table of failures as a browser without JavaScript has it, and compare it with the report. Raises AssertionError."""
    tree = html.fromstring(browser.document())
    rows = tree.get_element_by_id("failures").findall(".//tbody/tr")
    shown = [row.findall("td")[1].text_content().replace(" (retry)", "") for row in rows]
    expected = [failure["job_name"] for failure in report["failures"][:500]]
    if shown != expected:
        raise AssertionError(f"the page shows the failures {shown} instead of {expected}")
    if tree.findall(".//script"):
        raise AssertionError("the page has a script")


if __name__ == "__main__":
    raise SystemExit(main())
