"""Where things lie in a company's folder."""

from __future__ import annotations

LOG_FOLDER, BACKUP_FOLDER, REJECTS_FOLDER, CACHE_FOLDER = "log", "backups", "rejects", "cache"
VAULT_FILE, INBOX_FILE, STATE_FILE = "vault.sqlite3", "inbox.sqlite3", "state.sqlite3"
STATE_ID_FILE = ".state.id"  # says which database is this folder's own; never in a backup
SAVED_FOLDER = "saved_state"  # vault and inbox that wait to be taken in by a database
