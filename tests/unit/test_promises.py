# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the documentation promises has tests that exist."""

from __future__ import annotations

import typing as t

import pytest
import yaml

from ansible_collections.backupops.veeam_em.tests.unit.attack.measured import MOST_MEMORY
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

GROUPS: list[dict[str, t.Any]] = yaml.safe_load((COLLECTION / "tests" / "promises.yml").read_text(encoding="utf-8"))
PROMISES = [promise for group in GROUPS for promise in group["promises"]]


@pytest.mark.parametrize("promise", PROMISES, ids=[promise["promise"][:40] for promise in PROMISES])
def test_a_promise_has_tests(promise: dict[str, t.Any]) -> None:
    assert promise["tests"]
    assert [test for test in promise["tests"] if not (COLLECTION / "tests" / test).exists()] == []


def test_the_bound_on_memory_is_the_one_that_is_tested() -> None:
    assert sum(f"at most {MOST_MEMORY >> 20} MiB of memory" in " ".join(each["promise"].split()) for each in PROMISES) == 1


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/docsite/rst/security.rst"])
def test_the_documentation_says_all_of_them(page: str) -> None:
    words = " ".join((COLLECTION / page).read_text(encoding="utf-8").split())
    assert [promise["promise"] for promise in PROMISES if " ".join(promise["promise"].split()) not in words] == []
