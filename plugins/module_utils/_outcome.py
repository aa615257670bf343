# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What a task came to.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import dataclasses
import typing as t


@dataclasses.dataclass
class Outcome:
    """The result of a task, also of one that fails after it has changed something.

    diff: states before and after, for the diff mode.
    """

    result: dict[str, t.Any]
    changed: bool = False
    diff: dict[str, t.Any] | None = None
    warnings: t.Sequence[str] = ()

    def payload(self, with_diff: bool = False) -> dict[str, t.Any]:
        """Return it as a module returns it."""
        diff = {"diff": self.diff} if with_diff and self.diff is not None else {}
        return {"changed": self.changed, **self.result, **diff}
