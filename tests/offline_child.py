"""Runs the commands in a network without a way out, and tells what tried to leave.

python -m tests.offline_child FOLDER, under `unshare -rn`; prints one JSON object.
"""

import fcntl
import json
import runpy
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path

ARTICLE = (
    "Prime Minister Jacinda Ardern spoke on Monday. Ardern said vaccine mandates would end in "
    "April. The opposition leader, Christopher Luxon, said it was too late."
)

HERE = {"127.0.0.1", "::1", "localhost", "None", ""}


def watch() -> list[str]:
    """The addresses beyond this machine that Python is about to connect to or look up."""
    seen: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.getaddrinfo":
            address: object = arguments[:1]
        elif event in {"socket.connect", "socket.sendto"}:
            address = arguments[1]
        else:
            return
        # What is no tuple is a socket in the file system.
        if isinstance(address, tuple) and str(address[0]) not in HERE:
            seen.append(f"{event} {address[0]}")

    sys.addaudithook(hook)
    return seen


def raise_loopback() -> None:
    """Switch the loopback interface of a new network namespace on (SIOCSIFFLAGS, IFF_UP)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sh", b"lo", 1))


def sent_nowhere() -> int:
    """How many packets, of any program in this namespace, found no way out."""
    names, values = Path("/proc/self/net/snmp").read_text(encoding="ascii").splitlines()[:2]
    counters = dict(zip(names.split(), values.split(), strict=True))
    for line in Path("/proc/self/net/snmp6").read_text(encoding="ascii").splitlines():
        name, value = line.split()
        counters[name] = value
    return int(counters["OutNoRoutes"]) + int(counters["Ip6OutNoRoutes"])


def command(*arguments: str) -> tuple[object, str]:
    """Run `python -m bot` in this process; returns its exit code and what it printed."""
    printed = StringIO()
    sys.argv = ["bot", *arguments]
    with redirect_stdout(printed):
        try:
            runpy.run_module("bot", run_name="__main__", alter_sys=False)
        except SystemExit as ended:
            return ended.code, printed.getvalue()
    return None, printed.getvalue()


def page(port: int) -> str:
    """Start the page as a person would, fetch it and its parts, and stop it."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat", "--no-browser", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split(" is at ")[1].split()[0]
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(address) as answer:  # noqa: S310 - the page's own
                    text: str = answer.read().decode()
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        time.sleep(2)  # what starts in the background has begun by now
        process.terminate()
    return text


def main(folder: Path) -> None:
    """Add an article, ask it, and open the page."""
    raise_loopback()
    seen = watch()
    story = folder / "story.txt"
    story.write_text(ARTICLE, encoding="utf-8")
    added = command("add", str(story))
    asked = command("ask", "--json", "--article", str(story), "What did Ardern say about mandates?")
    shown = page(17_860)
    left = sent_nowhere()
    tried = list(seen)
    with suppress(OSError):  # that the counter counts, and the hook sees
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    counts = sent_nowhere() > left and seen[-1] == "socket.connect 192.0.2.1"
    result = {
        "added": added,
        "asked": asked,
        "page": len(shown),
        "left": left,
        "tried": tried,
        "counts": counts,
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
