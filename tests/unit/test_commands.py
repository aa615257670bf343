# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every command that a reader is told to type is there, and something runs it.

What the guides show with its output (console blocks) is run by tests/tools/guide_outputs.py, and so is not looked at here.
"""

from __future__ import annotations

import ast
import pathlib
import re
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._options import CONNECTION
from ansible_collections.backupops.veeam_em.tests.awx.guide import example
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

GUIDES = sorted((COLLECTION / "docs" / "docsite" / "rst").glob("*.rst"))
PAGES = [COLLECTION / "README.md", COLLECTION / "CONTRIBUTING.md", *GUIDES]
BLOCKS = {".md": r"(?ms)^```(?:bash|shell)$(.*?)^```$", ".rst": r"(?m)^\.\. code-block:: (?:bash|shell)\n((?:\n| +.*\n)+)"}
ENVIRONMENT = {option.env for option in CONNECTION}

# The beginning of a command, and where it is run: a file, and words of the command that stand there.
RUN_BY: t.Mapping[str, tuple[str, str]] = {
    # Nothing but the source of the collection differs: Galaxy, a tarball, git.
    "ansible-galaxy collection install ": ("tests/tools/devkit/release.py", '"ansible-galaxy", "collection", "install"'),
    "ansible localhost -m backupops.veeam_em.em_backup_session_info -a ": (
        "tests/integration/targets/module_defaults/tasks/ad_hoc.yml",
        "running=true",
    ),
    "ansible localhost -m include_role -a name=backupops.veeam_em.mock_em ": (
        "tests/integration/targets/role_mock_em/tasks/ad_hoc.yml",
        "- name=backupops.veeam_em.mock_em",
    ),
    "ansible-playbook -i localhost, backupops.veeam_em.health ": (
        "docs/docsite/rst/guide_recovery_points.rst",
        "   $ ansible-playbook -i localhost, backupops.veeam_em.health ",
    ),
    "ansible-playbook -i localhost, backupops.veeam_em.report ": (
        "docs/docsite/rst/guide_recovery_points.rst",
        "   $ ansible-playbook -i localhost, backupops.veeam_em.report ",
    ),
    "ansible-rulebook --rulebook ": ("tests/rulebook/running.py", '"--rulebook"'),
    "ansible-test integration --local ": ("tests/tools/devkit/checks.py", '"ansible-test", "integration"'),
    "git clone https://github.com/backupops/veeam_em": (".github/workflows/ci.yml", "actions/checkout"),
    "python extensions/eda/plugins/event_source/em_sessions.py": (
        "tests/unit/extensions/eda/plugins/event_source/test_em_sessions_by_itself.py",
        "[sys.executable, str(PROGRAM)]",
    ),
    "python3 -m pip install requests lxml": ("tests/requirements/libraries.txt", "requests=="),
    "pytest tests/unit": ("tests/tools/devkit/checks.py", '"ansible-test", "units"'),
}


def commands(page: pathlib.Path) -> list[str]:
    """Return the commands in the shell blocks of a page, without comments and what sets variables for one of them."""
    blocks = "\n".join(re.findall(BLOCKS[page.suffix], page.read_text(encoding="utf-8")))
    lines = re.sub(r"\\\n *", "", blocks).splitlines()
    parts = [part.strip() for line in lines for part in re.sub(r"(^| +)#.*$", "", line).split(" && ")]
    return [re.sub(r"^([A-Z_]+=\S+ )+", "", part) for part in parts if part and not part.startswith("cd ")]


def targets() -> set[str]:
    """Return the targets of the Makefile but help, which it makes itself; each is listed by it."""
    return set(re.findall(r"(?m)^([a-z-]+):  ## ", (COLLECTION / "Makefile").read_text(encoding="utf-8"))) - {"help"}


def commands_of_the_tools() -> set[str]:
    """Return the commands that tests/tools/dev.py knows."""
    tree = ast.parse((COLLECTION / "tests" / "tools" / "dev.py").read_text(encoding="utf-8"))
    assigned = [node.value for node in tree.body if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "COMMANDS"]
    (table,) = [value for value in assigned if isinstance(value, ast.Dict)]
    return {ast.literal_eval(key) for key in table.keys if key}


def is_known(command: str) -> bool:
    """Tell whether something runs a command."""
    word, dummy, rest = command.partition(" ")
    if word == "make":
        return rest.split(" ")[0] in targets()
    if word in ("export", "read"):
        return set(re.findall(r"VEEAM_EM_\w+", rest)) <= ENVIRONMENT
    return any(command.startswith(known) for known in RUN_BY)


def test_the_makefile_and_the_tools_know_the_same_commands() -> None:
    assert targets() == commands_of_the_tools()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_is_known(page: pathlib.Path) -> None:
    assert [command for command in commands(page) if not is_known(command)] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_target_in_the_text_is_there(name: str) -> None:
    text = (COLLECTION / name).read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z-]+)[` ]", text))
    assert named <= targets()
    assert name == "README.md" or named == targets()


def test_the_execution_environment_is_the_one_that_the_tests_of_awx_make() -> None:
    assert f"```yaml\n{example('execution-environment.yml')}```\n" in (COLLECTION / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("known", RUN_BY)
def test_what_is_said_to_run_a_command_has_its_words(known: str) -> None:
    place, words = RUN_BY[known]
    assert words in (COLLECTION / place).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        "make everything",
        "export VEEAM_EM_HOST=em.example.com",
        "ansible-playbook site.yml",
        "curl https://em.example.com:9398/api/",
    ],
)
def test_what_nothing_runs_is_noticed(command: str) -> None:
    assert not is_known(command)


def test_commands_are_found_in_either_format() -> None:
    assert "make demo" in commands(COLLECTION / "README.md")
    assert "read -rs VEEAM_EM_PASSWORD" in commands(COLLECTION / "docs" / "docsite" / "rst" / "guide_first_steps.rst")
