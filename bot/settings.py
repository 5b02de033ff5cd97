"""What the operator sets: read once from the environment, refused where it is unsafe."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from actions.service_hours import read_hours

SHORTEST_SECRET = 32
"""Characters of SERVICE_SECRET."""


class SettingsError(ValueError):
    """A setting is missing or unsafe; the text says which, and what to do."""


@dataclass(frozen=True)
class Settings:
    """`retention_days`: conversations older than this are deleted; 0 keeps them."""

    host: str = "127.0.0.1"
    port: int = 5005
    public: bool = False
    base_url: str = ""
    secret: str = ""
    proxies: frozenset[str] = frozenset()
    retention_days: int = 180

    @property
    def secure(self) -> bool:
        """Whether citizens come over TLS, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def read_settings(env: Mapping[str, str]) -> Settings:
    """The settings of this environment. Raises SettingsError with a sentence for the operator."""
    settings = Settings(
        host=env.get("HOST") or "127.0.0.1",
        port=_number(env, "PORT", 5005, 65535),
        public=env.get("PUBLIC", "") in ("1", "true", "yes"),
        base_url=env.get("BASE_URL", "").rstrip("/"),
        secret=env.get("SERVICE_SECRET", ""),
        proxies=_addresses(env.get("TRUSTED_PROXIES", "")),
        retention_days=_number(env, "RETENTION_DAYS", 180, 3650),
    )
    _refuse_unsafe(settings)
    try:
        read_hours(env.get("DESK_HOURS", ""))
    except ValueError as wrong:
        raise SettingsError(
            f"DESK_HOURS 里的“{wrong}”看不懂，例：1-5 9:00-12:00 13:30-17:00; 6 9:00-12:00。"
        ) from None
    return settings


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_unsafe(settings: Settings) -> None:
    if settings.secret and len(settings.secret) < SHORTEST_SECRET:
        raise SettingsError(
            f"SERVICE_SECRET 太短：至少{SHORTEST_SECRET}个字符，可用 openssl rand -hex 32 生成。"
        )
    if not settings.public:
        if not is_loopback(settings.host):
            raise SettingsError(
                f"HOST={settings.host} 会把服务开放到本机以外。确要公开，请设 PUBLIC=1，"
                "并设好 BASE_URL（https 开头的网址）；一般做法是保持 127.0.0.1，由 nginx 转发。"
            )
        return
    if not settings.secure:
        raise SettingsError("PUBLIC=1 时必须设 BASE_URL，且以 https:// 开头（由 nginx 提供 TLS）。")
    if not settings.proxies:
        raise SettingsError(
            "PUBLIC=1 时必须设 TRUSTED_PROXIES（转发请求的 nginx 的地址，一般是 127.0.0.1，"
            "多个用逗号分开），否则分不清访问者的真实地址。"
        )


def _number(env: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = env.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= most:
        raise SettingsError(f"{name}={text} 不对：应为0到{most}之间的整数。")
    return int(text)


def _addresses(text: str) -> frozenset[str]:
    found = frozenset(part.strip() for part in text.split(",") if part.strip())
    for address in found:
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise SettingsError(
                f"TRUSTED_PROXIES 里的 {address} 不是IP地址，例：127.0.0.1。"
            ) from None
    return found
