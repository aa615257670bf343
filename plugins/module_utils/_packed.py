# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The form in which Ansible runs a module: packed with all that it imports into a zip file, as source.

PRIVATE to the collection: everything here may change without notice.
Python compiles each file of a zip file twice, the first time only to learn what its path is, and throws that away
(https://github.com/python/cpython/issues/141276). For a module of this collection that is some 40 ms at each task.
"""

from __future__ import annotations

import pathlib
import sys
import zipimport


class PackedImporter(zipimport.zipimporter):
    """The standard importer, but for the path of a file, which it tells without compiling the file."""

    def get_filename(self, fullname: str) -> str:
        """Return the path of a module by its dotted name. Raises ZipImportError where there is none."""
        path = pathlib.Path(self.archive, self.prefix, fullname.rpartition(".")[2])
        return str(path / "__init__.py" if self.is_package(fullname) else path.with_suffix(".py"))


def compile_once() -> None:
    """Let what is imported from now on be compiled only once, where this runs packed."""
    packed_in = __spec__.loader if __spec__ else None
    if not isinstance(packed_in, zipimport.zipimporter):
        return
    archive = packed_in.archive

    def importer_of(path: str) -> PackedImporter:
        if not path.startswith(archive):
            raise ImportError(path)  # so another one is asked
        return PackedImporter(path)

    sys.path_hooks.insert(0, importer_of)
    for path in [path for path in sys.path_importer_cache if path.startswith(archive)]:
        del sys.path_importer_cache[path]
