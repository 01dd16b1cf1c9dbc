"""Tokens of made-up record systems: keys made for the tests, signed as CDS Hooks asks, or not."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from taper.web.hooks.trust import Client, Trust

ISSUER = "https://ehr.example.org"
SERVICE = "https://taper.example.org/cds-services/taper-pace"
NOW = 1_800_000_000


@lru_cache(maxsize=1)
def keys() -> dict[str, Any]:
    """Return the private keys by their ids: of a trusted client, and one that nobody trusts."""
    return {
        "ec": ec.generate_private_key(ec.SECP384R1()),
        "rsa": rsa.generate_private_key(65_537, 2_048),
        "stranger": ec.generate_private_key(ec.SECP384R1()),
    }


def public(kid: str) -> dict[str, Any]:
    """Return the public key of an id as a JWK."""
    kind = jwt.algorithms.RSAAlgorithm if kid == "rsa" else jwt.algorithms.ECAlgorithm
    made = json.loads(kind.to_jwk(keys()[kid].public_key()))  # type: ignore[attr-defined]
    return {name: value for name, value in made.items() if name != "key_ops"} | {"kid": kid, "use": "sig"}


def clients(folder: Path, *kids: str, jku: str = "") -> tuple[Client, ...]:
    """Write the public keys of a client into a folder, and return the list of clients."""
    path = folder / "keys.json"
    path.write_text(json.dumps({"keys": [public(kid) for kid in kids or ("ec", "rsa")]}), encoding="utf-8")
    return (Client(ISSUER, path, jku),)


def trust(folder: Path, *kids: str, jku: str = "") -> Trust:
    """Return what trusts the client."""
    return Trust(clients(folder, *kids, jku=jku))


def token(kid: str = "ec", algorithm: str = "", key: Any = None, header: Any = None, **claims: Any) -> str:
    """Return a header of authorization.

    Args:
        kid: Id of the key.
        algorithm: How it is signed, if not by the algorithm of the key.
        key: With what it is signed, if not with the key of the id.
        header: More of the header.
        claims: Other claims; one that is None is left out.
    """
    said = {"iss": ISSUER, "aud": SERVICE, "iat": NOW, "exp": NOW + 300, "jti": "one"} | claims
    algorithm = algorithm or ("RS384" if kid == "rsa" else "ES384")
    said = {name: value for name, value in said.items() if value is not None}
    signed = jwt.encode(said, key or keys()[kid], algorithm, headers={"kid": kid, **(header or {})})
    return f"Bearer {signed}"


def certificate(folder: Path) -> None:
    """Write a certificate for this machine that signs itself, and its key, into a folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "certificate.key").write_bytes(key.private_bytes(*kind))


@contextmanager
def publishing(folder: Path, pages: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Publish pages over HTTPS on this machine, and yield the address and the pages, which may be changed.

    Args:
        folder: Where the certificate is written.
        pages: What is at each path; `/moved.json` leads to the first of them, `/large.json` has no end.
    """

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            moved = self.path == "/moved.json"
            self.send_response(302 if moved else 200 if self.path in (*pages, "/large.json") else 404)
            if moved:
                self.send_header("location", next(iter(pages)))
            self.end_headers()
            self.wfile.write(
                b" " * 300_000 if self.path == "/large.json" else json.dumps(pages.get(self.path)).encode()
            )

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "certificate.key")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}", pages
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
