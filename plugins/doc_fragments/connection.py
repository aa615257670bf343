# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by tests/tools/update_docs.py from the tables in plugins/module_utils: change those.

"""The options that every module has."""

from __future__ import annotations


class ModuleDocFragment:
    """The options that every module has."""

    DOCUMENTATION = r"""
options:
  hostname:
    description:
      - Name or address of the host on which Enterprise Manager runs, without scheme, port or path.
      - Where it is not set, the environment variable E(VEEAM_EM_HOSTNAME) is used.
    type: str
    required: true
  port:
    description:
      - Port of the REST API of Enterprise Manager.
      - Not V(9419), which is another product's API, and not V(9443), which is the web UI.
      - Where it is not set, the environment variable E(VEEAM_EM_PORT) is used.
    type: int
    default: 9398
  scheme:
    description:
      - How to talk to the server.
      - 'With V(http) the password and the token cross the network unencrypted: a warning says so.'
      - Where it is not set, the environment variable E(VEEAM_EM_SCHEME) is used.
    type: str
    default: https
    choices:
      - https
      - http
  username:
    description:
      - Account with a role in Enterprise Manager, as C(DOMAIN\user) or C(user@domain).
      - Either O(session_token) or O(username) and O(password) are required.
      - Where it is not set, the environment variable E(VEEAM_EM_USERNAME) is used.
    type: str
  password:
    description:
      - Password of O(username).
      - Where it is not set, the environment variable E(VEEAM_EM_PASSWORD) is used.
    type: str
  session_token:
    description:
      - Token of a logon session that exists already, as M(backupops.veeam_em.em_logon_session) returns it.
      - A task that is given one neither logs on nor out. Should the logon session have ended, it logs on anew if
        O(username) and O(password) are given as well.
      - Where it is not set, the environment variable E(VEEAM_EM_SESSION_TOKEN) is used.
    type: str
  api_version:
    description:
      - Version of the REST API to log on with, such as V(v1_7). V(latest) is the newest that the server has.
      - Where it is not set, the environment variable E(VEEAM_EM_API_VERSION) is used.
    type: str
    default: latest
  media_type:
    description:
      - Representation to ask for. The results are the same.
      - V(auto) asks for XML and goes over to JSON when the server answers JSON or does not offer XML.
      - XML is read as a stream. JSON is read page by page.
      - Where it is not set, the environment variable E(VEEAM_EM_MEDIA_TYPE) is used.
    type: str
    default: auto
    choices:
      - auto
      - xml
      - json
  validate_certs:
    description:
      - Whether the server's certificate must be valid. Switch it off only for a laboratory; O(ca_path) is the better
        way.
      - Where it is not set, the environment variable E(VEEAM_EM_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File with certificates of authorities to trust, or folder prepared by C(openssl rehash).
      - It takes precedence over E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE).
      - Where it is not set, the environment variable E(VEEAM_EM_CA_PATH) is used.
    type: path
  client_cert:
    description:
      - File with a client certificate in PEM form, with or without its key.
      - Where it is not set, the environment variable E(VEEAM_EM_CLIENT_CERT) is used.
    type: path
  client_key:
    description:
      - File with the key of O(client_cert) in PEM form, where it is not in the same file.
      - Where it is not set, the environment variable E(VEEAM_EM_CLIENT_KEY) is used.
    type: path
  timeout:
    description:
      - Seconds that the server may keep silent before a request is given up.
      - Where it is not set, the environment variable E(VEEAM_EM_TIMEOUT) is used.
    type: int
    default: 60
  retries:
    description:
      - How often a request that reads, logs on or logs out is tried again after a broken connection or the HTTP
        statuses 429, 502, 503 and 504, with growing pauses.
      - A C(Retry-After) of up to 30 seconds is honoured; a longer one fails at once.
      - Where it is not set, the environment variable E(VEEAM_EM_RETRIES) is used.
    type: int
    default: 3
requirements:
  - requests
  - lxml
notes:
  - HTTPS_PROXY and NO_PROXY are honoured.
"""
