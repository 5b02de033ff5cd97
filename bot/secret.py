"""The service's own secret: signs cookies and turns outside ids into ids of ours."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path


def service_secret(configured: str, folder: Path) -> bytes:
    """The configured secret, or one made on first start and kept in a file only we can read."""
    if configured:
        return configured.encode()
    kept = folder / "secret"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode())
    return kept.read_bytes()


def keyed_id(secret: bytes, purpose: str, outside: str) -> str:
    """An id of ours for an outside one (an OpenID, an address): 32 hex digits, not reversible."""
    message = f"{purpose}|{outside}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()[:32]
