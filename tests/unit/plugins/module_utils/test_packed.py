# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Modules in the form in which Ansible runs them: packed into a zip file, as source."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import typing as t
import zipfile
import zipimport

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._packed import PackedImporter, compile_once
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

UTILS = "ansible_collections.backupops.veeam_em.plugins.module_utils"
FOLDER = UTILS.replace(".", "/")

# Tells how often each file was compiled, and what the packed modules know of themselves.
PROGRAM = f"""
import collections, importlib, json, sys

archive, *words = sys.argv[1:]
compiled = collections.Counter()
sys.addaudithook(lambda event, about: compiled.update([str(about[1])]) if event == "compile" else None)
sys.path.insert(0, archive)
packed = importlib.import_module("{UTILS}._packed")
if "once" in words:
    packed.compile_once()
one = importlib.import_module("{UTILS}.one")
try:
    importlib.import_module("{UTILS}.none")
    missing = ""
except ImportError as exc:
    missing = exc.name
print(json.dumps({{
    "compiled": {{name.partition("{FOLDER}/")[2]: times for name, times in compiled.items() if archive in name}},
    "said": one.said(),
    "paths": [one.__file__[len(archive):], one.inner.__file__[len(archive):], *one.inner.__path__],
    "missing": missing,
}}))
"""
FILES = {
    "one": f"from {UTILS} import inner\nfrom {UTILS}.inner import deep\n\n\ndef said():\n    return [inner.WORD, deep.WORD]\n",
    "inner/__init__": "WORD = 'inner'\n",
    "inner/deep": "WORD = 'deep'\n",
}


@pytest.fixture(name="archive")
def fixture_archive(tmp_path: pathlib.Path) -> pathlib.Path:
    """A module's utils as Ansible packs them: each folder is a package."""
    path = tmp_path / "packed.zip"
    with zipfile.ZipFile(path, "w") as packed:
        parts = FOLDER.split("/")
        for depth in range(1, len(parts) + 1):
            packed.writestr("/".join([*parts[:depth], "__init__.py"]), "")
        for name, source in FILES.items():
            packed.writestr(f"{FOLDER}/{name}.py", source)
        packed.write(COLLECTION / "plugins" / "module_utils" / "_packed.py", f"{FOLDER}/_packed.py")
    return path


def told(archive: pathlib.Path, *words: str) -> dict[str, t.Any]:
    """Return what a Python of its own tells of the packed modules."""
    command = [sys.executable, "-S", "-c", PROGRAM, str(archive), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    answer: dict[str, t.Any] = json.loads(done.stdout)
    return answer


def test_each_file_is_compiled_only_once(archive: pathlib.Path) -> None:
    compiled = told(archive, "once")["compiled"]
    assert {name: compiled.get(f"{name}.py") for name in FILES} == dict.fromkeys(FILES, 1)


def test_all_is_imported_as_without_it(archive: pathlib.Path) -> None:
    """The standard importer decides what a module is, and which one is missing."""
    usual, once = told(archive), told(archive, "once")
    del usual["compiled"], once["compiled"]
    assert once == usual
    assert once["said"] == ["inner", "deep"]
    assert once["missing"] == f"{UTILS}.none"


def test_nothing_changes_for_what_is_not_packed() -> None:
    hooks, importers = list(sys.path_hooks), dict(sys.path_importer_cache)
    compile_once()
    assert sys.path_hooks == hooks
    assert sys.path_importer_cache == importers


def test_a_path_is_told_without_compiling(archive: pathlib.Path) -> None:
    importer = PackedImporter(f"{archive}/{FOLDER}")
    for name, path in (("one", "one.py"), (f"{UTILS}.inner", "inner/__init__.py")):
        assert importer.get_filename(name) == f"{archive}/{FOLDER}/{path}"
    with pytest.raises(zipimport.ZipImportError):
        importer.get_filename("none")
