"""The platform's side, played by independent implementations: wechatpy and WeRoBot."""

from __future__ import annotations

import itertools
import re
import time
from dataclasses import dataclass, field
from typing import Any, Protocol
from xml.sax.saxutils import escape

import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner
from werobot.crypto import MessageCrypt

TOKEN, AES_KEY, APPID, ACCOUNT = "Token12345", "k" * 42 + "A", "wx" + "0a" * 8, "gh_0123456789ab"
IDS = itertools.count(24_000_000_000_000_000)


class Cipher(Protocol):
    """Seals what the platform sends and opens what it gets back."""

    def seal(self, xml: str, timestamp: str, nonce: str) -> tuple[str, str]: ...

    def open(self, body: str) -> str: ...


class WechatPy:
    """wechatpy 1.8.18."""

    def __init__(self, token: str = TOKEN, key: str = AES_KEY, appid: str = APPID) -> None:
        self._crypto = WeChatCrypto(token, key, appid)

    def seal(self, xml: str, timestamp: str, nonce: str) -> tuple[str, str]:
        sealed = xmltodict.parse(self._crypto.encrypt_message(xml, nonce, timestamp))["xml"]
        return sealed["Encrypt"], sealed["MsgSignature"]

    def open(self, body: str) -> str:
        reply = xmltodict.parse(body)["xml"]
        parts = reply["MsgSignature"], reply["TimeStamp"], reply["Nonce"]
        return _text(self._crypto.decrypt_message(body, *parts))


class WeRoBot:
    """WeRoBot 1.13.1."""

    def __init__(self, token: str = TOKEN, key: str = AES_KEY, appid: str = APPID) -> None:
        self._crypt = MessageCrypt(token, key, appid)

    def seal(self, xml: str, timestamp: str, nonce: str) -> tuple[str, str]:
        sealed = xmltodict.parse(self._crypt.encrypt_message(xml, timestamp, nonce))["xml"]
        return sealed["Encrypt"], sealed["MsgSignature"]

    def open(self, body: str) -> str:
        reply = xmltodict.parse(body)["xml"]
        parts = reply["TimeStamp"], reply["Nonce"], reply["MsgSignature"], reply["Encrypt"]
        return _text(self._crypt.decrypt_message(*parts))


@dataclass(frozen=True)
class Post:
    """One request of the platform: query and body."""

    query: dict[str, str]
    body: str


@dataclass(frozen=True)
class Platform:
    """`mode` as in WECHAT_MODE."""

    mode: str = "safe"
    cipher: Cipher = field(default_factory=WechatPy)
    token: str = TOKEN

    def post(self, xml: str, timestamp: float | None = None) -> Post:
        """The message as the platform sends it in this mode."""
        stamp, nonce = str(int(time.time() if timestamp is None else timestamp)), "415670741"
        signer = WeChatSigner()
        signer.add_data(self.token, stamp, nonce)
        query = {"signature": signer.signature, "timestamp": stamp, "nonce": nonce}
        if self.mode == "plain":
            return Post(query, xml)
        encrypted, signed = self.cipher.seal(xml, stamp, nonce)
        query |= {"encrypt_type": "aes", "msg_signature": signed}
        sealed = f"<Encrypt><![CDATA[{encrypted}]]></Encrypt>"
        if self.mode == "compatible":
            return Post(query, f"{sealed}</xml>".join(xml.rsplit("</xml>", 1)))
        to = f"<ToUserName><![CDATA[{ACCOUNT}]]></ToUserName>"
        return Post(query, f"<xml>{to}{sealed}</xml>")

    def read(self, body: str) -> str:
        """The text that the user sees; empty for `success`. Fails on whatever is malformed."""
        if body == "success":
            return ""
        reply = xmltodict.parse(body if self.mode == "plain" else self.cipher.open(body))["xml"]
        assert reply["MsgType"] == "text" and reply["FromUserName"]
        assert reply["Content"], "an empty Content shows the user an error"
        return str(reply["Content"])


def message(openid: str, kind: str = "text", **fields: Any) -> str:
    """The XML of a message; `Content`, `MsgId` … as fields."""
    if kind != "event":
        fields.setdefault("MsgId", next(IDS))
    fields.setdefault("CreateTime", int(time.time()))
    fields = {"ToUserName": ACCOUNT, "FromUserName": openid, "MsgType": kind, **fields}
    return f"<xml>{''.join(f'<{n}>{_value(v)}</{n}>' for n, v in fields.items())}</xml>"


def said(openid: str, content: str, **fields: Any) -> str:
    """A text message."""
    return message(openid, Content=content, **fields)


def event(openid: str, name: str, **fields: Any) -> str:
    """An event."""
    return message(openid, "event", Event=name, **fields)


LINK = re.compile(
    r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^"&]*)&msgmenuid=\d+">([^<]*)</a>'
)


def shown(text: str) -> str:
    """The text as it looks on the phone."""
    return LINK.sub(r"\2", text)


def _value(value: Any) -> str:
    return escape(str(value)) if isinstance(value, int) else f"<![CDATA[{value}]]>"


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
