import argparse
import base64
import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import KamerbriefError
from index.settings import Settings, read_settings
from ui.commands_app import check_free, pass_on, register, shown, streamlit_options


def options(address: str = "127.0.0.1", open_browser: bool = True) -> dict[str, list[str]]:
    parts = streamlit_options(address, 8501, 40, open_browser=open_browser)
    found: dict[str, list[str]] = {}
    for name, value in zip(parts[::2], parts[1::2], strict=True):
        found.setdefault(name.removeprefix("--"), []).append(value)
    return found


def test_only_this_machine_can_reach_the_app_unless_asked_otherwise():
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    args = parser.parse_args(["ui"])
    assert (args.address, args.port) == ("127.0.0.1", 8501)
    assert options()["server.address"] == ["127.0.0.1"]
    assert options()["server.allowedHosts"] == ["127.0.0.1", "localhost", "::1"]
    assert "server.allowedHosts" not in options("0.0.0.0")


def test_what_matters_for_safety_is_passed_as_options():
    found = options(open_browser=False)
    assert found["server.enableXsrfProtection"] == ["true"]
    assert found["browser.gatherUsageStats"] == ["false"]
    assert found["server.maxUploadSize"] == ["40"]
    assert found["client.showErrorDetails"] == ["none"]
    assert found["server.headless"] == ["true"]
    assert options()["server.headless"] == ["false"]


def test_settings_reach_the_app_and_a_relative_index_becomes_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    environ: dict[str, str] = {}
    pass_on(Settings(index="mijn-index", k=7, timeout=3.5), environ)
    found = read_settings(environ=environ, folder=tmp_path)
    assert found == Settings(index=str(tmp_path / "mijn-index"), k=7, timeout=3.5)


def test_a_port_that_is_taken_is_told_with_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(KamerbriefError, match="Kies een andere poort met --port"):
            check_free("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(KamerbriefError, match="bestaat niet"):
        check_free("127.0.0.1", 70000)


def test_the_address_is_shown_as_a_person_types_it():
    assert shown("127.0.0.1") == "localhost"
    assert shown("10.0.0.5") == "10.0.0.5"


def test_the_options_hold_in_a_folder_with_a_streamlit_file_of_its_own(tmp_path):
    own = tmp_path / ".streamlit"
    own.mkdir()
    (own / "config.toml").write_text('[server]\naddress = "0.0.0.0"\nenableXsrfProtection = false\n', encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "--index", "hier", "ui", "--no-browser", "--port", str(port)]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[1]), "HOME": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        try:
            assert _opens(port, "localhost") == 101
            assert _opens(port, "elders.example") == 403
            listening = Path("/proc/net/tcp").read_text(encoding="utf-8")
            assert f"0100007F:{port:04X}" in listening
            assert f"00000000:{port:04X}" not in listening
        finally:
            server.terminate()
            assert server.stdout is not None
            printed = server.stdout.read().decode()
    assert f"De app draait op http://localhost:{port} (stoppen: Ctrl-C)." in printed
    assert "email" not in printed.lower()


def _opens(port: int, host: str) -> int:
    """The status that the server, once it is up, gives to a page of `host` that opens the app's connection."""
    headers = {
        "Host": f"{host}:{port}",
        "Origin": f"http://{host}:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(b"0123456789abcdef").decode(),
    }
    for _ in range(200):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/_stcore/stream", headers=headers)
            return connection.getresponse().status
        except ConnectionRefusedError:
            time.sleep(0.1)
        finally:
            connection.close()
    return 0
