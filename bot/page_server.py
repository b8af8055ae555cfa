"""How the page is served: to this machine only, and with nothing that could leave it.

Gradio checks neither the Host header (so any web page could reach it by rebinding its own name
to 127.0.0.1) nor does it send a content security policy; both are added here.
"""

import errno
import ipaddress
import re
import secrets
import socket
import webbrowser
from collections.abc import Iterable, MutableMapping
from typing import Any

import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import BadSetting, PortInUse

PORTS_TRIED = 100
_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})
LARGEST_BODY = 10_000_000  # bytes; an article has at most 8 MB

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_WILDCARDS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - recognised here, never bound to
# Gradio's own ways to files, to other hosts and to its counters; the page uses none of them.
_CLOSED = re.compile(
    r"/+(?:gradio_api/+)?(?:file[=/]|proxy=|deep_link|monitoring|profiling|vibe-|undo-vibe|dev/|runs"
    r"|run-history|process_recording|custom_component/|docs|redoc)"
)
# Gradio's scripts and styles are its own files, but for a few scripts in the page itself, which
# carry a nonce, and templates that it compiles in the browser, which need 'unsafe-eval'.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'nonce-{nonce}'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; media-src 'none'; object-src 'none'; frame-src 'none'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)


class PageGuard:
    """ASGI middleware: refuses foreign Host headers and closed paths, adds protecting headers."""

    def __init__(self, app: ASGIApp, allowed_hosts: Iterable[str], *, any_address: bool) -> None:
        """`any_address` lets numeric addresses in, which no rebinding can imitate."""
        self._app = app
        self._allowed = _LOOPBACK | {host.lower() for host in allowed_hosts}
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["path"], headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        if scope["path"] == "/":
            await self._send_page(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            _protect(message, secrets.token_urlsafe(16))
            await send(message)

        await self._app(scope, receive, send_protected)

    def _refusal(self, path: str, headers: Headers) -> PlainTextResponse | None:
        if not self._knows(headers.get("host", "")):
            return PlainTextResponse("This page answers to another name.\n", 421)
        if _CLOSED.match(path):
            return PlainTextResponse("Not found.\n", 404)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return PlainTextResponse("That is too large.\n", 413)
        return None

    def _knows(self, host: str) -> bool:
        name = re.sub(r":\d+$", "", host.lower()).rstrip(".").removeprefix("[").removesuffix("]")
        return name in self._allowed or (self._any_address and _is_address(name))

    async def _send_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the page whole, its own scripts signed with the policy's nonce."""
        nonce = secrets.token_urlsafe(16)
        start: MutableMapping[str, Any] = {}
        body = bytearray()
        # Compressed, the scripts could not be found.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]

        async def send_signed(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            signed = bytes(body).replace(b"<script", f'<script nonce="{nonce}"'.encode())
            _protect(start, nonce)
            if scope["method"] == "GET":
                MutableHeaders(scope=start)["content-length"] = str(len(signed))
            await send(start)
            await send({"type": "http.response.body", "body": signed})

        await self._app({**scope, "headers": plain}, receive, send_signed)


def run(app: ASGIApp, host: str, listening: socket.socket, *, open_browser: bool) -> None:
    """Serve `app` until interrupted; prints the address."""
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}"
    print(f"On the Record is at {address} (Ctrl+C ends it).", flush=True)  # noqa: T201
    if open_browser:
        webbrowser.open(address)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


def open_port(host: str, port: int) -> socket.socket:
    """A listening socket on `port`, or on the next free one.

    Raises:
        BadSetting: `host` is no address of this machine.
        PortInUse: no port is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = min(port + PORTS_TRIED, 65_536)
    for candidate in range(port, last):
        try:
            return socket.create_server((host, candidate), family=family, backlog=128)
        except (socket.gaierror, OverflowError) as error:
            raise BadSetting(f"The page cannot listen on {host!r}: name an address.") from error
        except OSError as error:
            if error.errno not in _TAKEN:
                raise BadSetting(
                    f"The page cannot listen on {host!r} ({error.strerror}): name an address of "
                    "this machine, such as 127.0.0.1."
                ) from error
    raise PortInUse(f"No port from {port} to {last - 1} is free: name another one with --port.")


def guard(app: ASGIApp, host: str) -> PageGuard:
    """`app` behind the guard that fits the address it is served on."""
    everywhere = host in _WILDCARDS
    names = {socket.gethostname()} if everywhere else {host}
    return PageGuard(app, names, any_address=everywhere)


def _protect(message: MutableMapping[str, Any], nonce: str) -> None:
    if message["type"] != "http.response.start":
        return
    headers = MutableHeaders(scope=message)
    headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
    headers["X-Frame-Options"] = "DENY"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
