"""A chat model's HTTP server: OpenAI's and Anthropic's formats, streamed, with faults to order."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHUNK = 9  # characters of an answer in one event


@dataclass
class ModelServer:
    """What the server does, one step a request (the last repeats), and what it was asked."""

    steps: Sequence[str]
    """An answer's text, or a fault: "429", "500", "401", "hang", "break:TEXT", "endless:TEXT",
    "garbage"."""
    address: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    """Set when a client closes the connection while an endless answer is being sent."""

    def next_step(self) -> str:
        return self.steps[min(len(self.requests), len(self.steps)) - 1]


@contextmanager
def serving(*steps: str) -> Iterator[ModelServer]:  # noqa: C901 - one small method a fault
    """A server on a free port of the loopback."""
    state = ModelServer(steps)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            state.requests.append(json.loads(self.rfile.read(length)))
            self._answer(state.next_step())

        def log_message(self, *_args: object) -> None:
            """Keep the tests' output clean."""

        def _answer(self, step: str) -> None:
            if step.isdecimal():
                body = json.dumps({"error": {"message": "no", "type": "error"}}).encode()
                self.send_response(int(step))
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            kind, _, text = step.partition(":")
            try:
                if kind == "hang":
                    self._stay()
                elif kind == "garbage":
                    self._send("data: {this is not JSON\n\n")
                elif kind == "break":
                    self._words(text)
                    self.close_connection = True
                    self.connection.shutdown(2)
                elif kind == "endless":
                    while True:
                        self._words(text * 50)
                        time.sleep(0.01)
                else:
                    self._opening()
                    self._words(step)
                    self._ending()
                    self.wfile.write(b"0\r\n\r\n")
            except OSError:
                state.gone.set()

        def _stay(self) -> None:
            while True:
                self._send(": still here\n\n")
                time.sleep(0.05)

        def _send(self, text: str) -> None:
            raw = text.encode()
            self.wfile.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
            self.wfile.flush()

        @property
        def _anthropic(self) -> bool:
            return self.path.endswith("/messages")

        def _event(self, kind: str, **data: object) -> None:
            lead = f"event: {kind}\n" if self._anthropic else ""
            self._send(f"{lead}data: {json.dumps({'type': kind, **data})}\n\n")

        def _opening(self) -> None:
            if self._anthropic:
                message: dict[str, object] = {
                    "id": "m", "type": "message", "role": "assistant", "content": [],
                    "model": "double", "stop_reason": None, "stop_sequence": None,
                    "usage": {"input_tokens": 1, "output_tokens": 1},
                }  # fmt: skip
                self._event("message_start", message=message)
                block = {"type": "text", "text": ""}
                self._event("content_block_start", index=0, content_block=block)

        def _words(self, text: str) -> None:
            for at in range(0, len(text), CHUNK):
                piece = text[at : at + CHUNK]
                if self._anthropic:
                    delta = {"type": "text_delta", "text": piece}
                    self._event("content_block_delta", index=0, delta=delta)
                else:
                    self._completion({"role": "assistant", "content": piece}, None)

        def _ending(self) -> None:
            if self._anthropic:
                self._event("content_block_stop", index=0)
                delta = {"stop_reason": "end_turn", "stop_sequence": None}
                self._event("message_delta", delta=delta, usage={"output_tokens": 5})
                self._event("message_stop")
            else:
                self._completion({}, "stop")
                self._send("data: [DONE]\n\n")

        def _completion(self, delta: dict[str, str], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            chunk = {
                "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "double",
                "choices": [choice],
            }  # fmt: skip
            self._send(f"data: {json.dumps(chunk)}\n\n")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
