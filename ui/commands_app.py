"""`kamerbrief ui`: start the app in the browser.

Streamlit reads its options from a file in the current folder, from the environment and from its command line; the last wins,
so everything that matters for safety is passed there and holds in any folder. Only this machine can reach the app unless
--address says otherwise. The settings travel to the app as environment variables.
"""

import argparse
import os
import socket
import threading
from collections.abc import MutableMapping
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from index.errors import KamerbriefError
from index.settings import PREFIX, Settings
from ui.theme import theme_options

ADDRESS = "127.0.0.1"
PORT = 8501
LOCAL = ("127.0.0.1", "localhost", "::1")


def register(commands: Any) -> None:
    """Add this group's parsers to `commands`, argparse's subparsers action."""
    parser = commands.add_parser(
        "ui",
        help="open de app in de browser",
        description="Open de app in de browser: vragen stellen, de brief ernaast lezen, bronnen controleren.",
    )
    parser.add_argument(
        "--address", default=ADDRESS, metavar="ADRES", help=f"adres waarop de app luistert (standaard: {ADDRESS})"
    )
    parser.add_argument("--port", type=int, default=PORT, metavar="POORT", help=f"poort (standaard: {PORT})")
    parser.add_argument("--no-browser", action="store_true", help="open geen browser")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Start the server and stay until it is stopped; 0 when it was stopped by the user."""
    check_free(args.address, args.port)
    pass_on(settings, os.environ)
    print(f"De app draait op http://{shown(args.address)}:{args.port} (stoppen: Ctrl-C).", flush=True)
    threading.Thread(target=warm_up, args=(settings,), name="warm-up", daemon=True).start()
    from streamlit.web import cli

    options = streamlit_options(args.address, args.port, settings.max_file_mib, open_browser=not args.no_browser)
    cli.main(["run", str(Path(__file__).parent / "app.py"), *options], prog_name="kamerbrief", standalone_mode=False)
    return 0


def warm_up(settings: Settings) -> None:
    """Import what the first page needs and read the index once, while the browser is still loading the page."""
    from rag.assistant import Assistant

    with suppress(KamerbriefError):  # the page itself will tell
        Assistant.open(settings)
    for module in ("ui.state", "ui.component", "ui.export"):
        import_module(module)


def streamlit_options(address: str, port: int, max_file_mib: int, *, open_browser: bool) -> list[str]:
    """Streamlit's command line: who can reach the app, protection of uploads, no telemetry, and the theme."""
    options = {
        "server.address": address,
        "server.port": str(port),
        "server.headless": "false" if open_browser else "true",
        "server.showEmailPrompt": "false",
        "server.enableXsrfProtection": "true",
        "server.enableCORS": "true",
        "server.maxUploadSize": str(max_file_mib),
        "server.fileWatcherType": "none",
        "server.enableStaticServing": "false",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
        "global.developmentMode": "false",
        "runner.magicEnabled": "false",
        "logger.level": "error",
        "logger.hideWelcomeMessage": "true",
        **theme_options(),
    }
    found = [part for name, value in options.items() for part in (f"--{name}", value)]
    # Against DNS rebinding: a page of another site that resolves its own name to this machine is not answered.
    hosts = LOCAL if address in LOCAL else ()
    return found + [part for host in hosts for part in ("--server.allowedHosts", host)]


def pass_on(settings: Settings, environ: MutableMapping[str, str]) -> None:
    """Put the settings in `environ`, where the app reads them; a relative folder becomes an absolute one."""
    for name, value in asdict(settings).items():
        environ[PREFIX + name.upper()] = str(Path(value).resolve() if name == "index" else value)


def check_free(address: str, port: int) -> None:
    """Raise KamerbriefError when the app cannot listen on that address and port."""
    if not 1 <= port <= 65535:
        raise KamerbriefError(f"Poort {port} bestaat niet. Kies een getal van 1 tot en met 65535 met --port.")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise KamerbriefError(
                f"De app kan niet luisteren op {address}, poort {port} ({error.strerror or error}). "
                "Kies een andere poort met --port, of stop het andere programma."
            ) from error


def shown(address: str) -> str:
    """The address as a person types it in a browser."""
    if address in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return socket.gethostname()
    return "localhost" if address in LOCAL else address
