import asyncio
import json
import socket
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from bot.errors import BadSetting, PortInUse
from bot.page_server import PORTS_TRIED, guard, open_port
from index.articles import read_article
from tests.scripted_desk import SEED, ScriptedDesk, page_over

# What other people's machines may have set; none of it may change what the page does.
HOSTILE = {
    "GRADIO_SHARE": "True",
    "GRADIO_ANALYTICS_ENABLED": "True",
    "GRADIO_RUN_HISTORY": "True",
    "GRADIO_MCP_SERVER": "True",
    "GRADIO_SSR_MODE": "True",
    "GRADIO_ALLOWED_PATHS": "/",
    "GRADIO_ROOT_PATH": "https://elsewhere.example",
    "GRADIO_SERVER_NAME": "0.0.0.0",  # noqa: S104 - it must have no effect
}


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    with pytest.MonkeyPatch.context() as environment:
        for name, value in HOSTILE.items():
            environment.setenv(name, value)
        return page_over(ScriptedDesk(read_article(SEED)))


def get(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:7860", "localhost:7861", "LOCALHOST", "[::1]:80", "localhost."]
)
def test_this_machines_names_are_answered(app: ASGIApp, host: str) -> None:
    assert get(app, "/", host=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:7860", "192.168.0.7", "a b"],
)
@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/queue/join"])
def test_other_names_are_refused(app: ASGIApp, host: str, path: str) -> None:
    assert get(app, path, host=host).status_code == 421


def test_a_configured_name_is_answered_and_numbers_where_all_addresses_are_served() -> None:
    async def inner(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    named = guard(inner, "news.example")
    assert get(named, "/x", host="news.example:7860").status_code == 200
    assert get(named, "/x", host="10.0.0.1").status_code == 421
    everywhere = guard(inner, "0.0.0.0")  # noqa: S104 - nothing is bound
    assert get(everywhere, "/x", host="10.0.0.1:7860").status_code == 200
    assert get(everywhere, "/x", host="evil.example").status_code == 421


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css", "/nowhere"])
def test_every_answer_carries_the_protecting_headers(app: ASGIApp, path: str) -> None:
    headers = get(app, path).headers
    policy = headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_pages_scripts_carry_the_policys_nonce_and_never_the_same_twice(app: ASGIApp) -> None:
    first, second = get(app, "/"), get(app, "/")
    nonce = first.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    assert first.text.count(f'<script nonce="{nonce}"') == first.text.count("<script") > 0
    assert nonce not in second.text
    assert int(first.headers["content-length"]) == len(first.content)


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=https://elsewhere.example/x",
        "/gradio_api//file=/etc/passwd",
        "/gradio_api/%66ile=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=https://elsewhere.example/x",
        "/proxy=https://elsewhere.example/x",
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/runs",
        "/docs",
        "/openapi.json",
        "/gradio_api/deep_link",
    ],
)
def test_gradios_ways_to_files_and_to_other_hosts_are_closed(app: ASGIApp, path: str) -> None:
    assert get(app, path).status_code == 404


def test_no_environment_variable_opens_anything(app: ASGIApp) -> None:
    config = get(app, "/config").json()
    assert config["analytics_enabled"] is False
    assert not config.get("run_history")
    assert "elsewhere.example" not in json.dumps(config)
    assert "elsewhere.example" not in get(app, "/").text
    assert get(app, "/gradio_api/mcp/").status_code == 404


def test_one_endpoint_is_for_programs(app: ASGIApp) -> None:
    info = get(app, "/gradio_api/info").json()
    assert list(info["named_endpoints"]) == ["/ask"]
    assert info["unnamed_endpoints"] == {}


def test_a_body_that_is_no_question_is_not_read(app: ASGIApp) -> None:
    huge = str(10**9)
    path = "/gradio_api/queue/join"
    assert get(app, path, "POST", **{"content-length": huge}).status_code == 413
    assert get(app, path, "POST", **{"content-length": "-1"}).status_code == 413


def test_the_next_free_port_is_taken() -> None:
    with open_port("127.0.0.1", 20_000) as first:
        taken = first.getsockname()[1]
        with open_port("127.0.0.1", taken) as second:
            assert taken < second.getsockname()[1] < taken + PORTS_TRIED


def test_no_free_port_is_said_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 65_535)), pytest.raises(PortInUse, match="--port"):
        open_port("127.0.0.1", 65_535)


@pytest.mark.parametrize("host", ["203.0.113.7", "no such name"])
def test_an_address_of_another_machine_is_said_in_one_sentence(host: str) -> None:
    with pytest.raises(BadSetting, match="address"):
        open_port(host, 20_000)
