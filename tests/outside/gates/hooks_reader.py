"""Reads requests and answers of CDS Hooks with the models of healthchain: pairs of both on standard input, as JSON.

Stricter than the specification where it asks for two members that may be left out; they are put in before it reads.
"""

import json
import sys

from healthchain.models.requests.cdsrequest import CDSRequest
from healthchain.models.responses.cdsdiscovery import CDSServiceInformation
from healthchain.models.responses.cdsresponse import CDSResponse

given = json.load(sys.stdin)
read = CDSServiceInformation(**given["discovery"])
assert [service.id for service in read.services] == [service["id"] for service in given["discovery"]["services"]]
cards = 0
for request, answer in given["exchanges"]:
    assert CDSRequest(**request).hook == request["hook"]
    for card in answer["cards"]:
        for suggestion in card.get("suggestions", ()):
            suggestion.setdefault("isRecommended", None)
        for link in card.get("links", ()):
            link.setdefault("autoLaunchable", None)
    response = CDSResponse(**answer)
    for card, ours in zip(response.cards, answer["cards"], strict=True):
        assert (card.summary, card.indicator.value, card.uuid) == (ours["summary"], ours["indicator"], ours["uuid"])
        assert len(card.suggestions or ()) == len(ours.get("suggestions", ()))
        cards += 1
print(cards)
