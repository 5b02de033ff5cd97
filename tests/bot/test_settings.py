"""Settings: what would be unsafe in public is refused with a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.secret import keyed_id, service_secret
from bot.settings import SettingsError, read_settings

TLS = {"PUBLIC": "1", "BASE_URL": "https://jy.example.gov.cn"}


def test_nothing_set_serves_this_machine_only() -> None:
    settings = read_settings({})
    assert (settings.host, settings.port, settings.public) == ("127.0.0.1", 5005, False)


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"HOST": "0.0.0.0"}, "PUBLIC=1"),
        ({"HOST": "192.168.1.5"}, "PUBLIC=1"),
        ({"HOST": "::"}, "PUBLIC=1"),
        ({"HOST": "some-host"}, "PUBLIC=1"),
        ({"PUBLIC": "1"}, "BASE_URL"),
        ({"PUBLIC": "1", "BASE_URL": "http://jy.example.gov.cn"}, "BASE_URL"),
        (TLS, "TRUSTED_PROXIES"),
        ({**TLS, "HOST": "0.0.0.0"}, "TRUSTED_PROXIES"),
        ({"PORT": "http"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"RETENTION_DAYS": "-1"}, "RETENTION_DAYS"),
        ({"SERVICE_SECRET": "short"}, "SERVICE_SECRET"),
        ({"TRUSTED_PROXIES": "nginx"}, "TRUSTED_PROXIES"),
    ],
)
def test_unsafe_or_odd_settings_are_refused_by_name(env: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(env)


@pytest.mark.parametrize(
    "env",
    [
        {**TLS, "TRUSTED_PROXIES": "127.0.0.1"},
        {**TLS, "HOST": "0.0.0.0", "TRUSTED_PROXIES": "10.0.0.2, 10.0.0.3"},
    ],
)
def test_public_behind_tls_is_served(env: dict[str, str]) -> None:
    assert read_settings(env).public and read_settings(env).secure


def test_the_secret_is_made_once_and_readable_by_us_alone(tmp_path: Path) -> None:
    first = service_secret("", tmp_path)
    assert len(first) >= 32 and service_secret("", tmp_path) == first
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert service_secret("x" * 40, tmp_path) == b"x" * 40


def test_ids_differ_by_purpose_and_secret() -> None:
    ids = {keyed_id(s, p, "o1") for s in (b"a" * 32, b"b" * 32) for p in ("wechat", "address")}
    assert len(ids) == 4 and all(len(found) == 32 for found in ids)
