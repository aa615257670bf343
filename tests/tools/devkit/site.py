# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation as a site: modules, roles and guides, as antsibull-docs sees them and Sphinx sets them, without a network."""

from __future__ import annotations

import shutil
from pathlib import Path

from devkit.layout import COLLECTION, TOOLS, WORK
from devkit.workbench import Workbench

SITE = WORK / "site"
CONFIGURATION = Path("docs/site")
GUIDES = Path("docs/docsite/rst")
PICTURES = ("*.svg", "*.png")


def build_site(bench: Workbench) -> bool:
    """Build it anew in `.venv/site/html`. Return whether that went without an error and without a warning."""
    sources, pages = SITE / "rst", SITE / "html"
    shutil.rmtree(SITE, ignore_errors=True)
    sources.mkdir(parents=True)
    if not bench.run(*_antsibull_docs(sources), "backupops.veeam_em"):
        return False
    unlisted = {page.name for page in (COLLECTION / GUIDES).glob("*.rst")} - {page.name for page in (sources / "docsite").iterdir()}
    if unlisted:
        print(f"docs/docsite/extra-docs.yml does not list: {', '.join(sorted(unlisted))}")
        return False
    for pattern in PICTURES:
        # antsibull-docs takes over the guides, but none of their pictures
        for picture in (COLLECTION / GUIDES).glob(pattern):
            shutil.copy2(picture, sources / "docsite")
    strictly = ("-W", "--keep-going", "--quiet")
    built = bench.run("sphinx-build", *strictly, "-c", CONFIGURATION, "-d", SITE / "doctrees", sources, pages)
    if built:
        print(f"file://{pages / 'index.html'}")
    return built


def _antsibull_docs(target: Path) -> tuple[str | Path, ...]:
    options = ("--use-current", "--fail-on-error", "--squash-hierarchy", "--dest-dir", target)
    return ("antsibull-docs", "--config-file", TOOLS / "antsibull.cfg", "collection", *options)
