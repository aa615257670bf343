# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._logon import Logon, id_in

GUID = "6f1d09c2-5e7b-4a3d-8c10-2b9e4f6a7d81"


def test_a_token_of_em_holds_the_id() -> None:
    assert id_in(base64.b64encode(GUID.encode()).decode()) == GUID


@pytest.mark.parametrize("token", ["OsU6RL7OGkGKrPBGxKxURw==", "no base64", "", base64.b64encode(b"words").decode()])
def test_any_other_token_holds_none(token: str) -> None:
    assert id_in(token) is None


def test_the_token_is_not_printed_by_accident() -> None:
    assert "canary" not in repr(Logon("canary", GUID))
