"""The proxy's allow-list: what citizens need passes, what is ours alone does not."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.bot.server import ROOT

CONF = ROOT / "bot" / "deploy" / "nginx.conf"
PUBLIC = (
    "/",
    "/policy",
    "/policy/15.2",
    "/summary",
    "/summary.txt",
    "/material/00112233445566778899/handout.pdf",
    "/static/chat.js",
    "/static/fonts/NotoSansSC-Regular.subset.woff2",
    "/webhooks/web/session",
    "/webhooks/web/say",
    "/webhooks/wechat/webhook",
)
OURS = (
    "/health",
    "/webhooks/rest/webhook",
    "/desk",
    "/desk/overview",
    "/model",
    "/conversations/a/tracker",
    "/policyx",
    "/webhooks/",
)


def passed(path: str) -> bool:
    """Whether the proxy hands a path on: exact locations first, then the longest prefix."""
    found = re.findall(r"location (=? ?)(\S+)\s*\{(.*)\}", CONF.read_text("utf-8"))
    exact = [body for sign, place, body in found if "=" in sign and place == path]
    prefixes = [(place, body) for sign, place, body in found if "=" not in sign]
    fitting = [(place, body) for place, body in prefixes if path.startswith(place)]
    body = exact[0] if exact else max(fitting, key=lambda item: len(item[0]))[1]
    return "proxy_pass" in body


@pytest.mark.parametrize("path", PUBLIC)
def test_what_citizens_need_passes(path: str) -> None:
    assert passed(path)


@pytest.mark.parametrize("path", OURS)
def test_what_is_ours_alone_does_not(path: str) -> None:
    assert not passed(path)


def test_nginx_takes_the_file(tmp_path: Path) -> None:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    openssl = shutil.which("openssl")
    if not nginx or not openssl:
        pytest.skip("no nginx or openssl here: apt-get install nginx-light openssl")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    making = (
        f"req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=x -keyout {key} -out {certificate}"
    )
    subprocess.run([openssl, *making.split()], check=True, capture_output=True)
    site = CONF.read_text("utf-8").replace("/etc/nginx/tls", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\n"
        f"http {{ access_log off;\n{site}\n}}\n",
        "utf-8",
    )
    tried = subprocess.run([nginx, "-t", "-c", str(whole)], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
