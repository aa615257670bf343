# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs as AWX runs them: by ansible-runner, in a project that AWX has fetched, with a credential injected."""

from __future__ import annotations

import base64
import json
import pathlib
import typing as t

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.awx.mock.credential_types import injected
from ansible_collections.backupops.veeam_em.tests.awx.playing import plain_environment, play
from ansible_collections.backupops.veeam_em.tests.unit.playbooks.variables import variables_of
from ansible_collections.backupops.veeam_em.tests.unit.support import COLLECTION

PASSWORD = "demo-password"
_CREDENTIAL_TYPE = variables_of("awx_credential_type")["em_awx_credential_type"]
_TEMPLATES = {template["key"]: template for template in variables_of("awx_templates")["em_awx_templates"]}
_PLAYBOOKS = variables_of("awx")["em_awx_playbooks"]


def fetch_collections(folder: pathlib.Path) -> pathlib.Path:
    """Install what collections/requirements.yml names, as AWX does with a project that it has fetched; return where it is."""
    collections = folder / "requirements_collections"
    options = ("-r", COLLECTION / "collections" / "requirements.yml", "--collections-path", collections)
    installed = play(plain_environment(folder), "ansible-galaxy", "collection", "install", *options, folder=COLLECTION)
    if installed.status != 0:
        raise AssertionError(installed.output)
    return collections


class Ended(t.NamedTuple):
    """A job that has ended: its status, the artifacts that AWX hands on, its output, and all files that ansible-runner left."""

    status: int
    artifacts: dict[str, t.Any]
    output: str
    files: dict[str, bytes]


class Jobs:
    """Jobs with a credential for a simulated EM, whose certificate it brings. project: as AWX has fetched it."""

    def __init__(self, folder: pathlib.Path, collections: pathlib.Path, em: MockEm, project: pathlib.Path = COLLECTION) -> None:
        self._folder = folder
        self._collections = collections
        self._em = em
        self._project = project
        self._number = 0

    def run(
        self, key: str, answers: t.Mapping[str, t.Any] | None = None, hosts: t.Mapping[str, t.Any] | None = None, **inputs: str
    ) -> Ended:
        """Run a job of a template. answers: to its survey, where they differ from the defaults; hosts: of the inventory, with their
        variables; inputs: of the credential, where they differ.
        """
        self._write("env/envvars", {**self._injected(inputs), "ANSIBLE_COLLECTIONS_PATH": str(self._collections)})
        self._write("env/extravars", {**_unanswered(key), **(answers or {})})
        self._write("inventory/hosts.json", {"all": {"hosts": hosts or {"localhost": {}}}})
        self._number += 1
        runner = ("ansible-runner", "run", self._folder, "--ident", str(self._number), "-vvv")
        playbook = ("--project-dir", self._project, "--playbook", _PLAYBOOKS[key])
        played = play(plain_environment(self._folder), *runner, *playbook, folder=self._folder)
        artifacts = self._folder / "artifacts" / str(self._number)
        files = {str(path.relative_to(artifacts)): path.read_bytes() for path in artifacts.rglob("*") if path.is_file()}
        return Ended(played.status, _artifacts(files), played.output, files)

    def _injected(self, inputs: t.Mapping[str, str]) -> dict[str, str]:
        given = {
            "hostname": "localhost",
            "port": str(self._em.port),
            "username": "operator",
            "password": PASSWORD,
            "ca_certificate": pathlib.Path(str(self._em.ca_path)).read_text(encoding="utf-8"),
            **inputs,
        }
        return injected(_CREDENTIAL_TYPE, given, self._folder)

    def _write(self, path: str, contents: t.Mapping[str, t.Any]) -> None:
        file = self._folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(contents), encoding="utf-8")


def secrets_of(em: MockEm) -> list[bytes]:
    """Return what nobody may read of the jobs so far: the password, as it is sent as well, and the tokens of the logon sessions."""
    tokens = {entry.logon_session_id for entry in list(em.requests) if entry.logon_session_id}
    sent = base64.b64encode(f"operator:{PASSWORD}".encode())
    return [PASSWORD.encode(), sent, *(base64.b64encode(token.encode()) for token in tokens)]


def _unanswered(key: str) -> dict[str, t.Any]:
    """Return the variables of a survey that nobody has answered, in the types that AWX gives them."""
    questions = [question for question in _TEMPLATES[key]["survey"]["spec"] if "default" in question]
    return {
        question["variable"]: question["default"].splitlines() if question["type"] == "multiselect" else question["default"]
        for question in questions
    }


def _artifacts(files: t.Mapping[str, bytes]) -> dict[str, t.Any]:
    events = (json.loads(content) for path, content in files.items() if path.startswith("job_events/"))
    (ends,) = [event["event_data"] for event in events if event["event"] == "playbook_on_stats"] or [{}]
    artifacts: dict[str, t.Any] = ends.get("artifact_data", {})
    return artifacts
