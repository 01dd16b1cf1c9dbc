"""The words by which a proof reads six languages: its own, not those from which papers are written.

They are what a reader must know: times of day, months, days of the week, pieces and their parts, the marks of a
calendar, and the words without which the sentence against a sudden stop is not there. Where a country says it
otherwise, both ways stand here. Letters are small, and spaces plain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple


class Tongue(NamedTuple):
    """What a reader knows of a language.

    Attributes:
        times: Names of each time of day.
        weekdays: Names of the days, Monday first.
        months: Names of each month in a date.
        months_short: Their short names.
        nouns: All forms of the noun of a piece, by kind; the singular first.
        halves: How a quarter, a half and three quarters begin where they stand alone, without their noun.
        parts: Words that say that a piece is not whole, wherever they stand.
        none: Words for no dose.
        nothing: Words for none of a product.
        about: The word before a rounded number.
        start: Names of the first step.
        marks: What stands at a day, by kind.
        labels: Labels of whom to call: prescriber, telephone, pharmacy, emergency.
        no: Words of which one must be in the sentence against a sudden stop.
        stop: Stems of which one must be in it.
        sudden: Stems of which one must be in it.
        these: How it may speak of several medicines.
        drops: Forms of the noun of a drop.
        powder: The word for powder.
        fillings: How often a syringe is filled, from once to ten times.
        left_out: Words without which a forgotten dose at bedtime is not said to be left out.
        remembered: Words by which a forgotten dose is said to be taken when it is remembered.
        later: Patterns by which later steps of a revised plan are said to come later than before.
        sooner: The same of steps that come sooner.
    """

    times: Mapping[str, tuple[str, ...]]
    weekdays: tuple[str, ...]
    months: tuple[tuple[str, ...], ...]
    months_short: tuple[tuple[str, ...], ...]
    nouns: Mapping[str, tuple[str, ...]]
    halves: tuple[tuple[str, ...], ...]
    parts: tuple[str, ...]
    none: tuple[str, ...]
    nothing: tuple[str, ...]
    about: str
    start: tuple[str, ...]
    marks: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]
    no: tuple[str, ...]
    stop: tuple[str, ...]
    sudden: tuple[str, ...]
    these: tuple[str, ...]
    drops: tuple[str, ...]
    powder: str
    fillings: tuple[str, ...]
    left_out: str
    remembered: str
    later: tuple[str, ...]
    sooner: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _each(names: str) -> tuple[tuple[str, ...], ...]:
    """Return what each month is called: "januar/jänner februar" are two months, the first with two names."""
    return tuple(tuple(name.replace("_", " ").split("/")) for name in names.split())


def _en() -> Tongue:
    return Tongue(
        times={"morning": ("morning",), "noon": ("noon", "midday"), "evening": ("evening",), "bedtime": ("bedtime",)},
        weekdays=_words("monday tuesday wednesday thursday friday saturday sunday"),
        months=_each("january february march april may june july august september october november december"),
        months_short=_each("jan feb mar apr may jun jul aug sep/sept oct nov dec"),
        nouns={
            "tablet": ("tablet", "tablets"),
            "capsule": ("capsule", "capsules"),
            "film": ("film", "films"),
            "piece": ("piece", "pieces"),
        },
        halves=(("a quarter of",), ("half of",), ("three quarters of",)),
        parts=("half", "quarter", "quarters"),
        none=("no dose",),
        nothing=("none",),
        about="about",
        start=("start",),
        marks={
            "start": ("plan starts", "new plan starts"),
            "new": ("new dose",),
            "stop": ("stop: no dose from today on",),
            "review": ("check-up",),
            "gap": ("this day is not in the plan: ask your prescriber",),
            "none": ("no dose today",),
        },
        labels={
            "prescriber": ("prescriber",),
            "phone": ("prescriber's phone",),
            "pharmacy": ("pharmacy",),
            "emergency": ("emergency",),
        },
        no=("never", "not"),
        stop=("stop",),
        sudden=("suddenly",),
        these=("these medicines",),
        drops=("drop", "drops"),
        powder="of powder",
        fillings=("once", *(f"{n} times" for n in _words("two three four five six seven eight nine ten"))),
        left_out="later in the night",
        remembered="when you remember",
        later=(r"later\.$", "later than"),
        sooner=("sooner",),
    )


def _de() -> Tongue:
    return Tongue(
        times={"morning": ("morgens",), "noon": ("mittags",), "evening": ("abends",), "bedtime": ("zur nacht",)},
        weekdays=_words("montag dienstag mittwoch donnerstag freitag samstag sonntag"),
        months=_each("januar/jänner februar märz april mai juni juli august september oktober november dezember"),
        months_short=_each("jan/jän feb mär apr mai jun jul aug sep okt nov dez"),
        nouns={
            "tablet": ("tablette", "tabletten"),
            "capsule": ("kapsel", "kapseln"),
            "film": ("schmelzfilm", "schmelzfilme"),
            "piece": ("stück", "stück"),
        },
        halves=(("ein viertel von",), ("die hälfte von",), ("drei viertel von",)),
        parts=("halb", "halbe", "halber", "halbes", "hälfte", "viertel", "dreiviertel"),
        none=("keine dosis",),
        nothing=("keine", "nichts"),
        about="etwa",
        start=("beginn",),
        marks={
            "start": ("plan beginnt", "neuer plan beginnt"),
            "new": ("neue dosis",),
            "stop": ("ende: ab heute keine dosis mehr",),
            "review": ("kontrolle",),
            "gap": (
                "dieser tag steht nicht im plan: in der arztpraxis fragen",
                "dieser tag steht nicht im plan: in der ordination fragen",
            ),
            "none": ("heute keine dosis",),
        },
        labels={
            "prescriber": ("arztpraxis", "ordination"),
            "phone": ("telefon",),
            "pharmacy": ("apotheke",),
            "emergency": ("notfall",),
        },
        no=("nie", "nicht"),
        stop=("absetz", "setzen"),
        sudden=("plötzlich",),
        these=("diese medikamente",),
        drops=("tropfen",),
        powder="pulver",
        fillings=tuple(f"{n}mal" for n in _words("ein zwei drei vier fünf sechs sieben acht neun zehn")),
        left_out="später in der nacht",
        remembered="sobald sie daran denken",
        later=(r"später\.$", "später als"),
        sooner=("früher",),
    )


def _fr() -> Tongue:
    return Tongue(
        times={"morning": ("matin",), "noon": ("midi",), "evening": ("soir",), "bedtime": ("au coucher",)},
        weekdays=_words("lundi mardi mercredi jeudi vendredi samedi dimanche"),
        months=_each("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        months_short=_each("janv. févr. mars avr. mai juin juil./juill. août sept. oct. nov. déc."),
        nouns={
            "tablet": ("comprimé", "comprimés"),
            "capsule": ("gélule", "gélules", "capsule", "capsules"),
            "film": ("film", "films"),
            "piece": ("unité", "unités"),
        },
        halves=(("un quart de",), ("la moitié de",), ("trois quarts de",)),
        parts=("demi", "demie", "moitié", "quart", "quarts"),
        none=("aucune dose",),
        nothing=("aucun", "aucune"),
        about="environ",
        start=("début",),
        marks={
            "start": ("début du plan", "début du nouveau plan"),
            "new": ("nouvelle dose",),
            "stop": ("arrêt : à partir d’aujourd’hui, n’en prenez plus",),
            "review": ("suivi",),
            "gap": ("pas dans ce plan : demandez à votre médecin",),
            "none": ("aucune dose aujourd’hui",),
        },
        labels={
            "prescriber": ("médecin",),
            "phone": ("téléphone",),
            "pharmacy": ("pharmacie",),
            "emergency": ("numéro d’urgence",),
        },
        no=("jamais", "pas"),
        stop=("arrêt",),
        sudden=("d’un coup",),
        these=("ces médicaments",),
        drops=("goutte", "gouttes"),
        powder="de poudre",
        fillings=tuple(f"{n} fois" for n in _words("une deux trois quatre cinq six sept huit neuf dix")),
        left_out="plus tard dans la nuit",
        remembered="dès que vous y pensez",
        later=("plus tard",),
        sooner=("plus tôt",),
    )


def _es() -> Tongue:
    return Tongue(
        times={
            "morning": ("por la mañana",),
            "noon": ("al mediodía",),
            "evening": ("noche (cena)",),
            "bedtime": ("al acostarse",),
        },
        weekdays=_words("lunes martes miércoles jueves viernes sábado domingo"),
        months=_each("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        months_short=_each("ene feb mar abr may jun jul ago sep/sept oct nov dic"),
        nouns={
            "tablet": ("comprimido", "comprimidos", "tableta", "tabletas"),
            "capsule": ("cápsula", "cápsulas"),
            "film": ("película", "películas"),
            "piece": ("unidad", "unidades"),
        },
        halves=(("un cuarto de",), ("la mitad de",), ("tres cuartos de",)),
        parts=("medio", "media", "mitad", "cuarto", "cuartos"),
        none=("ninguna dosis",),
        nothing=("nada", "ninguno", "ninguna"),
        about="aproximadamente",
        start=("inicio",),
        marks={
            "start": ("empieza el plan", "empieza el nuevo plan"),
            "new": ("dosis nueva",),
            "stop": ("fin: a partir de hoy no tome más",),
            "review": ("revisión",),
            "gap": ("no está en este plan: pregunte a su médico",),
            "none": ("hoy, ninguna dosis",),
        },
        labels={
            "prescriber": ("médico",),
            "phone": ("teléfono",),
            "pharmacy": ("farmacia",),
            "emergency": ("emergencias",),
        },
        no=("nunca", "no"),
        stop=("dej",),
        sudden=("de golpe",),
        these=("estos medicamentos",),
        drops=("gota", "gotas"),
        powder="de polvo",
        fillings=("una vez", *(f"{n} veces" for n in _words("dos tres cuatro cinco seis siete ocho nueve diez"))),
        left_out="más tarde esa noche",
        remembered="cuando se acuerde",
        later=("más tarde",),
        sooner=(r"antes\.$", "antes que"),
    )


def _nl() -> Tongue:
    return Tongue(
        times={"morning": ("ochtend",), "noon": ("middag",), "evening": ("avond",), "bedtime": ("voor het slapen",)},
        weekdays=_words("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
        months=_each("januari februari maart april mei juni juli augustus september oktober november december"),
        months_short=_each("jan feb mrt apr mei jun jul aug sep okt nov dec"),
        nouns={
            "tablet": ("tablet", "tabletten"),
            "capsule": ("capsule", "capsules"),
            "film": ("film", "films"),
            "piece": ("stuk", "stuks"),
        },
        halves=(("een kwart van",), ("de helft van",), ("driekwart van",)),
        parts=("half", "halve", "helft", "kwart", "driekwart"),
        none=("geen dosis",),
        nothing=("geen",),
        about="ongeveer",
        start=("begin",),
        marks={
            "start": ("plan begint", "nieuw plan begint"),
            "new": ("nieuwe dosis",),
            "stop": ("stop: vanaf vandaag niet meer innemen",),
            "review": ("controle",),
            "gap": ("niet in dit plan: vraag het uw arts",),
            "none": ("vandaag geen dosis",),
        },
        labels={"prescriber": ("arts",), "phone": ("telefoon",), "pharmacy": ("apotheek",), "emergency": ("spoed",)},
        no=("nooit", "niet"),
        stop=("stop",),
        sudden=("ineens",),
        these=("deze medicijnen", "deze geneesmiddelen"),
        drops=("druppel", "druppels"),
        powder="poeder",
        fillings=tuple(f"{n} keer" for n in _words("één twee drie vier vijf zes zeven acht negen tien")),
        left_out="later in de nacht",
        remembered="zodra u eraan denkt",
        later=(r"later\.$", "later dan"),
        sooner=("eerder",),
    )


def _ar() -> Tongue:
    return Tongue(
        times={"morning": ("صباحا",), "noon": ("ظهرا",), "evening": ("مساء",), "bedtime": ("عند النوم",)},
        weekdays=("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
        months=_each(
            "يناير_(كانون_الثاني) فبراير_(شباط) مارس_(آذار) أبريل_(نيسان) مايو_(أيار) يونيو_(حزيران) يوليو_(تموز) "
            "أغسطس_(آب) سبتمبر_(أيلول) أكتوبر_(تشرين_الأول) نوفمبر_(تشرين_الثاني) ديسمبر_(كانون_الأول)"
        ),
        months_short=_each("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        nouns={
            "tablet": ("قرص", "أقراص", "قرصًا", "قرص واحد", "قرصان"),
            "capsule": ("كبسولة", "كبسولات", "كبسولة", "كبسولة واحدة", "كبسولتان"),
            "film": ("رقاقة", "رقاقات", "رقاقة", "رقاقة واحدة", "رقاقتان"),
            "piece": ("قطعة", "قطع", "قطعة", "قطعة واحدة", "قطعتان"),
        },
        halves=(("ربع من",), ("نصف من",), ("ثلاثة أرباع من",)),
        parts=("ربع", "نصف", "أرباع", "وربع", "ونصف", "وثلاثة"),
        none=("بلا جرعة",),
        nothing=("لا شيء",),
        about="نحو",
        start=("البداية",),
        marks={
            "start": ("بداية الخطة", "بداية الخطة الجديدة"),
            "new": ("جرعة جديدة",),
            "stop": ("توقف: بلا جرعة ابتداء من اليوم",),
            "review": ("موعد مراجعة",),
            "gap": ("هذا اليوم ليس في الخطة: اسأل طبيبك",),
            "none": ("اليوم بلا جرعة",),
        },
        labels={"prescriber": ("الطبيب",), "phone": ("الهاتف",), "pharmacy": ("الصيدلية",), "emergency": ("الطوارئ",)},
        no=("لا",),
        stop=("تتوقف",),
        sudden=("فجأة",),
        these=("هذه الأدوية",),
        drops=("قطرة", "قطرات", "قطرة واحدة", "قطرتان"),
        powder="من المسحوق",
        fillings=("مرة واحدة", "مرتين", *(f"{n} مرات" for n in _words("ثلاث أربع خمس ست سبع ثماني تسع عشر"))),
        left_out="في وقت لاحق من الليل",
        remembered="عندما تتذكرها",
        later=("تتأخر بمقدار", "بعد موعدها"),
        sooner=("تتقدم بمقدار", "قبل موعدها"),
    )


_TONGUES: Mapping[str, Callable[[], Tongue]] = MappingProxyType(
    {"en": _en, "de": _de, "fr": _fr, "es": _es, "nl": _nl, "ar": _ar}
)


@cache
def tongue(base: str) -> Tongue:
    """Return a language by its code, without a country."""
    return _TONGUES[base]()


POINTS = frozenset({"en", "ar", "de-CH", "es-US", "es-MX"})
"""Languages and countries whose decimal sign is a point; it is a comma in the others."""
