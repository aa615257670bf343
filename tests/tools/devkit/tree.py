# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection where Ansible and ansible-test want it: `.../ansible_collections/backupops/veeam_em`.

A clone may have any name and place, and ansible-test follows no symbolic link, so the tree is a copy of the files
that git knows or would know, kept in step by copying what changed. It is a git repository of its own, because
ansible-test asks git which files there are.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from devkit.layout import ROOT, TREE, collection_in
from devkit.process import capture, clean_environment

TEST_RESULTS = PurePosixPath("tests/output")
GIT = ".git"


def refresh_tree(tree: Path = TREE) -> Path:
    """Bring the copy of the collection in a tree in step with the clone. Return where it lies."""
    collection = collection_in(tree)
    collection.mkdir(parents=True, exist_ok=True)
    sources = set(_source_files())
    for leftover in set(_walk(collection, _is_kept)) - sources:
        (collection / leftover).unlink()
    for source in sources:
        _copy(source, collection)
    _drop_empty_folders(collection)
    if shutil.which("git"):
        if not (collection / GIT).exists():
            _git(collection, "init", "--quiet")
        _git(collection, "add", "--all")
    return collection


def _source_files() -> Iterator[PurePosixPath]:
    if (ROOT / GIT).exists() and shutil.which("git"):
        listing = _git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
        known: Iterator[PurePosixPath] = (PurePosixPath(name) for name in listing.split("\0") if name)
    else:
        known = _walk(ROOT, _ignore_rules())
    return (file for file in known if os.path.lexists(ROOT / file))


def _git(folder: Path, *arguments: str) -> str:
    # Whoever owns the clone (a volume of a container, say): we only list files.
    return capture(["git", "-c", "safe.directory=*", *arguments], cwd=folder, env=clean_environment())


def _walk(top: Path, is_left_out: Callable[[PurePosixPath], bool]) -> Iterator[PurePosixPath]:
    """Yield all files below `top`, relative to it, but for files and folders that are left out."""
    for folder, folders, files in os.walk(top):
        here = PurePosixPath(Path(folder).relative_to(top).as_posix())
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = [name for name in folders if name not in links and not is_left_out(here / name)]
        yield from (here / name for name in (*files, *links) if not is_left_out(here / name))


def _is_kept(path: PurePosixPath) -> bool:
    """Tell what lives in the copy only."""
    return path.name == GIT or path == TEST_RESULTS


def _ignore_rules() -> Callable[[PurePosixPath], bool]:
    """Read .gitignore for a clone without git: names, and with a leading slash paths from the root."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.rstrip("/") for line in lines if line and not line.startswith("#")]

    def is_ignored(path: PurePosixPath) -> bool:
        return path.name == GIT or any(
            fnmatch(f"/{path}" if pattern.startswith("/") else path.name, pattern) for pattern in patterns
        )

    return is_ignored


def _copy(file: PurePosixPath, collection: Path) -> None:
    source, copy = ROOT / file, collection / file
    if _same(source, copy):
        return
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.unlink(missing_ok=True)
    shutil.copy2(source, copy, follow_symlinks=False)


def _same(source: Path, copy: Path) -> bool:
    if not os.path.lexists(copy):
        return False
    ours, theirs = source.lstat(), copy.lstat()
    return (ours.st_mode, ours.st_size, ours.st_mtime_ns) == (theirs.st_mode, theirs.st_size, theirs.st_mtime_ns)


def _drop_empty_folders(collection: Path) -> None:
    for folder, dummy, dummy in os.walk(collection, topdown=False):
        path = Path(folder)
        if GIT not in path.parts and path.relative_to(collection) != Path(TEST_RESULTS) and not any(path.iterdir()):
            path.rmdir()
