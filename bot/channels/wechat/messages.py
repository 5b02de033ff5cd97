"""XML in and out: one flat message read safely, one text answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.channels.wechat.envelope import RefusedError

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""

SUCCESS = "success"
"""The answer that says: received, nothing to tell the user."""


@dataclass(frozen=True)
class Incoming:
    """One message or event. `account` is ours (gh_…), `openid` the user's, `created` in seconds."""

    account: str
    openid: str
    kind: str
    created: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def event(self) -> str:
        """The event's name in small letters; empty for a message."""
        return self.fields.get("Event", "").lower() if self.kind == "event" else ""

    @property
    def key(self) -> str:
        """What a repetition shares with its first: MsgId, for events user, time and event."""
        given = self.fields.get("MsgId")
        if given and self.kind != "event":
            return f"{self.openid}|{given}"
        names = ("Event", "EventKey", "MsgId", "Content")
        parts = (self.kind, *(self.fields.get(name, "") for name in names))
        return "|".join((self.openid, str(self.created), *parts))


def flat(body: bytes) -> dict[str, str]:
    """The texts of the root's children. Raises RefusedError (400) for what is no such XML."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise RefusedError(400, "xml") from None
    return {child.tag: (child.text or "").strip() for child in root}


def incoming(body: bytes) -> Incoming:
    """The message in a body. Raises RefusedError (400) where sender, account or type is missing."""
    fields = flat(body)
    account, openid = fields.get("ToUserName", ""), fields.get("FromUserName", "")
    kind, created = fields.get("MsgType", "").lower(), fields.get("CreateTime", "")
    if not (account and openid and kind):
        raise RefusedError(400, "fields")
    seconds = int(created) if created.isascii() and created.isdigit() and len(created) < 12 else 0
    return Incoming(account, openid, kind, seconds, fields)


def text_reply(message: Incoming, text: str, now: int) -> str:
    """The passive text reply to a message."""
    return (
        f"<xml><ToUserName>{_cdata(message.openid)}</ToUserName>"
        f"<FromUserName>{_cdata(message.account)}</FromUserName>"
        f"<CreateTime>{now}</CreateTime><MsgType>{_cdata('text')}</MsgType>"
        f"<Content>{_cdata(text)}</Content></xml>"
    )


def sealed_reply(encrypted: str, signed: str, timestamp: str, nonce: str) -> str:
    """The envelope around an encrypted reply."""
    return (
        f"<xml><Encrypt>{_cdata(encrypted)}</Encrypt>"
        f"<MsgSignature>{_cdata(signed)}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{_cdata(nonce)}</Nonce></xml>"
    )


def _cdata(text: str) -> str:
    clean = ILLEGAL.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{clean}]]>"
