"""Coming in as a demonstration colleague, over HTTP, with a code where one is asked for."""

import re
import subprocess
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from app.demonstration.loading import PASSWORD

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
Flask = Callable[..., subprocess.CompletedProcess[str]]


def signed_in(site: str, email: str, flask: Flask) -> OpenerDirector:
    """``flask`` runs a command of the same site. Raises RuntimeError where the door stays closed."""
    reader = build_opener(HTTPCookieProcessor(CookieJar()))
    page = read(reader, f"{site}/staff/sign-in")
    page, address = send(reader, f"{site}/staff/sign-in", token=token_in(page), email=email, password=PASSWORD)
    if 'name="code"' in page:
        code = flask("demo", "code", email).stdout.split()[-1]
        page, address = send(reader, address, token=token_in(page), code=code)
    if "/staff/sign-in" in address:
        raise RuntimeError(f"{email} cannot come in: {address}")
    return reader


def token_in(page: str) -> str:
    found = TOKEN.search(page)
    if found is None:
        raise RuntimeError(f"a form without a token: {page[:300]}")
    return found.group(1)


def read(reader: OpenerDirector, address: str) -> str:
    with reader.open(address, timeout=300) as answer:
        content: bytes = answer.read()
        return content.decode()


def send(reader: OpenerDirector, address: str, token: str, **fields: str) -> tuple[str, str]:
    """The page that comes of it, and its address."""
    data = urlencode({"csrf_token": token, **fields}).encode()
    asked = urllib.request.Request(address, data, {"Referer": address})
    with reader.open(asked, timeout=300) as answer:
        content: bytes = answer.read()
        return content.decode(), answer.geturl()
