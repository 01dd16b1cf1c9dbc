"""Tokens of made-up record systems: keys made for the tests, signed as CDS Hooks asks, or not."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

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
