"""Play a whole conversation as the platform would, encrypted, and print it.

python -m bot.channels.wechat.play               starts a server of its own for it
python -m bot.channels.wechat.play --url URL     asks a running one, with the keys of its environment
"""

from __future__ import annotations

import argparse
import base64
import itertools
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bot.channels.wechat.envelope import check_signature, signature
from bot.channels.wechat.messages import SUCCESS, flat
from bot.channels.wechat.settings import WeChatSettings, read_wechat
from bot.places import ROOT
from bot.settings import SettingsError

ACCOUNT = "gh_0123456789ab"
PATH = "/webhooks/wechat/webhook"
STARTS_WITHIN = 120
"""Seconds for a server of our own."""

LINK = re.compile(r'<a href="[^"]*">([^<]*)</a>')

CONVERSATION: Sequence[tuple[str, Mapping[str, str]]] = (
    ("扫码关注", {"MsgType": "event", "Event": "subscribe", "EventKey": "qrscene_topic-15.2"}),
    ("文字", {"MsgType": "text", "Content": "我22岁没工作，能领见习补贴吗"}),
    ("语音（没有识别结果）", {"MsgType": "voice", "MediaId": "m", "Format": "amr"}),
    ("图片", {"MsgType": "image", "PicUrl": "https://example.com/a.jpg", "MediaId": "m"}),
    ("点菜单", {"MsgType": "event", "Event": "CLICK", "EventKey": "say-我能享受什么"}),
    ("回复数字", {"MsgType": "text", "Content": "2"}),
    ("文字", {"MsgType": "text", "Content": "裁员要走什么程序"}),
    ("要看没说完的", {"MsgType": "text", "Content": "更多"}),
    ("点菜单", {"MsgType": "event", "Event": "CLICK", "EventKey": "say-重新开始"}),
    ("扫码", {"MsgType": "event", "Event": "SCAN", "EventKey": "topic-3.1"}),
    ("文字", {"MsgType": "text", "Content": "归哪个部门管"}),
    ("打开网页菜单", {"MsgType": "event", "Event": "VIEW", "EventKey": "https://example.com/"}),
    ("取消关注", {"MsgType": "event", "Event": "unsubscribe"}),
)


@dataclass(frozen=True)
class Platform:
    """The platform's side of one user's conversation."""

    url: str
    account: WeChatSettings
    user: str

    def send(self, fields: Mapping[str, str]) -> str:
        """The text that the user sees; empty where the service says nothing.

        Raises urllib.error.URLError where it refuses or is not there.
        """
        given = {"ToUserName": ACCOUNT, "FromUserName": self.user, **fields}
        inner = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in given.items())
        body, query = self._sealed(f"<xml>{inner}</xml>")
        address = f"{self.url}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(address, body.encode(), timeout=5) as answer:
            text = answer.read().decode()
        return "" if text == SUCCESS else self._opened(text)

    def _sealed(self, xml: str) -> tuple[str, dict[str, str]]:
        token, crypt = self.account.token, self.account.crypt
        stamp, nonce = str(int(time.time())), str(secrets.randbelow(10**9))
        query = {"timestamp": stamp, "nonce": nonce, "signature": signature(token, stamp, nonce)}
        if crypt is None:
            return xml, query
        encrypted = crypt.encrypt(xml)
        signed = signature(token, stamp, nonce, encrypted)
        query |= {"encrypt_type": "aes", "msg_signature": signed}
        return f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>", query

    def _opened(self, text: str) -> str:
        fields, crypt = flat(text.encode()), self.account.crypt
        if crypt is not None:
            parts = fields["TimeStamp"], fields["Nonce"], fields["Encrypt"]
            check_signature(self.account.token, fields["MsgSignature"], *parts)
            fields = flat(crypt.decrypt(fields["Encrypt"]))
        return fields["Content"]


def play(platform: Platform) -> None:
    """Send every step and print what comes back, as it looks on the phone."""
    ids = itertools.count(time.time_ns())
    for number, (what, fields) in enumerate(CONVERSATION):
        given = {"CreateTime": str(int(time.time()) + number), **fields}
        if fields["MsgType"] != "event":
            given["MsgId"] = str(next(ids))
        said = fields.get("Content") or fields.get("EventKey") or ""
        print(f"\n【{what}】{said}")
        print(LINK.sub(r"〔\1〕", platform.send(given)) or "（不回复：success）")


@contextmanager
def server() -> Iterator[Platform]:
    """A server of our own on a free port, with keys and data made up for it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    key = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    keys = {
        "WECHAT_TOKEN": secrets.token_hex(8),
        "WECHAT_AES_KEY": key,
        "WECHAT_APPID": f"wx{secrets.token_hex(8)}",
    }
    account = read_wechat(keys)
    assert account
    with tempfile.TemporaryDirectory() as folder:
        given = {**os.environ, **keys, "PORT": str(port), "HOST": "127.0.0.1", "VAR_DIR": folder}
        given["PYTHONWARNINGS"] = "ignore"
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.run"], cwd=ROOT, env=given, stdout=subprocess.DEVNULL
        )
        try:
            _await(port, process)
            yield Platform(f"http://127.0.0.1:{port}{PATH}", account, "o" + secrets.token_hex(12))
        finally:
            process.terminate()
            process.wait(30)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("服务没有启动成功，请先运行 make run 看看提示。")


def main() -> int:
    """Play once; 1 where the service refuses or is not reached."""
    parser = argparse.ArgumentParser(description="像微信平台那样加密地走一遍完整对话")
    parser.add_argument("--url", help=f"已经在运行的服务的地址，例：http://127.0.0.1:5005{PATH}")
    url = parser.parse_args().url
    try:
        if url:
            account = read_wechat(os.environ)
            if account is None:
                raise SettingsError("用 --url 时，请先设好和服务一样的 WECHAT_ 开头的设置。")
            play(Platform(url, account, "o" + secrets.token_hex(12)))
        else:
            with server() as platform:
                play(platform)
    except (SettingsError, urllib.error.URLError) as error:
        print(f"没有成功：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
