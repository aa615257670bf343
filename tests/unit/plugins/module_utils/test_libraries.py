# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Late imports."""

from __future__ import annotations

import sys

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import MissingLibrary
from ansible_collections.backupops.veeam_em.plugins.module_utils._libraries import library


def test_a_library_that_is_there() -> None:
    assert library("email.utils", "python").formatdate(0).startswith("Thu")


def test_one_that_is_missing_is_told_with_the_interpreter_and_the_way_out() -> None:
    with pytest.raises(MissingLibrary) as caught:
        library("no_such_library.part", "no-such-package")
    words = str(caught.value)
    assert sys.executable in words
    assert "pip install no-such-package" in words
    assert "no_such_library" in words
