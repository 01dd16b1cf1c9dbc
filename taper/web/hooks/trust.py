"""Which record systems are trusted: those of a list, by the signature of the token that each request carries.

The list names for each issuer where its public keys are: a file, or an address over HTTPS; what a token says of that is
never followed. A token is good for one request: its audience is the very address that was called, it was signed with
ES384 or RS384 by a key of its issuer, it is neither too old nor from the future, and it did not come before. A token
that names an unknown key of a known issuer lets its keys be read again, at most once in a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from taper.errors import MissingExtraError, OrderError
from taper.loading import decode, load_toml, read_bytes
from taper.values import dataclass
from taper.web.hooks.keys import ALGORITHMS, Keys, Source, keys_of

LEEWAY = 30
LONGEST = 600
"""The most seconds for which a token may be good; the specification asks for five minutes."""
PAUSE = 60
"""The fewest seconds between two readings of the keys of an issuer."""
MOST_TOKENS = 200_000
MOST_LETTERS = 8_000


@dataclass(frozen=True)
class Client:
    """A record system that is trusted.

    Attributes:
        issuer: What its tokens give as issuer.
        keys: File with its public keys, a JWK Set, or the address of one that begins with ``https://``.
        jku: The address of its keys that its tokens may name; empty if it is not compared.
    """

    issuer: str
    keys: Source
    jku: str = ""


def read_clients(path: Path) -> tuple[Client, ...]:
    """Read the list of trusted record systems.

    Args:
        path: TOML file with a table ``[[client]]`` for each: ``issuer``, ``keys`` (a file beside it, or an address
            over HTTPS), ``jku``.

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
        if "://" in keys and not keys.startswith("https://"):
            raise OrderError("keys come from a file or over HTTPS", file=str(path), field=f"{field}.keys")
        clients.append(Client(issuer, keys if "://" in keys else path.parent / keys, jku))
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
            OrderError: Keys cannot be had, or one of them is secret or of another kind.
        """
        try:
            import jwt
        except ImportError:
            raise MissingExtraError("pyjwt", "web", "verifying the tokens of record systems") from None
        self._jwt = jwt
        self._clients = {client.issuer: client for client in clients}
        self._keys: dict[str, Keys] = {client.issuer: keys_of(client.keys) for client in clients}
        self._read_at: dict[str, float] = {}
        self._reading = Lock()
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

    def read_again(self, authorization: str, now: float) -> bool:
        """Read the keys of an issuer again if a token of it names one that is not known, and say whether they were.

        This may wait for a disk or another computer. A token that is not verified yet can ask for it, so it is done at
        most once in `PAUSE` seconds for an issuer. Keys that cannot be had leave those that are known.

        Args:
            authorization: The header of the request.
            now: Seconds since 1970.
        """
        token = authorization.partition(" ")[2].strip()
        if not token or len(token) > MOST_LETTERS:
            return False
        try:
            kid = self._jwt.get_unverified_header(token)["kid"]
            issuer = self._jwt.decode(token, options={"verify_signature": False})["iss"]
            if kid in self._keys[issuer]:
                return False
            with self._reading:  # who comes while they are read waits for them
                if kid in self._keys[issuer]:
                    return True
                if now < self._read_at.get(issuer, 0) + PAUSE:
                    return False
                self._read_at[issuer] = now
                self._keys[issuer] = keys_of(self._clients[issuer].keys)
        except (self._jwt.PyJWTError, KeyError, TypeError, ValueError, RecursionError, OrderError):
            return False
        return True

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
