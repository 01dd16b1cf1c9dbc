"""What CDS Hooks 2.0 requires of a service: each SHALL and SHALL NOT that binds one, by its number, and the test of it.

The numbers are those of the requirements sheet for CDS Hooks 2.0 in Inferno's test kit for Da Vinci CRD, which has 73
for services; the words are our own. `requires` says which of them a test shows; `test_no_requirement_is_left_out`
holds both together. What a service may do and ours does not (access tokens, system actions, SMART links, icons,
deletions) is shown by nothing of the kind being there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import httpx2 as httpx
import jwt
import pytest
from markdown_it import MarkdownIt

from taper.errors import OrderError
from taper.web.hooks.policy import Policy
from taper.web.service.app import service_app
from taper.web.service.settings import Settings
from tests.support.hooks import active, changed, order, request
from tests.support.service import ORIGIN, running
from tests.support.tokens import ISSUER, NOW, SERVICE, token, trust

REQUIREMENTS = {
    1: "everything is exchanged as JSON",
    2: "and over HTTPS",
    3: "nothing is null or empty, but the list of cards or services",
    4: "discovery is at {base}/cds-services",
    5: "and is asked with GET",
    6: "discovery answers with an object that has a list of services",
    7: "each has its hook, text",
    9: "and its description, text",
    10: "and its id, text, the last part of its address",
    13: "discovery answers with 200",
    16: "a service is at {base}/cds-services/{id}",
    29: "data to be sent along is asked for as prefetch templates in discovery",
    36: "each template has a key",
    54: "412 where needed data was not sent and cannot be had",
    55: "tokens of templates stand between {{ and }}",
    56: "and are a path to a field of the context, or one of four ids of the user",
    57: "only fields at the root of the context with a primitive value",
    59: "such a token is context.name",
    61: "a token goes with each call to the FHIR server",
    74: "success is 200 with an object that has a list of cards",
    75: "system actions, if any, are a list",
    80: "uuid of a card is unique, text",
    83: "summary is text of fewer than 140 characters",
    85: "detail is GitHub Flavored Markdown",
    87: "indicator is there, text",
    88: "and is info, warning or critical",
    89: "and says how urgent the card is",
    90: "source is there, an object",
    92: "suggestions are a list of suggestions",
    93: "selectionBehavior goes with suggestions",
    95: "selectionBehavior is at-most-one or any",
    96: "and is text",
    98: "overrideReasons are a list of codings",
    100: "each with a display",
    103: "links are a list of links",
    105: "label of a source is there, text",
    107: "url of a source is absolute",
    111: "icon of a source is an absolute address",
    115: "topic of a source is a coding",
    117: "label of a suggestion is there, text",
    119: "uuid of a suggestion is text",
    121: "isRecommended is a boolean",
    124: "actions of a suggestion are a list of actions",
    125: "all actions of a suggestion go together",
    127: "type of an action is create, update or delete",
    128: "description of an action is there, text",
    130: "resource of an action is a FHIR resource",
    131: "whole and new for create",
    132: "whole for update, not only what changes",
    133: "for delete it is no id",
    134: "delete names its resourceId",
    135: "resourceId is text",
    136: "display of an override reason is for people to read",
    138: "label of a link is there, text",
    139: "url of a link is there, an address",
    141: "type of a link is there, text",
    142: "absolute or smart",
    144: "appContext is text",
    147: "and never with an absolute link",
    168: "HTTPS, once more",
    176: "the client is known by its signed token",
    199: "without jku, the keys are exchanged out of band",
    201: "a token without a signature is refused",
    203: "a token with a shared secret is refused",
    208: "CORS for clients in a browser",
    211: "the same id on several hooks: new cards take the place of old ones",
    213: "which hooks are needed is agreed on",
    214: "the value of an extension is an object",
    216: "code of a coding is there, text",
    217: "system of a coding is there, text",
    218: "code of a coding, once more",
    219: "display of a coding of an override reason is there",
    220: "display of the topic is text",
}
SHOWN: dict[int, list[str]] = {}
F = TypeVar("F", bound=Callable[..., object])
_WIDELY_USED = {"userPractitionerId", "userPractitionerRoleId", "userPatientId", "userRelatedPersonId"}
_PRIMITIVE = {"context.patientId", "context.userId", "context.encounterId"}


def requires(*numbers: int) -> Callable[[F], F]:
    """Say which requirements a test shows."""

    def note(test: F) -> F:
        for number in numbers:
            SHOWN.setdefault(number, []).append(test.__name__)
        return test

    return note


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with running(policy=Policy(country="US", desk="https://desk.example.org/")) as made:
        yield made


@pytest.fixture(scope="module")
def answers(client: httpx.Client) -> list[dict[str, Any]]:
    """Return answers of every kind: notes, warnings and alerts, unread orders, suggestions, nothing at all."""
    once = {"often": 1}
    bodies = [
        request(order(count=1), record=[active()]),
        request(order(count=0.5), record=[active()]),
        request(order(count=4, **once), record=[active(count=3, **once)]),
        request(order(), record=[active()]),
        request(order("Lorazepam 1 MG Oral Tablet", 2), record=[active()]),
        request(changed(order(), dosageInstruction=None), record=[active()]),
        request(active(status="stopped"), record=[active()]),
        request(order(), prefetch={"meds": None}),
        request(order(count=1), record=[active()], hook="order-select"),
        request(hook="patient-view", record=[active()]),
        request(hook="patient-view", record=[]),
    ]
    made = []
    for body in bodies:
        service = "taper-today" if body["hook"] == "patient-view" else "taper-pace"
        response = client.post(f"/cds-services/{service}", json=body)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == "application/json"
        made.append(response.json())
    return made


@pytest.fixture(scope="module")
def cards(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [card for answer in answers for card in answer["cards"]]
    assert {card["indicator"] for card in found} == {"info", "warning", "critical"}
    assert any("suggestions" in card for card in found)
    return found


def inside(value: Any) -> Iterator[Any]:
    """Yield every value inside a value."""
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from inside(inner)


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_absolute(url: object) -> bool:
    return isinstance(url, str) and urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).netloc)


def test_no_requirement_is_left_out() -> None:
    assert len(REQUIREMENTS) == 73
    assert SHOWN.keys() == REQUIREMENTS.keys()


@requires(1, 6, 7, 9, 10, 13, 4, 5, 16)
def test_discovery_says_hook_description_and_id_of_each_service_and_where_it_is(client: httpx.Client) -> None:
    response = client.get("/cds-services")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert list(response.json()) == ["services"]
    services = response.json()["services"]
    assert isinstance(services, list)
    assert {service["hook"] for service in services} == {"order-select", "order-sign", "patient-view"}
    for service in services:
        assert all(is_text(service[name]) for name in ("hook", "description", "id", "title"))
        asked = client.post(f"/cds-services/{service['id']}", json=request(hook=service["hook"], record=[]))
        assert asked.status_code == 200
        assert asked.json() == {"cards": []}


@requires(2, 168)
def test_in_production_the_service_must_be_known_by_an_address_of_https() -> None:
    """TLS itself is the proxy's, which `examples/serving/README.md` sets up."""
    with pytest.raises(OrderError, match="HTTPS"):
        service_app(Settings(production=True, clients=({},), base_url="http://taper.example.org"))  # type: ignore[arg-type]


@requires(3)
def test_nothing_is_null_or_empty(client: httpx.Client, answers: list[dict[str, Any]]) -> None:
    for said in (client.get("/cds-services").json(), *answers):
        for value in inside(said):
            if isinstance(value, dict):
                assert all(
                    inner not in (None, "", {}) and (inner != [] or key == "cards") for key, inner in value.items()
                )


@requires(29, 36, 55, 56, 57, 59)
def test_templates_have_keys_and_tokens_of_the_context_alone(client: httpx.Client) -> None:
    for service in client.get("/cds-services").json()["services"]:
        assert service["prefetch"]
        for key, template in service["prefetch"].items():
            assert is_text(key)
            tokens = re.findall(r"\{\{(.*?)\}\}", template)
            assert set(tokens) <= _PRIMITIVE | _WIDELY_USED
            assert "{" not in re.sub(r"\{\{.*?\}\}", "", template)


@requires(54)
def test_what_was_not_sent_and_cannot_be_had_is_412_with_its_reason(client: httpx.Client) -> None:
    response = client.post("/cds-services/taper-pace", json=request(order(), prefetch={}))
    assert response.status_code == 412
    assert response.json()["resourceType"] == "OperationOutcome"
    assert "meds" in response.json()["issue"][0]["diagnostics"]


@requires(61)
def test_no_fhir_server_is_ever_called_so_no_token_is_needed(client: httpx.Client) -> None:
    """A server that cannot be reached changes nothing, and an access token is used for nothing."""
    body = request(order(count=1), record=[active()])
    plain = client.post("/cds-services/taper-pace", json=body).content
    token = {"access_token": "secret", "token_type": "Bearer", "expires_in": 300, "scope": "x", "subject": "y"}
    more = body | {"fhirServer": "https://unreachable.invalid/fhir", "fhirAuthorization": token}
    assert client.post("/cds-services/taper-pace", json=more).content == plain
    assert b"secret" not in plain


@requires(74, 75, 1)
def test_success_has_a_list_of_cards_and_no_system_actions(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        assert list(answer) == ["cards"]
        assert isinstance(answer["cards"], list)


@requires(80, 83, 87, 88)
def test_a_card_has_a_uuid_of_its_own_a_short_summary_and_an_indicator(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        assert len({UUID(card["uuid"]) for card in answer["cards"]}) == len(answer["cards"])
        for card in answer["cards"]:
            assert is_text(card["summary"])
            assert len(card["summary"]) < 140
            assert "\n" not in card["summary"]
            assert card["indicator"] in ("info", "warning", "critical")


@requires(89)
def test_a_stop_is_more_urgent_than_a_cut_and_a_cut_than_a_note(answers: list[dict[str, Any]]) -> None:
    indicators = [answer["cards"][0]["indicator"] for answer in answers if answer["cards"]]
    assert indicators[0] == "warning"
    assert indicators[1] == "critical"
    assert "info" in indicators


@requires(85)
def test_the_detail_is_markdown_without_html(cards: list[dict[str, Any]]) -> None:
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    for card in cards:
        tokens = parser.parse(card["detail"])
        kinds = {token.type for each in tokens for token in (each, *(each.children or ()))}
        assert "strong_open" in kinds
        assert not kinds & {"html_block", "html_inline"}


@requires(90, 105, 107, 111, 115, 216, 217, 218, 220)
def test_the_source_has_label_address_and_topic(cards: list[dict[str, Any]]) -> None:
    for card in cards:
        source = card["source"]
        assert is_text(source["label"])
        assert "url" not in source or is_absolute(source["url"])
        assert "icon" not in source
        assert all(is_text(source["topic"][name]) for name in ("code", "system", "display"))
        assert re.fullmatch(r"[A-Za-z0-9]{1,100}", source["topic"]["code"]), "Epic takes letters and digits"
    assert any(is_absolute(card["source"].get("url")) for card in cards)


@requires(92, 93, 95, 96, 117, 119, 121, 124, 125)
def test_suggestions_are_a_list_with_labels_and_their_behavior(cards: list[dict[str, Any]]) -> None:
    for card in cards:
        assert ("suggestions" in card) is ("selectionBehavior" in card)
        for suggestion in card.get("suggestions", ()):
            assert card["selectionBehavior"] == "at-most-one"
            assert is_text(suggestion["label"])
            assert UUID(suggestion["uuid"])
            assert "isRecommended" not in suggestion, "nothing is recommended"
            assert len(suggestion["actions"]) == 1


@requires(127, 128, 130, 131, 132, 133, 134, 135)
def test_an_action_updates_the_whole_order_that_was_sent(cards: list[dict[str, Any]]) -> None:
    actions = [
        action for card in cards for suggestion in card.get("suggestions", ()) for action in suggestion["actions"]
    ]
    assert actions
    sent = order(count=4, often=1)
    for action in actions:
        assert action["type"] == "update"
        assert is_text(action["description"])
        assert "resourceId" not in action
        assert action["resource"]["resourceType"] == "MedicationRequest"
        kept = {name: value for name, value in sent.items() if name not in ("dosageInstruction", "dispenseRequest")}
        assert kept.items() <= action["resource"].items()


@requires(98, 100, 136, 216, 217, 218, 219)
def test_override_reasons_are_codings_with_words(cards: list[dict[str, Any]]) -> None:
    for card in cards:
        assert isinstance(card["overrideReasons"], list)
        assert card["overrideReasons"]
        for reason in card["overrideReasons"]:
            assert all(is_text(reason[name]) for name in ("code", "system", "display"))
            assert " " in reason["display"]


@requires(103, 138, 139, 141, 142, 144, 147)
def test_links_are_absolute_and_carry_no_context(cards: list[dict[str, Any]]) -> None:
    links = [link for card in cards for link in card.get("links", ())]
    assert links
    for link in links:
        assert is_text(link["label"])
        assert is_absolute(link["url"])
        assert link["type"] == "absolute"
        assert "appContext" not in link


@requires(176, 199)
def test_a_client_is_known_by_its_signed_token_and_by_keys_from_a_file_alone(tmp_path: Path) -> None:
    """More of it in `tests/web/test_trust.py`."""
    door = trust(tmp_path, "ec")
    assert door.verify(token("ec"), SERVICE, NOW)
    assert not door.verify(token("stranger", header={"jku": "https://stranger.example/jwks"}), SERVICE, NOW)


@requires(201, 203)
@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS384", b"x" * 64)])
def test_a_token_without_a_signature_or_with_a_shared_secret_is_refused(
    tmp_path: Path, algorithm: str, key: bytes | None
) -> None:
    said = {"iss": ISSUER, "aud": SERVICE, "iat": NOW, "exp": NOW + 300, "jti": "one"}
    bad = jwt.encode(said, key, algorithm, headers={"kid": "ec"})
    assert trust(tmp_path, "ec").verify(f"Bearer {bad}", SERVICE, NOW) == ""


@requires(208)
def test_a_named_page_may_ask_from_a_browser_and_no_other(client: httpx.Client) -> None:
    ask = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}
    for path in ("/cds-services", "/cds-services/taper-pace"):
        allowed = client.options(path, headers={"origin": ORIGIN, **ask})
        assert allowed.status_code == 200
        assert allowed.headers["access-control-allow-origin"] == ORIGIN
        assert "authorization" in allowed.headers["access-control-allow-headers"].lower()
        refused = client.options(path, headers={"origin": "https://elsewhere.example", **ask})
        assert "access-control-allow-origin" not in refused.headers
    answered = client.get("/cds-services", headers={"origin": ORIGIN})
    assert answered.headers["access-control-allow-origin"] == ORIGIN


@requires(211, 213)
def test_selecting_and_signing_are_one_service_so_that_new_cards_take_the_place_of_old_ones(
    client: httpx.Client,
) -> None:
    hooks: dict[str, set[str]] = {}
    for service in client.get("/cds-services").json()["services"]:
        hooks.setdefault(service["id"], set()).add(service["hook"])
    assert hooks == {"taper-pace": {"order-select", "order-sign"}, "taper-today": {"patient-view"}}


@requires(214)
def test_there_are_no_extensions_so_none_that_is_no_object(client: httpx.Client, answers: list[dict[str, Any]]) -> None:
    for said in (client.get("/cds-services").json(), *answers):
        assert all("extension" not in value for value in inside(said) if isinstance(value, dict))
