"""What the operator sets for the account; half-set or malformed keys are refused by name."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.wechat.envelope import Crypt, aes_key
from bot.settings import SettingsError

API = "https://api.weixin.qq.com"
MOST_BYTES = 2047
"""Of one passive text, reported by developers; the platform does not document it."""

TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")
APPID = re.compile(r"wx[0-9a-f]{16}")
KNOWN = (
    "WECHAT_TOKEN",
    "WECHAT_MODE",
    "WECHAT_AES_KEY",
    "WECHAT_APPID",
    "WECHAT_SECRET",
    "WECHAT_API",
    "WECHAT_BYTES",
)


class Mode(enum.Enum):
    """消息加解密方式, as chosen in the platform's console."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


@dataclass(frozen=True)
class WeChatSettings:
    """`limit`: bytes of one text. `window`: seconds that a request's timestamp may be off.

    `wait`: seconds a request is held before the user is told to come back; the platform cuts at 5.
    """

    token: str
    mode: Mode = Mode.SAFE
    crypt: Crypt | None = None
    appid: str = ""
    secret: str = ""
    api: str = API
    limit: int = 1800
    window: int = 300
    wait: float = 4.3

    @property
    def sealed(self) -> bool:
        """Whether messages must come encrypted: in both modes that sign the body."""
        return self.mode is not Mode.PLAIN


def read_wechat(env: Mapping[str, str]) -> WeChatSettings | None:
    """The account's settings, None where nothing of it is set. Raises SettingsError."""
    given = {name: value.strip() for name, value in env.items() if name.startswith("WECHAT_")}
    given = {name: value for name, value in given.items() if value}
    if not given:
        return None
    for name in given:
        if name not in KNOWN:
            raise SettingsError(f"不认识的设置 {name}；公众号的设置有：{'、'.join(KNOWN)}。")
    mode = _mode(given.get("WECHAT_MODE", Mode.SAFE.value))
    needed = ["WECHAT_TOKEN"]
    if mode is not Mode.PLAIN:
        needed += ["WECHAT_AES_KEY", "WECHAT_APPID"]
    if given.get("WECHAT_SECRET"):
        needed.append("WECHAT_APPID")
    missing = [name for name in dict.fromkeys(needed) if name not in given]
    if missing:
        raise SettingsError(
            f"公众号的设置不全：还缺 {'、'.join(missing)}。填上缺的，或者把 WECHAT_ 开头的都去掉，不启用公众号。"
        )
    _check_shape(given)
    crypt = None
    if mode is not Mode.PLAIN:
        crypt = Crypt(aes_key(given["WECHAT_AES_KEY"]), given["WECHAT_APPID"])
    return WeChatSettings(
        token=given["WECHAT_TOKEN"],
        mode=mode,
        crypt=crypt,
        appid=given.get("WECHAT_APPID", ""),
        secret=given.get("WECHAT_SECRET", ""),
        api=given.get("WECHAT_API", API).rstrip("/"),
        limit=_bytes(given.get("WECHAT_BYTES", "1800")),
    )


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise SettingsError(
            f"WECHAT_MODE={text} 不对：应为 safe（安全模式）、compatible（兼容模式）或 plain（明文模式），和公众平台后台选的一致。"
        ) from None


def _check_shape(given: Mapping[str, str]) -> None:
    """The values themselves are secrets and are never repeated."""
    if not TOKEN.fullmatch(given["WECHAT_TOKEN"]):
        raise SettingsError("WECHAT_TOKEN 不对：应为3到32位英文或数字，和公众平台后台填的一致。")
    if "WECHAT_AES_KEY" in given:
        try:
            aes_key(given["WECHAT_AES_KEY"])
        except ValueError:
            raise SettingsError("WECHAT_AES_KEY 不对：应为后台生成的43位EncodingAESKey。") from None
    if "WECHAT_APPID" in given and not APPID.fullmatch(given["WECHAT_APPID"]):
        raise SettingsError("WECHAT_APPID 不对：应为 wx 开头、共18位的开发者ID（AppID）。")
    if not re.match(
        r"https://|http://(127\.0\.0\.1|localhost)(:|/|$)", given.get("WECHAT_API", API)
    ):
        raise SettingsError(
            "WECHAT_API 不对：应以 https:// 开头（本机测试可用 http://127.0.0.1）。"
        )


def _bytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 300 <= int(text) <= MOST_BYTES):
        raise SettingsError(f"WECHAT_BYTES={text} 不对：应为300到{MOST_BYTES}之间的整数。")
    return int(text)
