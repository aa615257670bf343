# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles of Enterprise Manager's REST API and the sets of them that resources name."""

from __future__ import annotations

PORTAL_ADMINISTRATOR = "portal_administrator"
PORTAL_USER = "portal_user"
VM_RESTORE_OPERATOR = "vm_restore_operator"
FILE_RESTORE_OPERATOR = "file_restore_operator"
EXCHANGE_RESTORE_OPERATOR = "exchange_restore_operator"
ORACLE_RESTORE_OPERATOR = "oracle_restore_operator"
SQL_RESTORE_OPERATOR = "sql_restore_operator"
NO_ROLE = "none"

ADMINISTRATOR = frozenset({PORTAL_ADMINISTRATOR})
PORTAL = ADMINISTRATOR | {PORTAL_USER}
RESTORE = PORTAL | {VM_RESTORE_OPERATOR, FILE_RESTORE_OPERATOR}
EVERYONE = RESTORE | {EXCHANGE_RESTORE_OPERATOR, ORACLE_RESTORE_OPERATOR, SQL_RESTORE_OPERATOR}

ROLES = (
    PORTAL_ADMINISTRATOR,
    PORTAL_USER,
    VM_RESTORE_OPERATOR,
    FILE_RESTORE_OPERATOR,
    EXCHANGE_RESTORE_OPERATOR,
    ORACLE_RESTORE_OPERATOR,
    SQL_RESTORE_OPERATOR,
    NO_ROLE,
)
