# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of variables that the playbooks have."""

from __future__ import annotations

import typing as t

import yaml

from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION


class _Loader(yaml.SafeLoader):
    """Reads YAML as Ansible does where text is not to be templated."""


_Loader.add_constructor("!unsafe", lambda loader, node: str(node.value))


def variables_of(name: str) -> dict[str, t.Any]:
    """Return the variables of a file below playbooks/vars."""
    text = (COLLECTION / "playbooks" / "vars" / f"{name}.yml").read_text(encoding="utf-8")
    variables: dict[str, t.Any] = yaml.load(text, _Loader)
    return variables
