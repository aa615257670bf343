# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A release: its changelog, its tarball, and the proof that the tarball works where nothing else of the collection is."""

from __future__ import annotations

import os
import re
import shutil
import sys

from devkit.artifact import build_artifact
from devkit.checks import galaxy_importer
from devkit.demo import play_demo
from devkit.layout import ROOT, WORK
from devkit.process import capture, clean_environment
from devkit.steps import Step, report, run_steps
from devkit.tree import refresh_tree
from devkit.workbench import Workbench, main_workbench

_GALAXY = ROOT / "galaxy.yml"
_FRAGMENTS = ROOT / "changelogs" / "fragments"
_INSTALLED = WORK / "released"
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def run_release() -> int:
    """Make the release VERSION of the environment. Return the exit code.

    Writes the version and the changelog, which are there to be committed, and the tarball into `build/`. Publishes nothing.
    """
    version = os.environ.get("VERSION", "")
    problem = _problem(version)
    if problem:
        print(f"make release: {problem}", file=sys.stderr)
        return 2
    bench = main_workbench()
    _write_version(version)
    code = report(
        run_steps(
            [
                Step("changelog", lambda: _write_changelog(bench, version)),
                Step("galaxy-importer", lambda: galaxy_importer(bench)),
                Step("tarball", lambda: _install(bench, version)),
                Step("demo of it", lambda: play_demo(bench, _INSTALLED)),
            ]
        )
    )
    if code == 0:
        print(f"\nNow commit what `git status` shows, tag it {version}, and publish build/backupops-veeam_em-{version}.tar.gz.")
    else:
        print("\nTo take all of it back: git checkout -- galaxy.yml CHANGELOG.md CHANGELOG.rst changelogs")
    return code


def _problem(version: str) -> str:
    """Return what keeps this version from being released, in a sentence that says what to do; empty where nothing does."""
    if not _VERSION.fullmatch(version):
        return f"VERSION is {version!r}. Give a semantic version: make release VERSION=1.2.3"
    if capture(["git", "status", "--porcelain"], cwd=ROOT, env=clean_environment()).strip():
        return "The work tree is not clean. Commit or stash what `git status` shows."
    if not list(_FRAGMENTS.glob("*.yml")):
        return "changelogs/fragments has no fragment, so there is nothing to tell users. Write one."
    former = re.findall(r"(?m)^  (\d+\.\d+\.\d+):$", (ROOT / "changelogs" / "changelog.yaml").read_text(encoding="utf-8"))
    newest = max(map(_numbers, former), default=(0, 0, 0))
    if _numbers(version) <= newest:
        return f"{version} is not newer than {'.'.join(map(str, newest))}, which has been released."
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _write_version(version: str) -> None:
    text = _GALAXY.read_text(encoding="utf-8")
    _GALAXY.write_text(re.sub(r"(?m)^version: .*$", f"version: {version}", text), encoding="utf-8")
    refresh_tree()


def _write_changelog(bench: Workbench, version: str) -> bool:
    """Let antsibull-changelog turn the fragments into the changelog, in the clone."""
    written = bench.run("antsibull-changelog", "release", "--version", version, cwd=ROOT)
    refresh_tree()
    return written and bench.run("antsibull-changelog", "lint")


def _install(bench: Workbench, version: str) -> bool:
    """Build the tarball and install it into an empty folder."""
    artifact = build_artifact(bench, ROOT / "build")
    shutil.rmtree(_INSTALLED, ignore_errors=True)
    command = ("ansible-galaxy", "collection", "install", "--offline", "-p", _INSTALLED, artifact)
    installed = bench.run(*command, cwd=WORK, extra={"ANSIBLE_COLLECTIONS_PATH": str(_INSTALLED)})
    return installed and artifact.name == f"backupops-veeam_em-{version}.tar.gz"
