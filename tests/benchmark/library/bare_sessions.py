# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The least that a module with these libraries can be: log on, read all backup job sessions as they are, log out, check nothing."""

from __future__ import annotations

import typing as t

import requests
from ansible.module_utils.basic import AnsibleModule
from lxml import etree

NAMESPACE = "{http://www.veeam.com/ent/v1.0}"
TOKEN = "X-RestSvcSessionId"


def read(em: t.Mapping[str, t.Any]) -> list[dict[str, t.Any]]:
    """Return the sessions of an EM."""
    base = f"https://{em['hostname']}:{em['port']}/api"
    sessions = []
    with requests.Session() as http:
        http.trust_env = False
        http.verify = em["ca_path"]
        logon = http.post(f"{base}/sessionMngr/?v=latest", auth=(em["username"], em["password"]), timeout=60)
        http.headers[TOKEN] = logon.headers[TOKEN]
        with http.get(f"{base}/backupSessions?format=Entity", stream=True, timeout=60) as answer:
            for dummy, element in etree.iterparse(t.cast(t.Any, answer.raw), tag=f"{NAMESPACE}BackupJobSession"):
                sessions.append({str(child.tag).rpartition("}")[2]: child.text for child in element})
                element.clear()
        http.delete(f"{base}/logonSessions/{etree.fromstring(logon.content).findtext('{*}SessionId')}", timeout=60)
    return sessions


def main() -> None:
    """Run as a module of Ansible."""
    options: dict[str, dict[str, t.Any]] = {name: {"type": "str"} for name in ("hostname", "username", "ca_path")}
    module = AnsibleModule({**options, "port": {"type": "int"}, "password": {"type": "str", "no_log": True}})
    module.exit_json(sessions=read(module.params))


if __name__ == "__main__":
    main()
