# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection asks of an execution environment: ansible-builder finds it, and it is enough to run playbooks."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest
from ansible.release import __version__ as core_version

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.awx.guide import example
from ansible_collections.backupops.veeam_em.tests.awx.playing import TREE, plain_environment, play


@pytest.fixture
def requirements(tmp_path: pathlib.Path) -> pathlib.Path:
    """What ansible-builder would install with pip for the collection; it finds that out in the same way in an image."""
    file = tmp_path / "requirements.txt"
    introspected = play(plain_environment(tmp_path), "ansible-builder", "introspect", "--write-pip", file, TREE)
    assert introspected.status == 0, introspected.output
    return file


def test_ansible_builder_finds_the_requirements(requirements: pathlib.Path) -> None:
    lines = requirements.read_text(encoding="utf-8").splitlines()
    ours = {line.partition(" ")[0] for line in lines if line.endswith("# from collection backupops.veeam_em")}
    assert ours == {"requests", "lxml"}


def test_the_definition_in_the_guide_is_one_that_ansible_builder_takes(tmp_path: pathlib.Path) -> None:
    (tmp_path / "execution-environment.yml").write_text(example("execution-environment.yml"), encoding="utf-8")
    created = play(plain_environment(tmp_path), "ansible-builder", "create", "--verbosity", "3")
    assert created.status == 0, created.output
    context = tmp_path / "context"
    assert "backupops.veeam_em" in (context / "_build" / "requirements.yml").read_text(encoding="utf-8")
    (recipe,) = [file for name in ("Containerfile", "Dockerfile") for file in context.glob(name)]
    assert "introspect.py introspect" in recipe.read_text(encoding="utf-8")


def test_these_requirements_and_ansible_core_are_enough_to_play_the_demonstration(
    tmp_path: pathlib.Path, requirements: pathlib.Path
) -> None:
    bin_folder = _new_environment(tmp_path / "venv", requirements)
    certificates = str(tmp_path / "certificates")
    with MockEm(Settings(dataset="small", tls=True, certificate_directory=certificates)) as em:
        environment = plain_environment(
            tmp_path,
            ANSIBLE_COLLECTIONS_PATH=str(TREE),
            VEEAM_EM_HOSTNAME="localhost",
            VEEAM_EM_PORT=str(em.port),
            VEEAM_EM_CA_PATH=str(em.ca_path),
            VEEAM_EM_USERNAME="operator",
            VEEAM_EM_PASSWORD="demo-password",
        )
        played = play(environment, bin_folder / "ansible-playbook", "backupops.veeam_em.demo")
    assert played.status == 0, played.output
    assert "was Working and has stopped." in played.output


def _new_environment(folder: pathlib.Path, requirements: pathlib.Path) -> pathlib.Path:
    """Return the bin folder of a new virtual environment with ansible-core and the requirements."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    bin_folder = folder / "bin"
    command = (
        bin_folder / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        f"ansible-core=={core_version}",
        "--requirement",
        requirements,
    )
    subprocess.run(command, check=True, env=dict(os.environ))
    return bin_folder
