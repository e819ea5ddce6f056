"""Hosts on this machine: the site under a sub-path, and one in the place of Pyodide's CDN.

Both send text and WebAssembly compressed, as hosts on the web do, and count what is asked for: no tool in the
browser sees the requests of a worker.
"""

import base64
import gzip
import hashlib
import os
import ssl
import subprocess
from collections import Counter
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parents[1]
CDN = "cdn.jsdelivr.net"
COMPRESSED = {".html", ".css", ".js", ".mjs", ".svg", ".json", ".ipynb", ".txt", ".wasm"}


def mirror() -> Path | None:
    """Return the folder that stands in for the CDN: PYODIDE_MIRROR, else one beside the repository.

    It holds ``v0.27.7/full/`` as the CDN has it under ``/pyodide/``.  Where there is none, None is returned.
    """
    folder = Path(os.environ.get("PYODIDE_MIRROR") or ROOT.parent / "shared" / "pyodide")
    return folder if folder.is_dir() else None


class Host(ThreadingHTTPServer):
    """A host of one folder below a path; `asked` counts requests by path, `sent` bytes of answers."""

    daemon_threads = True

    def __init__(self, folder: Path, prefix: str):
        super().__init__(("127.0.0.1", 0), _Files)
        self.folder, self.prefix = folder, prefix.rstrip("/")
        self.asked: Counter[str] = Counter()
        self.sent = 0
        self.lock = Lock()

    def handle_error(self, request, client_address):
        """Say nothing of a browser that hangs up."""

    def forget(self) -> None:
        """Begin to count again."""
        with self.lock:
            self.asked.clear()
            self.sent = 0


class _Files(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self._path()
        content = _content(path, path.stat().st_mtime_ns) if path and path.is_file() else None
        tag = f'"{path.stat().st_mtime_ns}"' if content is not None else ""
        fresh = bool(tag) and self.headers.get("If-None-Match") == tag
        with self.server.lock:
            self.server.asked[urlsplit(self.path).path] += 1
            self.server.sent += 0 if fresh else len(content or b"")
        if content is None:
            self.send_error(404)
            return
        self.send_response(304 if fresh else 200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", "0" if fresh else str(len(content)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", "public, max-age=600")
        self.send_header("ETag", tag)
        if path.suffix in COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if not fresh:
            self.wfile.write(content)

    def _path(self) -> Path | None:
        asked = unquote(urlsplit(self.path).path)
        if not asked.startswith(f"{self.server.prefix}/"):
            return None
        path = self.server.folder / asked.removeprefix(f"{self.server.prefix}/")
        return path / "index.html" if path.is_dir() else path

    def log_message(self, *_args):
        pass


@cache
def _content(path: Path, _changed: int) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, 6) if path.suffix in COMPRESSED else content


@contextmanager
def serve(folder: Path, prefix: str, *, certificate: Path | None = None):
    """Serve a folder below a path, with TLS if a certificate is given, and yield the host."""
    with Host(folder, prefix) as host:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            host.socket = context.wrap_socket(host.socket, server_side=True, do_handshake_on_connect=False)
        thread = Thread(target=host.serve_forever, daemon=True)
        thread.start()
        yield host
        host.shutdown()
        thread.join()


def make_certificate(folder: Path) -> Path:
    """Make a certificate for the CDN's name that nobody trusts; the browser is told to take it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={CDN}"]
    subprocess.run([*asked, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    certificate.write_text(certificate.read_text() + key.read_text())
    return certificate


def point_to(host: Host | None, certificate: Path | None = None) -> list[str]:
    """Return the arguments with which Chromium asks this machine and no other; a host stands for the CDN.

    The certificate is named by its key: of a host with a wrong one, Chromium keeps nothing.
    """
    rules = [f"MAP {CDN} 127.0.0.1:{host.server_port}"] if host else []
    rules += ["MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"]
    arguments = [f"--host-resolver-rules={', '.join(rules)}"]
    if certificate:
        arguments.append(f"--ignore-certificate-errors-spki-list={_key_of(certificate)}")
    return arguments


def _key_of(certificate: Path) -> str:
    """Return the sha256 of the public key of a certificate, as Chromium wants it."""
    key = subprocess.check_output(["openssl", "x509", "-pubkey", "-noout", "-in", str(certificate)])
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-outform", "der"], input=key, capture_output=True
    ).stdout
    return base64.b64encode(hashlib.sha256(der).digest()).decode()
