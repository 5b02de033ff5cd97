"""Signatures and the AES envelope of the platform: what is not provably from it is refused.

Facts: the platform's page 消息推送 (message-push), whose examples are among the tests.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
"""Bytes that the padding fills up to; the cipher's own block has 16."""

SALT = 16
KEY_CHARACTERS = 43
"""Of EncodingAESKey: 32 bytes in base64 without the closing `=`."""


class RefusedError(Exception):
    """A request that is not answered: `status` is the HTTP status, `reason` is for the log."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def signature(token: str, *parts: str) -> str:
    """SHA-1 over the sorted parts, as the platform signs."""
    joined = "".join(sorted((token, *parts)))
    return hashlib.sha1(joined.encode("utf-8", "surrogatepass")).hexdigest()


def check_signature(token: str, given: str, *parts: str) -> None:
    """Raise RefusedError (403) unless `given` signs the parts; takes the same time either way."""
    expected = signature(token, *parts).encode()
    if not token or not hmac.compare_digest(expected, given.encode("utf-8", "surrogatepass")):
        raise RefusedError(403, "signature")


def check_time(timestamp: str, now: float, window: int) -> None:
    """Raise RefusedError (403) for a timestamp more than `window` seconds from now."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise RefusedError(403, "timestamp")
    if abs(now - int(timestamp)) > window:
        raise RefusedError(403, "stale")


def aes_key(encoded: str) -> bytes:
    """The 32 bytes of an EncodingAESKey. Raises ValueError where it is none."""
    if len(encoded) != KEY_CHARACTERS:
        raise ValueError(encoded)
    key = base64.b64decode(encoded + "=", validate=True)
    if len(key) != 32:
        raise ValueError(encoded)
    return key


@dataclass(frozen=True)
class Crypt:
    """AES-256-CBC with the key's first half as vector; the text carries our AppID."""

    key: bytes
    appid: str

    def decrypt(self, encrypted: str) -> bytes:
        """The message inside. Raises RefusedError (403) for whatever was not made for us."""
        try:
            data = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError):
            raise RefusedError(403, "base64") from None
        if not data or len(data) % SALT:
            raise RefusedError(403, "length")
        decryptor = self._cipher().decryptor()
        padded = decryptor.update(data) + decryptor.finalize()
        return self._message(_unpadded(padded))

    def encrypt(self, message: str, salt: bytes | None = None) -> str:
        """The message in base64; the salt is only ever given in tests."""
        body = message.encode()
        plain = (
            (salt or secrets.token_bytes(SALT))
            + struct.pack(">I", len(body))
            + body
            + self.appid.encode()
        )
        fill = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher().encryptor()
        data = encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()
        return base64.b64encode(data).decode()

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self.key), modes.CBC(self.key[:SALT]))

    def _message(self, plain: bytes) -> bytes:
        start = SALT + 4
        if len(plain) < start:
            raise RefusedError(403, "short")
        end = start + struct.unpack(">I", plain[SALT:start])[0]
        if end > len(plain) or not hmac.compare_digest(plain[end:], self.appid.encode()):
            raise RefusedError(403, "appid")
        return plain[start:end]


def _unpadded(padded: bytes) -> bytes:
    fill = padded[-1]
    if not 1 <= fill <= BLOCK or padded[-fill:] != bytes([fill]) * fill:
        raise RefusedError(403, "padding")
    return padded[:-fill]
