# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures: simulated AWXs, and the playbook that sets them up."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.tests.awx.collection import awx_collections
from ansible_collections.backupops.veeam_em.tests.awx.mock import MockAwx
from ansible_collections.backupops.veeam_em.tests.awx.playing import TREE, Played, plain_environment, play
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

# Values of a user who wants all there is, for two Enterprise Managers.
SECRET = "Wh4t-a-s3cret"
VALUES: dict[str, t.Any] = {
    "em_awx_credential": {"username": "EXAMPLE\\reader", "password": SECRET, "port": 9399, "validate_certs": False},
    "em_awx_execution_environment_image": "registry.example.com/veeam-em:1",
    "em_awx_hosts": [{"name": "em1.example.com"}, {"name": "em2.example.com", "connection": {"port": 9400}}],
    "em_awx_approval_timeout": 3600,
}


class SetUp:
    """The playbook awx_setup against a simulated AWX."""

    def __init__(self, awx: MockAwx, home: pathlib.Path) -> None:
        self.awx = awx
        self._home = home

    def play(self, values: t.Mapping[str, t.Any], *options: str, **variables: str) -> Played:
        """Play it. values: of a user; options: of ansible-playbook; variables: of the environment, such as another account."""
        given = self._home / "values.json"
        given.write_text(json.dumps(values), encoding="utf-8")
        account = {
            "CONTROLLER_HOST": self.awx.url,
            "CONTROLLER_USERNAME": self.awx.user,
            "CONTROLLER_PASSWORD": self.awx.password,
            "ANSIBLE_COLLECTIONS_PATH": f"{TREE}:{awx_collections()}",
        }
        environment = plain_environment(self._home, **{**account, **variables})
        return play(environment, "ansible-playbook", "backupops.veeam_em.awx_setup", "-e", f"@{given}", *options)


def running_awx() -> MockAwx:
    """Return a simulated AWX that finds in any project the playbooks of this collection; it runs in a with block."""
    return MockAwx(str(path.relative_to(COLLECTION)) for path in (COLLECTION / "playbooks").glob("*.yml"))


@pytest.fixture
def empty(tmp_path: pathlib.Path) -> t.Iterator[SetUp]:
    """The playbook, and an AWX that it has not seen yet."""
    with running_awx() as awx:
        yield SetUp(awx, tmp_path)


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[tuple[SetUp, Played]]:
    """The playbook, and what it said when it was played for the first time, with all the VALUES. Leave that AWX as it is."""
    with running_awx() as awx:
        setup = SetUp(awx, tmp_path_factory.mktemp("home"))
        yield setup, setup.play(VALUES, "-vvv")


@pytest.fixture
def made(first_run: tuple[SetUp, Played]) -> MockAwx:
    """An AWX that has been set up with all the VALUES. Leave it as it is."""
    setup, played = first_run
    if played.status != 0:
        raise AssertionError(played.output)
    return setup.awx
