"""Public keys of record systems: read from a file, or from the address that the list of clients names, and no other."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper.errors import OrderError
from taper.loading import decode, load_json, read_bytes

if TYPE_CHECKING:
    import jwt

ALGORITHMS = ("ES384", "RS384")
MOST_BYTES = 200_000
_SECONDS = 5

Source = Path | str
"""Where keys are: a file, or an address over HTTPS."""
Keys = dict[str, "jwt.PyJWK"]


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: only the address on the list is asked."""

    def redirect_request(self, *_: Any) -> None:
        """Refuse to go elsewhere."""
        return


def keys_of(source: Source) -> Keys:
    """Return the public keys of a client by their ids.

    Args:
        source: A file with a JWK Set, or its address.

    Raises:
        OrderError: They cannot be had, or one is secret or does not sign with our algorithms.
    """
    data = load_json(decode(_bytes(source), OrderError), OrderError)
    written = data.get("keys") if isinstance(data, dict) else None
    if not isinstance(written, list) or not written:
        raise OrderError("this is no JWK Set; write an object with a list of keys", file=str(source))
    if isinstance(source, str):  # an issuer may publish keys for other purposes too
        written = [each for each in written if isinstance(each, dict) and _signs(each)]
        if not written:
            raise OrderError(f"none of the keys signs with {' or '.join(ALGORITHMS)}", file=source)
    return dict(_key(each, f"keys[{index}]", str(source)) for index, each in enumerate(written))


def _bytes(source: Source) -> bytes:
    if isinstance(source, Path):
        return read_bytes(source, OrderError)
    if not source.startswith("https://"):
        raise OrderError("keys come from a file or over HTTPS", file=source)
    asked = urllib.request.Request(source, headers={"accept": "application/json"})
    try:
        with urllib.request.build_opener(_Stay).open(asked, timeout=_SECONDS) as answer:
            data: bytes = answer.read(MOST_BYTES + 1)
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as problem:
        raise OrderError(f"the keys cannot be had ({type(problem).__name__}); check the address", file=source) from None
    if len(data) > MOST_BYTES:
        raise OrderError(f"the keys are larger than {MOST_BYTES:,} bytes; check the address", file=source)
    return data


def _signs(key: dict[str, Any]) -> bool:
    """Return whether a published key is for signatures of our kinds."""
    of_kind = {"EC": key.get("crv") == "P-384", "RSA": True}.get(str(key.get("kty")), False)
    return of_kind and key.get("use", "sig") == "sig" and key.get("alg") in (None, *ALGORITHMS)


def _key(each: Any, field: str, file: str) -> tuple[str, jwt.PyJWK]:
    """Return the id of a key and the key; one that does not sign with our algorithms is refused."""
    import jwt

    if not isinstance(each, dict) or not isinstance(each.get("kid"), str):
        raise OrderError("a key needs its id, kid", file=file, field=field)
    if "d" in each or each.get("kty") == "oct":
        raise OrderError("this key is secret; keep only public keys here", file=file, field=field)
    try:
        algorithm = each.get("alg") or {"EC": "ES384", "RSA": "RS384"}[each.get("kty", "")]
        key = jwt.PyJWK.from_dict(json.loads(json.dumps(each, default=str)), algorithm)
    except (jwt.PyJWTError, KeyError, ValueError, TypeError):
        raise OrderError("this is not a public key", file=file, field=field) from None
    if key.algorithm_name not in ALGORITHMS or (each.get("kty") == "EC" and each.get("crv") != "P-384"):
        raise OrderError(f"only {' and '.join(ALGORITHMS)} are accepted", file=file, field=field)
    return each["kid"], key
