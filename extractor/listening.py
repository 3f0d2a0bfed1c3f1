"""Where a server of ours listens and under which names it answers."""

from __future__ import annotations

import socket
from collections.abc import Collection

from extractor.errors import InputError

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises `InputError` when the port is taken or none, or the address is not this machine's."""
    if not 0 <= port <= 65535:
        raise InputError(f"--port {port}: ports are 0 to 65535; 0 takes a free one")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise InputError(
            f"{host}, port {port}: {error.strerror or error}; another --port, or 0 for a free one"
        ) from None


def address(host: str, listening: socket.socket) -> str:
    """The address at which a listening socket is reached."""
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"


def names_of(host: str, names: Collection[str]) -> tuple[frozenset[str], bool]:
    """The names under which a server answers, and whether it listens everywhere (then addresses in digits are names, too)."""
    everywhere = host in ("0.0.0.0", "::", "")
    return LOCAL | {name.lower() for name in names} | (set() if everywhere else {host.lower()}), everywhere
