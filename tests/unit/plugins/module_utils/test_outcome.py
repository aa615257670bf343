# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome


def test_a_result_says_whether_anything_changed() -> None:
    assert Outcome({"count": 1}).payload() == {"changed": False, "count": 1}
    assert Outcome({}, changed=True).payload() == {"changed": True}


def test_a_diff_comes_only_where_it_is_asked_for() -> None:
    outcome = Outcome({}, changed=True, diff={"before": "a", "after": "b"})
    assert "diff" not in outcome.payload()
    assert outcome.payload(with_diff=True)["diff"] == {"before": "a", "after": "b"}
    assert "diff" not in Outcome({}).payload(with_diff=True)
