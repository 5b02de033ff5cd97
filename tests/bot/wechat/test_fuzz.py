"""Whatever comes, no 500 and no stack trace: XML, envelope and query made up by hypothesis."""

from __future__ import annotations

import asyncio
import base64
import gc
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.wechat.envelope import Crypt, RefusedError, aes_key, signature
from bot.channels.wechat.messages import incoming
from tests.bot.wechat.conftest import SECRET, Echo, Served, Wire, account, serving
from tests.bot.wechat.platform import AES_KEY, APPID, TOKEN, Platform, Post, said

CRYPT = Crypt(aes_key(AES_KEY), APPID)
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ALLOWED = {200, 400, 403, 413}
TAGS = ["xml", "ToUserName", "FromUserName", "MsgType", "Event", "EventKey", "Content", "MsgId"]
TAGS += ["CreateTime", "Encrypt", "Recognition", "a:b", "é", "Ticket"]
VALUES = ["text", "event", "voice", "subscribe", "unsubscribe", "SCAN", "CLICK", "VIEW", "o1", "1"]
VALUES += ["topic-15.2", "qrscene_1", "更多", "查看结果", "-1", "1e9", "٣", "9" * 40, "/restart"]

words = st.one_of(st.sampled_from(VALUES), st.text(max_size=40))
trees = st.recursive(
    words.map(lambda text: f"<![CDATA[{text.replace(']]>', '')}]]>"),
    lambda inner: st.lists(st.tuples(st.sampled_from(TAGS), inner), max_size=8).map(
        lambda items: "".join(f"<{tag}>{body}</{tag}>" for tag, body in items)
    ),
    max_leaves=12,
)
messages = st.lists(st.tuples(st.sampled_from(TAGS[1:]), words), max_size=10).map(
    lambda items: "".join(
        f"<{tag}><![CDATA[{text.replace(']]>', '')}]]></{tag}>" for tag, text in items
    )
)
documents = st.one_of(
    messages.map(lambda body: f"<xml>{body}</xml>"),
    messages.map(
        lambda body: (
            "<xml><ToUserName>g</ToUserName><FromUserName>o</FromUserName>"
            f"<MsgType>event</MsgType>{body}</xml>"
        )
    ),
    trees.map(lambda body: f"<xml>{body}</xml>"),
    st.text(max_size=200),
    st.just(said("o1", "问")).flatmap(
        lambda xml: st.integers(0, len(xml)).map(lambda at: xml[:at])
    ),
    st.just("<xml>" * 5000 + "</xml>" * 5000),
)
queries = st.dictionaries(
    st.sampled_from(
        ["signature", "timestamp", "nonce", "msg_signature", "encrypt_type", "echostr", "openid"]
    ),
    st.one_of(st.sampled_from(["aes", "raw", "1714112445"]), st.text(max_size=20)),
)


class Loop:
    """The channel in one mode, kept up for many examples."""

    def __init__(self, folder: Path, mode: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.platform = Platform(mode)
        self._served = serving(Served(Echo(), account(mode), SECRET, folder), self.platform)
        self.wire: Wire = self.loop.run_until_complete(self._served.__aenter__())

    def send(self, post: Post, method: str = "POST") -> tuple[int, bytes]:
        async def sent() -> tuple[int, bytes]:
            data = post.body.encode("utf-8", "surrogatepass")
            async with self.wire.session.request(
                method, self.wire.url, params=post.query, data=data
            ) as got:
                return got.status, await got.read()

        return self.loop.run_until_complete(sent())

    def close(self) -> None:
        self.loop.run_until_complete(self._served.__aexit__(None, None, None))
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self.loop.close()


@pytest.fixture(scope="module", params=["plain", "compatible", "safe"])
def served(request: Any, tmp_path_factory: Any) -> Iterator[Loop]:
    gc.collect()  # what other tests left over is not logged among what happens here
    loop = Loop(tmp_path_factory.mktemp("fuzz"), request.param)
    yield loop
    loop.close()


def _fine(answer: tuple[int, bytes], caplog: pytest.LogCaptureFixture) -> None:
    status, body = answer
    assert status in ALLOWED, (status, body)
    assert b"Traceback" not in body and b"Error" not in body.split(b"<Content>")[0]
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR or r.exc_info]


@MANY
@given(document=documents)
def test_any_document_genuinely_signed(
    served: Loop, caplog: pytest.LogCaptureFixture, document: str
) -> None:
    document = document.encode("utf-8", "replace").decode()
    status, body = served.send(served.platform.post(document))
    _fine((status, body), caplog)
    if status == 200:
        served.platform.read(body.decode())


@MANY
@given(document=documents, query=queries)
def test_any_document_under_any_query(
    served: Loop, caplog: pytest.LogCaptureFixture, document: str, query: dict[str, str]
) -> None:
    clean = {k: v.encode("utf-8", "replace").decode() for k, v in query.items()}
    _fine(served.send(Post(clean, document)), caplog)
    status, body = served.send(Post(clean, ""), "GET")
    assert status == 403 and body == b""


@MANY
@given(plain=st.binary(max_size=200), pad=st.integers(0, 255))
def test_any_bytes_in_the_envelope(
    served: Loop, caplog: pytest.LogCaptureFixture, plain: bytes, pad: int
) -> None:
    """What only the holder of the key could make, and got wrong."""
    encryptor = CRYPT._cipher().encryptor()
    filled = plain + bytes([pad]) * (32 - len(plain) % 32)
    encrypted = base64.b64encode(encryptor.update(filled) + encryptor.finalize()).decode()
    query = served.platform.post(said("o1", "问")).query
    signed = signature(TOKEN, query["timestamp"], query["nonce"], encrypted)
    sealed = Post(
        query | {"encrypt_type": "aes", "msg_signature": signed},
        f"<xml><Encrypt>{encrypted}</Encrypt></xml>",
    )
    _fine(served.send(sealed), caplog)


@MANY
@given(text=st.one_of(st.text(max_size=300), st.text("=+/Aa0", max_size=300)))
def test_any_text_for_an_envelope(text: str) -> None:
    with pytest.raises(RefusedError):
        CRYPT.decrypt(text)


@settings(max_examples=400, deadline=None)
@given(
    body=st.one_of(st.binary(max_size=400), documents.map(lambda d: d.encode("utf-8", "replace")))
)
def test_any_bytes_are_a_message_or_refused(body: bytes) -> None:
    try:
        found = incoming(body)
    except RefusedError as refused:
        assert refused.status == 400
    else:
        assert found.openid and found.account and found.kind and isinstance(found.key, str)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_other_methods_are_not_served(served: Loop, method: str) -> None:
    status, body = served.send(Post({}, ""), method)
    assert status in (404, 405) and b"Traceback" not in body


def test_not_even_utf8(served: Loop, caplog: pytest.LogCaptureFixture) -> None:
    async def raw() -> tuple[int, bytes]:
        url = (
            served.wire.url + "?signature=%ff%fe&timestamp=%00&nonce=%ud800&msg_signature=%ED%A0%80"
        )
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=b"\xff\xfe<xml>") as got,
        ):
            return got.status, await got.read()

    _fine(served.loop.run_until_complete(raw()), caplog)
