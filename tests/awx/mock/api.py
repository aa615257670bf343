# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the API does with a request of somebody who may: paths and bodies in, statuses and bodies out."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.backupops.veeam_em.tests.awx.mock import credential_types
from ansible_collections.backupops.veeam_em.tests.awx.mock.errors import Refused, invalid, not_found
from ansible_collections.backupops.veeam_em.tests.awx.mock.kinds import KINDS, UNIFIED, Fields
from ansible_collections.backupops.veeam_em.tests.awx.mock.store import Store, page_of
from ansible_collections.backupops.veeam_em.tests.awx.mock.surveys import check_survey

ROOT = "/api/v2/"
Answer = tuple[int, Fields]


class Api:
    """The API on top of a store. playbooks: those that AWX finds in any project that it has fetched."""

    def __init__(self, store: Store, playbooks: t.Iterable[str]) -> None:
        self._store = store
        self._playbooks = frozenset(playbooks)

    def answer(self, method: str, path: str, query: t.Mapping[str, str], body: Fields) -> Answer:
        """Return status and body. Raises Refused for what AWX would not do."""
        match [method, *path.removeprefix(ROOT).strip("/").split("/")]:
            case ["GET", endpoint] if endpoint in (*KINDS, *UNIFIED):
                return 200, self._list(endpoint, query)
            case ["POST", endpoint] if endpoint in KINDS:
                return 201, self._shown(self._create(endpoint, body)["id"])
            case ["GET", "project_updates", number]:
                return 200, self._progress(int(number))
            case ["GET", endpoint, number] if endpoint in KINDS:
                return 200, self._shown(self._store.get(endpoint, int(number))["id"])
            case ["PATCH", endpoint, number] if endpoint in KINDS:
                return 200, self._change(endpoint, int(number), body)
            case ["DELETE", "tokens", number]:
                del self._store.objects["tokens"][int(number)]
                return 204, {}
            case ["GET" | "POST", endpoint, number, part] if endpoint in KINDS:
                return self._part(method, endpoint, int(self._store.get(endpoint, int(number))["id"]), part, body)
        raise not_found()

    def _list(self, endpoint: str, query: t.Mapping[str, str]) -> Fields:
        wanted = {field: value for field, value in query.items() if field != "page"}
        found = [self._shown(one["id"]) for one in self._store.find(endpoint, wanted)]
        return page_of(found, f"{ROOT}{endpoint}/", query)

    def _create(self, endpoint: str, body: Fields) -> Fields:
        self._check(endpoint, body)
        created = self._store.create(endpoint, body)
        if endpoint == "projects":
            created["current_update"] = self._store.create("project_updates", {})["id"]
            created["scm_revision"] = ""
        return created

    def _change(self, endpoint: str, number: int, body: Fields) -> Fields:
        old = self._store.get(endpoint, number)
        if endpoint == "credentials" and "inputs" in body:
            kept = {name: old["inputs"][name] for name, value in body["inputs"].items() if value == credential_types.ENCRYPTED}
            body = {**body, "inputs": {**body["inputs"], **kept}}
        self._check(endpoint, {**old, **body})
        return self._shown(self._store.change(endpoint, number, body)["id"])

    def _check(self, endpoint: str, body: Fields) -> None:
        """Raise Refused for contents that AWX would not take; what is missing is the store's affair."""
        if endpoint == "credential_types":
            credential_types.check_credential_type({"kind": "", "inputs": {}, "injectors": {}, **body})
        if endpoint == "credentials" and body.get("credential_type"):
            credential_types.check_inputs(self._store.get("credential_types", body["credential_type"]), body.get("inputs", {}))
        if endpoint == "job_templates" and body.get("project"):
            fetched = self._store.get("projects", body["project"]).get("scm_revision")
            if not fetched or body.get("playbook") not in self._playbooks:
                raise invalid("playbook", "Playbook not found for project.")
        if endpoint in ("inventories", "hosts"):
            _check_variables(body.get("variables", ""))

    def _progress(self, number: int) -> Fields:
        """Return an update of a project as it is now; by the next look it will have finished."""
        update = self._store.get("project_updates", number)
        shown = self._shown(number)
        update["status"] = "successful"
        if shown["status"] == "successful":
            for project in self._store.objects["projects"].values():
                if project.get("current_update") == number:
                    project.update(current_update=None, scm_revision="7d9e4f0c")
        return shown

    def _part(self, method: str, endpoint: str, number: int, part: str, body: Fields) -> Answer:
        kind = KINDS[endpoint]
        if part in kind.links:
            return self._links(method, endpoint, number, part, body)
        if part == "survey_spec" and kind.has_survey:
            if method == "POST":
                check_survey(body)
                self._store.surveys[number] = body
                return 200, {}
            return 200, self._store.surveys.get(number, {})
        if (method, endpoint, part) == ("POST", "workflow_job_template_nodes", "create_approval_template"):
            approval = self._create("workflow_approval_templates", body)
            self._store.get(endpoint, number)["unified_job_template"] = approval["id"]
            return 201, self._shown(approval["id"])
        raise not_found()

    def _links(self, method: str, endpoint: str, number: int, way: str, body: Fields) -> Answer:
        ids = self._store.linked(number, way)
        if method == "GET":
            return 200, page_of([self._shown(one) for one in ids], f"{ROOT}{endpoint}/{number}/{way}/", {})
        other = self._store.get(KINDS[endpoint].links[way], body["id"])
        if body.get("disassociate"):
            ids.remove(other["id"])
            return 204, {}
        self._check_link(endpoint, number, way, other, ids)
        ids.append(other["id"])
        return 204, {}

    def _check_link(self, endpoint: str, number: int, way: str, other: Fields, ids: list[int]) -> None:
        if way == "credentials":
            types = [self._store.get("credentials", one)["credential_type"] for one in ids]
            if other["credential_type"] in types:
                raise Refused(400, {"error": "Cannot assign multiple credentials of a type."})
        elif other["workflow_job_template"] != self._store.get(endpoint, number)["workflow_job_template"] or other["id"] == number:
            raise Refused(400, {"error": "Cannot link a node to itself or to one of another workflow."})

    def _shown(self, number: int) -> Fields:
        """Return an object as AWX shows it."""
        endpoint = self._store.endpoint_of(number)
        one = self._store.get(endpoint, number)
        url = f"{ROOT}{endpoint}/{number}/"
        related = {"survey_spec": f"{url}survey_spec/"} if KINDS[endpoint].has_survey else {}
        if one.get("unified_job_template"):
            template = one["unified_job_template"]
            related["unified_job_template"] = f"{ROOT}{self._store.endpoint_of(template)}/{template}/"
        summary = {"current_update": {"id": one["current_update"]}} if one.get("current_update") else {}
        shown = {**one, "type": KINDS[endpoint].type, "url": url, "related": related, "summary_fields": summary}
        if endpoint == "credentials":
            credential_type = self._store.get("credential_types", one["credential_type"])
            shown["inputs"] = credential_types.hide_secrets(credential_type, one["inputs"])
        return shown


def _check_variables(text: str) -> None:
    try:
        variables = json.loads(text or "{}")
    except ValueError:
        raise invalid("variables", "Cannot parse as JSON.") from None
    if not isinstance(variables, dict):
        raise invalid("variables", "Input type is not a dictionary.")
