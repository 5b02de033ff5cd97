"""The account's keys: all, none, or a refusal that names what is missing and repeats no secret."""

from __future__ import annotations

import pytest

from bot.channels.wechat.settings import Mode, read_wechat
from bot.settings import SettingsError
from tests.bot.wechat.platform import AES_KEY, APPID, TOKEN

FULL = {"WECHAT_TOKEN": TOKEN, "WECHAT_AES_KEY": AES_KEY, "WECHAT_APPID": APPID}


def test_without_keys_there_is_no_channel() -> None:
    assert read_wechat({"PATH": "/bin"}) is None and read_wechat({}) is None
    assert read_wechat({"WECHAT_TOKEN": "", "WECHAT_MODE": " "}) is None


def test_full_keys_mean_the_safe_mode() -> None:
    settings = read_wechat(FULL)
    assert settings and settings.mode is Mode.SAFE and settings.crypt
    assert (settings.limit, settings.window) == (1800, 300) and settings.wait < 5


def test_the_plain_mode_needs_only_the_token() -> None:
    settings = read_wechat({"WECHAT_TOKEN": TOKEN, "WECHAT_MODE": "plain"})
    assert settings and settings.crypt is None


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({k: v for k, v in FULL.items() if k != "WECHAT_TOKEN"}, "WECHAT_TOKEN"),
        (FULL | {"WECHAT_TOKEN": ""}, "WECHAT_TOKEN"),
        (FULL | {"WECHAT_AES_KEY": " "}, "WECHAT_AES_KEY"),
        ({k: v for k, v in FULL.items() if k != "WECHAT_AES_KEY"}, "WECHAT_AES_KEY"),
        ({k: v for k, v in FULL.items() if k != "WECHAT_APPID"}, "WECHAT_APPID"),
        ({"WECHAT_TOKEN": TOKEN}, "WECHAT_AES_KEY、WECHAT_APPID"),
        ({"WECHAT_SECRET": "x"}, "WECHAT_TOKEN"),
        ({"WECHAT_MODE": "safe"}, "WECHAT_TOKEN"),
        (
            {"WECHAT_TOKEN": TOKEN, "WECHAT_MODE": "plain", "WECHAT_SECRET": "x"},
            "WECHAT_APPID",
        ),
        (FULL | {"WECHAT_MODE": "secure"}, "WECHAT_MODE=secure"),
        (FULL | {"WECHAT_TOKEN": "a b"}, "WECHAT_TOKEN"),
        (FULL | {"WECHAT_AES_KEY": "k" * 42}, "WECHAT_AES_KEY"),
        (FULL | {"WECHAT_AES_KEY": "-" * 43}, "WECHAT_AES_KEY"),
        (FULL | {"WECHAT_APPID": "gh_123"}, "WECHAT_APPID"),
        (FULL | {"WECHAT_BYTES": "2048"}, "WECHAT_BYTES"),
        (FULL | {"WECHAT_BYTES": "many"}, "WECHAT_BYTES"),
        (FULL | {"WECHAT_API": "http://api.example.com"}, "WECHAT_API"),
        (FULL | {"WECHAT_AESKEY": AES_KEY}, "WECHAT_AESKEY"),
    ],
)
def test_half_set_or_malformed_keys_are_refused_by_name(env: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as refused:
        read_wechat(env)
    for secret in ("WECHAT_TOKEN", "WECHAT_AES_KEY", "WECHAT_SECRET"):
        value = env.get(secret, "")
        assert len(value) < 4 or value not in str(refused.value)
