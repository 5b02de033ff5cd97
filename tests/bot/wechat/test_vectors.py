"""The examples of the platform's own documentation (消息推送, message-push)."""

from __future__ import annotations

import pytest

from bot.channels.wechat.envelope import (
    Crypt,
    RefusedError,
    aes_key,
    check_signature,
    check_time,
    signature,
)

TOKEN, APPID = "AAAAA", "wxba5fad812f8e6fb9"
CRYPT = Crypt(aes_key("A" * 43), APPID)
SENT = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
    "ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3F"
    "n2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSe"
    "OBrebufAlr7F9mFUPAJGj04="
)
ANSWERED = (
    "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("1714036504", "1514711492"), "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        (("1714037059", "486452656"), "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
        (("1714112445", "415670741"), "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
        (("1714112445", "415670741", SENT), "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"),
        (("1713424427", "415670741", ANSWERED), "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"),
    ],
)
def test_signatures(parts: tuple[str, ...], expected: str) -> None:
    assert signature(TOKEN, *parts) == expected
    check_signature(TOKEN, expected, *parts)
    with pytest.raises(RefusedError):
        check_signature(TOKEN, expected[:-1] + "0", *parts)


def test_the_message_sent_is_opened() -> None:
    assert CRYPT.decrypt(SENT).decode() == (
        '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY",'
        '"CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
    )


def test_the_reply_is_sealed_to_the_letter() -> None:
    assert CRYPT.encrypt('{"demo_resp":"good luck"}', b"707722b803182950") == ANSWERED


def test_another_appid_does_not_open_it() -> None:
    with pytest.raises(RefusedError, match="appid"):
        Crypt(CRYPT.key, "wx0000000000000000").decrypt(SENT)


@pytest.mark.parametrize("length", range(70))
def test_every_length_comes_back(length: int) -> None:
    assert CRYPT.decrypt(CRYPT.encrypt("x" * length)) == b"x" * length


def test_an_empty_token_signs_nothing() -> None:
    """An SHA-1 of the query alone could be made by anyone."""
    with pytest.raises(RefusedError):
        check_signature("", signature("", "1", "2"), "1", "2")


@pytest.mark.parametrize("stamp", ["", "x", "-1", "１７", "1e9", "9" * 13, "1714036504.0"])
def test_what_is_no_time_is_refused(stamp: str) -> None:
    with pytest.raises(RefusedError):
        check_time(stamp, 1714036504, 300)
