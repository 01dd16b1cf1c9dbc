"""Who is trusted: the record systems of a list, by a token that is theirs, for this address, now, and once."""

from __future__ import annotations

import base64
import hmac
import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from hypothesis import given, settings, strategies as st

from taper.errors import OrderError
from taper.web.hooks.trust import LEEWAY, LONGEST, PAUSE, Client, Trust, read_clients
from tests.support.tokens import ISSUER, NOW, SERVICE, clients, keys, public, publishing, token, trust


@pytest.mark.parametrize("kid", ["ec", "rsa"])
def test_a_token_of_a_trusted_client_is_good(tmp_path: Path, kid: str) -> None:
    assert trust(tmp_path).verify(token(kid), SERVICE, NOW) == ISSUER


def test_the_audience_may_be_one_of_several(tmp_path: Path) -> None:
    assert trust(tmp_path).verify(token(aud=["https://other.example", SERVICE]), SERVICE, NOW) == ISSUER


def test_a_token_is_good_once_and_another_one_after_it(tmp_path: Path) -> None:
    door = trust(tmp_path)
    assert door.verify(token(), SERVICE, NOW)
    assert not door.verify(token(), SERVICE, NOW)
    assert not door.verify(token("rsa"), SERVICE, NOW), "the same identifier by another key"
    assert door.verify(token(jti="two"), SERVICE, NOW)


def test_a_token_is_remembered_for_as_long_as_it_could_be_sent_again(tmp_path: Path) -> None:
    door = trust(tmp_path)
    assert door.verify(token(), SERVICE, NOW)
    for later in (1, 299, 300 + LEEWAY - 1, 300 + LEEWAY, 300 + LEEWAY + 1, 10_000):
        assert not door.verify(token(), SERVICE, NOW + later)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://stranger.example"},
        {"iss": None},
        {"aud": None},
        {"aud": "https://taper.example.org/cds-services/taper-today"},
        {"aud": "https://taper.example.org"},
        {"aud": SERVICE + "/"},
        {"aud": SERVICE.upper()},
        {"aud": []},
        {"exp": None},
        {"iat": None},
        {"jti": None},
        {"jti": ""},
        {"jti": "x" * 201},
        {"exp": NOW - LEEWAY - 1, "iat": NOW - 300},
        {"iat": NOW + LEEWAY + 1, "exp": NOW + 300},
        {"exp": NOW + LONGEST + 1},
        {"exp": NOW},
        {"exp": NOW - 100},
        {"nbf": NOW * 2},
    ],
    ids=str,
)
def test_a_token_with_other_claims_is_refused(tmp_path: Path, claims: dict[str, Any]) -> None:
    assert trust(tmp_path).verify(token(**claims), SERVICE, NOW) == ""


def unsigned(algorithm: str) -> str:
    """Return a token that says how it is signed, and is not."""
    said = {"iss": ISSUER, "aud": SERVICE, "iat": NOW, "exp": NOW + 300, "jti": "one"}
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
        for part in ({"alg": algorithm, "typ": "JWT", "kid": "ec"}, said)
    ]
    return f"Bearer {'.'.join(parts)}."


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "ES384", "HS256", ""])
def test_a_token_without_a_signature_is_refused(tmp_path: Path, algorithm: str) -> None:
    assert trust(tmp_path).verify(unsigned(algorithm), SERVICE, NOW) == ""


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_a_shared_secret_is_refused_even_if_it_is_the_public_key(tmp_path: Path, algorithm: str) -> None:
    """Signed by hand, because the library of the tests refuses to."""
    secret = json.dumps(public("ec")).encode()
    signed = unsigned(algorithm).removeprefix("Bearer ").rstrip(".")
    mac = hmac.new(secret, signed.encode(), f"sha{algorithm[2:]}").digest()
    made = f"Bearer {signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    assert trust(tmp_path).verify(made, SERVICE, NOW) == ""


@pytest.mark.parametrize(
    "made",
    [
        lambda: token("rsa", "RS256"),
        lambda: token("rsa", "PS384"),
        lambda: token("ec", key=keys()["stranger"]),
        lambda: token("stranger"),
        lambda: token("ec", header={"kid": "rsa"}),
        lambda: token("rsa", header={"kid": "ec"}),
        lambda: token(header={"kid": "unknown"}),
    ],
    ids=["RS256", "PS384", "another key", "an unknown key", "kid of another", "kid of another (2)", "unknown kid"],
)
def test_another_key_or_algorithm_is_refused(tmp_path: Path, made: Any) -> None:
    assert trust(tmp_path).verify(made(), SERVICE, NOW) == ""


def test_the_address_of_keys_is_never_followed_and_must_be_the_known_one(tmp_path: Path) -> None:
    """A key at an address that the token itself names proves nothing."""
    known = "https://ehr.example.org/jwks.json"
    door = trust(tmp_path, jku=known)
    assert door.verify(token(header={"jku": known}), SERVICE, NOW)
    assert not door.verify(token(header={"jku": "https://stranger.example/jwks.json"}, jti="two"), SERVICE, NOW)
    stranger = token("stranger", header={"jku": "https://stranger.example/jwks.json", "jwk": public("stranger")})
    assert not trust(tmp_path).verify(stranger, SERVICE, NOW)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.text("abc.=-_ \t", max_size=60).map(lambda text: f"Bearer {text}")))
def test_what_is_no_token_is_refused_without_a_fault(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert trust(tmp_path_factory.mktemp("keys")).verify(text, SERVICE, NOW) == ""


def test_a_changed_token_is_refused(tmp_path: Path) -> None:
    door, good = trust(tmp_path), token()
    head, body, signature = good.split(".")
    forged = base64.urlsafe_b64encode(json.dumps({"iss": ISSUER, "aud": SERVICE}).encode()).rstrip(b"=").decode()
    for changed in (f"{head}.{forged}.{signature}", f"{head}.{body}.{signature[:-8]}AAAAAAAA", f"{head}.{body}"):
        assert door.verify(changed, SERVICE, NOW) == ""


def test_a_new_key_is_read_without_a_restart_and_not_more_than_once_in_a_while(tmp_path: Path) -> None:
    door = trust(tmp_path, "ec")
    new = token("rsa")
    assert not door.verify(new, SERVICE, NOW)
    assert door.read_again(new, NOW)
    assert not door.verify(new, SERVICE, NOW), "the file has no such key yet"
    clients(tmp_path, "ec", "rsa")
    assert not door.read_again(new, NOW + PAUSE - 1), "whoever sends tokens cannot have it read all the time"
    assert door.read_again(new, NOW + PAUSE)
    assert door.verify(new, SERVICE, NOW + PAUSE) == ISSUER


def test_a_key_that_is_known_or_an_issuer_that_is_not_reads_nothing(tmp_path: Path) -> None:
    door = trust(tmp_path)
    (tmp_path / "keys.json").unlink()
    for sent in (token(), token("stranger", iss="https://stranger.example"), "Bearer x", "", unsigned("none")):
        assert not door.read_again(sent, NOW)


def test_keys_that_cannot_be_read_again_leave_those_that_are_known(tmp_path: Path) -> None:
    door = trust(tmp_path, "ec")
    (tmp_path / "keys.json").write_text("{}", encoding="utf-8")
    assert not door.read_again(token("rsa"), NOW)
    assert door.verify(token("ec"), SERVICE, NOW) == ISSUER


def test_a_key_that_was_taken_away_is_not_known_after_the_keys_were_read_again(tmp_path: Path) -> None:
    door = trust(tmp_path, "ec")
    clients(tmp_path, "rsa")
    assert door.read_again(token("rsa"), NOW)
    assert not door.verify(token("ec"), SERVICE, NOW)


def test_keys_at_an_address_are_read_from_it_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over HTTPS with a certificate that is checked; other keys that are published there are passed over."""
    others = [{"kty": "EC", "crv": "P-256", "kid": "x"}, {"kty": "RSA", "use": "enc", "kid": "y"}]
    with publishing(tmp_path, {"/jwks.json": {"keys": [public("ec"), *others]}}) as (address, pages):
        with pytest.raises(OrderError, match="cannot be had"):
            Trust((Client(ISSUER, f"{address}/jwks.json"),))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        door = Trust((Client(ISSUER, f"{address}/jwks.json"),))
        assert door.verify(token(), SERVICE, NOW) == ISSUER
        pages["/jwks.json"] = {"keys": [public("ec"), public("rsa")]}
        stranger = token("stranger", header={"jku": f"{address}/own.json"})
        pages["/own.json"] = {"keys": [public("stranger")]}
        assert door.read_again(stranger, NOW)
        assert not door.verify(stranger, SERVICE, NOW), "an address that a token names is never followed"
        assert door.verify(token("rsa", jti="two"), SERVICE, NOW) == ISSUER
        pages["/others.json"] = {"keys": others}
        for page in ("/moved.json", "/nowhere.json", "/large.json", "/others.json"):
            with pytest.raises(OrderError):
                Trust((Client(ISSUER, f"{address}{page}"),))


@pytest.mark.parametrize("address", ["http://ehr.example.org/jwks.json", "file:///etc/keys.json", "ftp://x/y"])
def test_keys_are_read_over_https_only(tmp_path: Path, address: str) -> None:
    path = tmp_path / "clients.toml"
    path.write_text(f'[[client]]\nissuer = "{ISSUER}"\nkeys = "{address}"\n', encoding="utf-8")
    with pytest.raises(OrderError, match="HTTPS"):
        read_clients(path)
    with pytest.raises(OrderError, match="HTTPS"):
        Trust((Client(ISSUER, address),))


def test_a_list_of_clients_is_read(tmp_path: Path) -> None:
    clients(tmp_path)
    path = tmp_path / "clients.toml"
    path.write_text(f'[[client]]\nissuer = "{ISSUER}"\nkeys = "keys.json"\n', encoding="utf-8")
    assert read_clients(path) == (Client(ISSUER, tmp_path / "keys.json"),)
    assert Trust(read_clients(path)).verify(token(), SERVICE, NOW) == ISSUER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "client = 1",
        "[[client]]",
        '[[client]]\nissuer = "x"',
        '[[client]]\nissuer = "x"\nkeys = "k"\nsecret = "s"',
        '[[client]]\nissuer = "x"\nkeys = "k"\n[[client]]\nissuer = "x"\nkeys = "k"',
        'other = 1\n[[client]]\nissuer = "x"\nkeys = "k"',
    ],
)
def test_a_list_of_clients_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "clients.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OrderError):
        read_clients(path)


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "x"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "x"},
        {"kty": "RSA", "kid": "x"},
        {"kid": "x"},
        {},
        "text",
    ],
    ids=str,
)
def test_a_file_with_a_secret_or_another_key_is_refused(tmp_path: Path, key: Any) -> None:
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"keys": [key]}), encoding="utf-8")
    with pytest.raises(OrderError):
        Trust((Client(ISSUER, path),))


def test_a_private_key_in_the_file_is_refused(tmp_path: Path) -> None:
    private = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(keys()["ec"])) | {"kid": "ec"}
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"keys": [private]}), encoding="utf-8")
    with pytest.raises(OrderError, match="secret"):
        Trust((Client(ISSUER, path),))
