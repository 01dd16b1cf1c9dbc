"""Which record systems are trusted: those of a list, by the signature of the token that each request carries.

The list names for each issuer a file with its public keys; no key is ever fetched. A token is good for one request: its
audience is the very address that was called, it was signed with ES384 or RS384 by a key of its issuer, it is neither
too old nor from the future, and it did not come before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper.errors import MissingExtraError, OrderError
from taper.loading import decode, load_json, load_toml, read_bytes
from taper.values import dataclass

if TYPE_CHECKING:
    import jwt

ALGORITHMS = ("ES384", "RS384")
LEEWAY = 30
LONGEST = 600
"""The most seconds for which a token may be good; the specification asks for five minutes."""
MOST_TOKENS = 200_000
MOST_LETTERS = 8_000


@dataclass(frozen=True)
class Client:
    """A record system that is trusted.

    Attributes:
        issuer: What its tokens give as issuer.
        keys: File with its public keys, a JWK Set.
        jku: The address of its keys that its tokens may name; empty if it is not compared.
    """

    issuer: str
    keys: Path
    jku: str = ""


def read_clients(path: Path) -> tuple[Client, ...]:
    """Read the list of trusted record systems.

    Args:
        path: TOML file with a table ``[[client]]`` for each: ``issuer``, ``keys`` (a file beside it), ``jku``.

    Raises:
        OrderError: It is not such a list; names the field.
    """
    data = load_toml(decode(read_bytes(path, OrderError), OrderError), OrderError)
    written = data.get("client")
    if not isinstance(written, list) or not written or set(data) != {"client"}:
        raise OrderError("this is no list of clients; write [[client]] with issuer and keys", file=str(path))
    clients = []
    for index, each in enumerate(written):
        field = f"client[{index}]"
        if not isinstance(each, dict) or not set(each) <= {"issuer", "keys", "jku"}:
            raise OrderError("a client has issuer, keys and jku", file=str(path), field=field)
        issuer, keys, jku = (each.get(name, "") for name in ("issuer", "keys", "jku"))
        if not (isinstance(issuer, str) and issuer and isinstance(keys, str) and keys and isinstance(jku, str)):
            raise OrderError("needs an issuer and a file with its keys", file=str(path), field=field)
        clients.append(Client(issuer, path.parent / keys, jku))
    if len({client.issuer for client in clients}) < len(clients):
        raise OrderError("an issuer is named twice; put all its keys into one file", file=str(path), field="client")
    return tuple(clients)


class Trust:
    """Verifies tokens, and remembers each until it is too old to be sent again."""

    def __init__(self, clients: tuple[Client, ...]) -> None:
        """Load the keys of the clients.

        Args:
            clients: The trusted record systems.

        Raises:
            MissingExtraError: The library that verifies tokens is not installed.
            OrderError: A file of keys cannot be read, or holds a key that is secret or of another kind.
        """
        try:
            import jwt
        except ImportError:
            raise MissingExtraError("pyjwt", "web", "verifying the tokens of record systems") from None
        self._jwt = jwt
        self._clients = {client.issuer: client for client in clients}
        self._keys = {client.issuer: _keys(client) for client in clients}
        self._seen: dict[tuple[str, str], float] = {}

    def verify(self, authorization: str, audience: str, now: float) -> str:
        """Return the issuer of the token of a request; empty if it is not to be trusted, and never why.

        Args:
            authorization: The header of the request.
            audience: The address that was called.
            now: Seconds since 1970.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > MOST_LETTERS:
            return ""
        try:
            return self._verified(token.strip(), audience, now)
        except (self._jwt.PyJWTError, KeyError, TypeError, ValueError, RecursionError):
            return ""

    def _verified(self, token: str, audience: str, now: float) -> str:
        header: Mapping[str, Any] = self._jwt.get_unverified_header(token)
        issuer = self._jwt.decode(token, options={"verify_signature": False})["iss"]
        client = self._clients[issuer]
        if header.get("alg") not in ALGORITHMS or ("jku" in header and client.jku and header["jku"] != client.jku):
            raise ValueError
        key = self._keys[issuer][header["kid"]]
        if header["alg"] != key.algorithm_name:
            raise ValueError
        claims = self._jwt.decode(
            token,
            key,
            algorithms=[header["alg"]],
            audience=audience,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "jti"], "verify_exp": False, "verify_iat": False},
        )
        issued, expires = _seconds(claims["iat"]), _seconds(claims["exp"])
        if issued > now + LEEWAY or expires < now - LEEWAY or not 0 < expires - issued <= LONGEST:
            raise ValueError
        self._once(issuer, claims["jti"], expires, now)
        return str(issuer)

    def _once(self, issuer: str, identifier: object, expires: float, now: float) -> None:
        """Refuse a token that came before, and remember it until it is too old."""
        if not isinstance(identifier, str) or not identifier or len(identifier) > 200:
            raise ValueError
        key = (issuer, identifier)
        if self._seen.get(key, 0) >= now:
            raise ValueError
        if len(self._seen) >= MOST_TOKENS:
            self._seen = {known: until for known, until in self._seen.items() if until >= now}
            if len(self._seen) >= MOST_TOKENS:
                raise ValueError
        self._seen[key] = expires + LEEWAY


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError
    return value


def _keys(client: Client) -> dict[str, jwt.PyJWK]:
    """Return the public keys of a client by their ids; those that do not sign with our algorithms are refused."""
    import jwt

    data = load_json(decode(read_bytes(client.keys, OrderError), OrderError), OrderError)
    written = data.get("keys") if isinstance(data, dict) else None
    if not isinstance(written, list) or not written:
        raise OrderError("this is no JWK Set; write an object with a list of keys", file=str(client.keys))
    keys = {}
    for index, each in enumerate(written):
        field = f"keys[{index}]"
        if not isinstance(each, dict) or not isinstance(each.get("kid"), str):
            raise OrderError("a key needs its id, kid", file=str(client.keys), field=field)
        if "d" in each or each.get("kty") == "oct":
            raise OrderError("this key is secret; keep only public keys here", file=str(client.keys), field=field)
        try:
            algorithm = each.get("alg") or {"EC": "ES384", "RSA": "RS384"}[each.get("kty", "")]
            key = jwt.PyJWK.from_dict(json.loads(json.dumps(each, default=str)), algorithm)
        except (jwt.PyJWTError, KeyError, ValueError, TypeError):
            raise OrderError("this is not a public key", file=str(client.keys), field=field) from None
        if key.algorithm_name not in ALGORITHMS or (each.get("kty") == "EC" and each.get("crv") != "P-384"):
            raise OrderError(f"only {' and '.join(ALGORITHMS)} are accepted", file=str(client.keys), field=field)
        keys[each["kid"]] = key
    return keys
