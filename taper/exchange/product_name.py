"""What the name of a product says: the drug, in the languages of our papers and as a brand, and the one strength.

A name that gives several strengths, a range, a fraction or the contents of a kit gives no strength.
"""

from __future__ import annotations

import re
from functools import lru_cache

from taper import catalog
from taper.catalog.brands import brands
from taper.catalog.names import spellings, without_accents
from taper.errors import TaperError
from taper.quantity import Mg, parse_strength

_NOT_ALONE = frozenset({"serenase", "clozan"})
"""Brands that are an antipsychotic in other countries; a file does not say from which country it is."""

_MASS = r"(?:mg|milligram(?:me|m|o)?s?|milligramm|miligramos?|mcg|ug|µg|micrograms?|g|grams?)\b"
_ML = r"m(?:l|illilit(?:er|re)s?)\b"
_PER = r"(?:/|\b(?:per|pro|je|par|por|in|en)\b)"
_STRENGTH = re.compile(
    rf"(?P<number>\d{{1,6}}(?:[.,]\d{{1,6}})?) ?(?P<mass>{_MASS})"
    rf"(?: ?{_PER} ?(?P<volume>\d{{1,4}}(?:[.,]\d{{1,3}})?)? ?(?P<ml>{_ML}))?",
    re.IGNORECASE,
)
_PART_OF_A_NUMBER = re.compile(
    r"(?:[\d.,½¼¾<>≤≥~≈±]|\d(?:[^\w\s()\[\]]|e)|\d ?[^\w\s()\[\],;] ?"
    r"|(?:\d|[½¼¾]) ?(?:[-–—/+&]|\b(?:to|or|and|bis|oder|und|ou|et|a|à|o|y|e|of|tot|en)\b)? ?|[/=] ?)\Z",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf" ?(?:(?:[-–—/+]|\b(?:to|or|bis|oder|ou|à|o|tot|of)\b) ?\d+(?:[.,]\d+)? ?{_MASS}"
    r"|(?:/|\b(?:per|pro|je|par|por)\b) ?(?!(?:1 ?)?(?:tab|cap|tbl|comprim|compress|dose|piece|film|pill|st(?:ü|u)ck))"
    r"\d*[.,]?\d* ?[a-z%]|\b(?:in|en)\b ?\d)",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[1-9]\d*(?:,\d{3}|\.000)\Z|\d+,\d{4,}\Z|0\d")
_NO_ONE_STRENGTH = re.compile(
    r"[={}½¼¾]|\b[13]/[248]\b|\b(?:half|halves|quarters?|halbe|demi|placebo)\b|\bkits?\b"
    r"|\b(?:starter|titration|taper) ?packs?\b|\bdose ?packs?\b",
    re.IGNORECASE,
)
_LIQUID = re.compile(
    r"solu(?:tion|cion|zione|ção)|syrup|suspensi|elixir|drops?\b|tropfen|gouttes?\b|druppels?\b|gotas?\b|gocce|sir[ou]p"
    r"|jarabe|sciroppo|losung|oplossing|drank|injecti|injekti|inyect|iniett|ampo?ul|ampull|vial|concentrate|intensol"
    r"|buvable|liquid",
    re.IGNORECASE,
)
_PIECE = re.compile(r"tab(?:let|s?\b)|caps?(?:ule|sul|\b)|comprim|compress|tablett|films?\b|suppos|kaps", re.IGNORECASE)
_BY_MOUTH = re.compile(
    r"\boral|\bper os\b|by mouth|buvable|bebible|trink|\btab(?:let|s?\b)|comprim|compress|tablett|\bcaps|\bkaps|drops|"
    r"tropfen|gotas|gouttes|druppel|lingual|buc+al|expidet|sirop|syrup|jarabe",
    re.IGNORECASE,
)
"""An oral ampoule, and a vial of tablets, are taken by mouth."""
_OTHER_ROUTE = re.compile(
    r"\binj(?:\b|e[ck])|\bij\b|inyec|iniez|injet|infus|perfus|intra-?(?:ven|mus|nas)|sub-?[ck]ut|\bsubq\b|"
    r"\bre[ck]t(?:a|um)|rettal|\bretal|\bre gel\b|nasa|\bneus|sup+os|\bsupp\b|zäpfchen|zetpil|stikkpil|enema|"
    r"lavement|kl[yi]sma|re[ck]tiol|rectub|amp(?:ou?|u)l|\bamp\b|\bfial[ae]\b|\bvials?\b|spritze|transderm|"
    r"topical|vaginal|inhal|parenteral|شرج|حقن|أنف",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+")
_BESIDE = r"(?:\+|/|&|\b(?:and|with|plus|und|mit|et|avec|y|con|e|en|met)\b)"
_RELEASE = re.compile(r"verlengd|gereguleerd|gewijzigd|vertraagd|verander|verzoger|retard|modifi|prolong|slow")
"""What may stand behind "with" and is no other substance: tablet met gereguleerde afgifte."""
_OTHER_ACTIVE = r"[a-z]+(?:ine|in|ium|olol|pram|ide|azine|azone)"


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], re.Pattern[str], dict[str, str], re.Pattern[str]]:
    """Return names of drugs and brands with the drugs that they are, and patterns that find them."""
    own = dict(spellings())
    listed: dict[str, set[str]] = {}
    for drug, names in brands().items():
        for name in names:
            listed.setdefault(without_accents(name), set()).add(drug)
    traded = {
        name: min(of) for name, of in listed.items() if len(of) == 1 and name not in own and name not in _NOT_ALONE
    }
    return own, _pattern(own), traded, _pattern(traded)


def _pattern(names: dict[str, str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{listed})(?![^\W\d_])")  # no letter before or behind, of any script


def drugs_in(text: str) -> tuple[str, ...]:
    """Return the drugs that a name names, each once.

    >>> drugs_in("Diazépam 5 mg"), drugs_in("Valium 5 mg"), drugs_in("zopiclona 7,5 mg"), drugs_in("lorazepam diazepam")
    (('diazepam',), ('diazepam',), ('zopiclone',), ('lorazepam', 'diazepam'))
    """
    own, own_pattern, traded, trade_pattern = _names()
    plain = without_accents(text)
    found = [own[match[0]] for match in own_pattern.finditer(plain)]
    by_brand = [traded[match[0]] for match in trade_pattern.finditer(plain)]
    if by_brand and not found:
        strength, liquid, _ = strength_in(text)
        if strength is not None and not liquid and strength not in _published_strengths(by_brand[0]):
            return ()  # a brand can be another drug elsewhere
    return tuple(dict.fromkeys(found + by_brand))


@lru_cache(maxsize=64)
def _published_strengths(drug: str) -> frozenset[Mg]:
    """Return the strengths of one piece that products of a drug have in any country."""
    rows = (row for country in catalog.countries() for row in catalog.products(country, drug))
    return frozenset(row.strength for row in rows if not row.is_liquid)


def name_in(text: str) -> str:
    """Return the catalog's name of a drug whose name, and nothing else, a text is; empty if it is none.

    >>> name_in("Zopiclon"), name_in("Valium"), name_in("Zopiclon 7,5 mg")
    ('zopiclone', '', '')
    """
    own, _, _, _ = _names()
    return own.get(" ".join(without_accents(text).split()), "")


def is_combination(text: str) -> bool:
    """Return whether a name names another active substance beside the drug.

    >>> is_combination("chlordiazepoxide-clidinium 5-2.5 mg"), is_combination("diazepam-maker 5 mg")
    (True, False)
    """
    own, own_pattern, traded, _ = _names()
    plain = without_accents(text)
    for match in own_pattern.finditer(plain):
        before, after = plain[: match.start()], plain[match.end() :]
        beside = re.match(rf"(?:[^\d()]{{0,30}}? ?)?{_BESIDE} ?\(?([a-z]{{3,}})", after)
        leading = re.search(rf"([a-z]{{3,}}) ?{_BESIDE} ?\Z", before)
        other = (beside and beside[1]) or (leading and leading[1])
        if other and (own | traded).get(other) != own[match[0]] and not (_PIECE.match(other) or _RELEASE.match(other)):
            return True
        if re.match(rf" ?[-–] ?{_OTHER_ACTIVE}\b", after) or re.search(rf"{_OTHER_ACTIVE} ?[-–] ?\Z", before):
            return True
    return False


def is_swallowed(text: str) -> bool:
    """Return whether words say that a medicine is taken by mouth, whatever else they say.

    >>> is_swallowed("oral solution in an ampoule"), is_swallowed("ampoule")
    (True, False)
    """
    return _BY_MOUTH.search(text) is not None


@lru_cache(maxsize=4096)
def other_route(text: str) -> bool:
    """Return whether words say that a medicine is given by another route than the mouth.

    >>> other_route("diazepam 5 mg/mL rectal gel"), other_route("midazolam oral solution, oral syringe")
    (True, False)
    """
    return _OTHER_ROUTE.search(text) is not None and not is_swallowed(text)


def strength_in(text: str) -> tuple[Mg | None, bool, int]:
    """Return the one strength that a name gives, whether it is that of 1 mL, and where it begins.

    >>> strength_in("diazepam 2 mg in 5 ml"), strength_in("zopiclon 7,5 mg"), strength_in("lorazepam 0.5-1 mg")[0]
    ((Mg('0.4'), True, 9), (Mg('7.5'), False, 9), None)
    """
    matches = list(_STRENGTH.finditer(text))
    digit = re.search(r"\d", text)
    begin = digit.start() if digit else len(text)
    if not matches or _NO_ONE_STRENGTH.search(text) or is_combination(text):
        return None, False, begin
    found = {_one_strength(text, match) for match in matches}
    if len(found) != 1 or None in found:
        return None, False, begin
    strength, liquid = next(one for one in found if one is not None)
    if not liquid and _LIQUID.search(without_accents(text)) and not _PIECE.search(text):
        return None, False, begin  # so many mg in an unknown volume
    return strength, liquid, begin


def _one_strength(text: str, match: re.Match[str]) -> tuple[Mg, bool] | None:
    """Return a strength, or None if its number is part of something else or not plain."""
    number, volume = match["number"], match["volume"] or "1"
    if _PART_OF_A_NUMBER.search(text[: match.start()]) or (not match["ml"] and _GOES_ON.match(text, match.end())):
        return None
    if match["ml"] and _GOES_ON.match(text, match.end()):
        return None
    if _THOUSANDS.match(number) or _THOUSANDS.match(volume):
        return None
    mass = re.sub(r"\Am[iy]l+i.*", "mg", match["mass"].lower())
    written = f"{number} {mass}" + (f"/{volume} mL" if match["ml"] else "")
    try:
        amount, per = parse_strength(written.replace(",", "."))
    except TaperError:
        return None
    return amount, per is not None


def leading_words(text: str, begin: int) -> str:
    """Return the words before the strength, for a drug that is not in the catalog.

    >>> leading_words("Prégabaline 75 mg", 12)
    'pregabaline'
    """
    return " ".join(_WORD.findall(without_accents(text[:begin])))
