"""Forms of medicines, what measures them, and how the name of a product is put together, in every language.

The patterns are those of labels: "diazépam 5 mg, comprimé", "diazepam 5 mg comprimidos", "diazepam tablet 5 mg". Forms
are those of the catalog (`taper/catalog/data/names.toml`), each with its source; the few that stand here, the Arabic
ones and the devices are ours. What the order describes and brands stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from taper.catalog.formulary import Form
from taper.catalog.names import form_name

FORM_KEYS: Mapping[Form, str] = MappingProxyType(
    {
        "tablet": "form_tablet",
        "capsule": "form_capsule",
        "ER tablet": "form_er_tablet",
        "ER capsule": "form_er_capsule",
        "ODT": "form_odt",
        "SL tablet": "form_sl_tablet",
        "oral film": "form_oral_film",
        "effervescent tablet": "form_effervescent_tablet",
        "oral solution": "form_oral_solution",
        "oral suspension": "form_oral_suspension",
        "oral drops": "form_oral_drops",
    }
)
"""The phrase that names each form of the catalog."""

DEVICE_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "oral syringe": "device_oral_syringe",
        "syringe": "device_syringe",
        "dropper": "device_dropper",
        "dropper of the bottle": "device_bottle_dropper",
        "measuring cylinder": "device_cylinder",
        "scale": "device_scale",
        "pocket scale": "device_pocket_scale",
    }
)
"""Devices that orders name in English; what else an order names is printed as it stands there."""

_EN = {
    "quoted": "'{text}'",
    "form_tablet": "tablet",
    "form_capsule": "capsule",
    "form_er_tablet": "ER tablet",
    "form_er_capsule": "ER capsule",
    "form_odt": "ODT",
    "form_sl_tablet": "SL tablet",
    "form_oral_film": "oral film",
    "form_effervescent_tablet": "effervescent tablet",
    "form_oral_solution": "oral solution",
    "form_oral_suspension": "oral suspension",
    "form_oral_drops": "oral drops",
    "product_name": "{drug} {form} {strength}",
    "product_by": "{name} ({maker})",
    "device_oral_syringe": "oral syringe",
    "device_syringe": "syringe",
    "device_dropper": "dropper",
    "device_bottle_dropper": "dropper of the bottle",
    "device_cylinder": "measuring cylinder",
    "device_scale": "scale",
    "device_pocket_scale": "pocket scale",
    "device_size": "{size} {device}",
    "device_then": "{first}, then {next}",
    "name_unread": "{names}: this is the international name in English. On the box it may be spelled in another way. "
    "If you are not sure, ask your pharmacist.",
}
_FR = {
    "quoted": "« {text} »",
    "product_name": "{drug} {strength}, {form}",
    "product_by": "{name} ({maker})",
    "device_oral_syringe": "seringue orale",
    "device_syringe": "seringue",
    "device_dropper": "compte-gouttes",
    "device_bottle_dropper": "compte-gouttes du flacon",
    "device_cylinder": "éprouvette graduée",
    "device_scale": "balance",
    "device_pocket_scale": "balance de poche",
    "device_size": "{device} de {size}",
    "device_then": "{first}, puis {next}",
    "name_unread": "{names} : c’est le nom international, en anglais. Sur la boîte, il peut être écrit un peu "
    "autrement. En cas de doute, demandez à votre pharmacien.",
}
_NL = {
    "quoted": "“{text}”",
    "form_oral_film": "orodispergeerbare film",
    "product_name": "{drug} {form} {strength}",
    "product_by": "{name} ({maker})",
    "device_oral_syringe": "orale spuit",
    "device_syringe": "spuit",
    "device_dropper": "druppelaar",
    "device_bottle_dropper": "druppelaar van het flesje",
    "device_cylinder": "maatcilinder",
    "device_scale": "weegschaal",
    "device_pocket_scale": "zakweegschaal",
    "device_size": "{device} van {size}",
    "device_then": "{first}, daarna {next}",
    "name_unread": "{names}: dit is de internationale naam in het Engels. Op de verpakking kan hij iets anders zijn "
    "gespeld. Twijfelt u? Vraag het dan aan uw apotheker.",
}
_DE = {
    "quoted": "„{text}“",
    "form_capsule": "Kapsel",
    "form_oral_drops": "Tropfen zum Einnehmen",
    "product_name": "{drug} {strength}, {form}",
    "product_by": "{name} ({maker})",
    "device_oral_syringe": "Oralspritze",
    "device_syringe": "Spritze",
    "device_dropper": "Tropfer",
    "device_bottle_dropper": "Tropfer der Flasche",
    "device_cylinder": "Messzylinder",
    "device_scale": "Waage",
    "device_pocket_scale": "Taschenwaage",
    "device_size": "{device} (fasst {size})",
    "device_then": "{first}, dann {next}",
    "name_unread": "{names}: Das ist der internationale englische Name. Auf der Packung kann er etwas anders "
    "geschrieben sein. Fragen Sie im Zweifel in der Apotheke nach.",
}
_ES = {
    "quoted": "«{text}»",
    "form_capsule": "cápsulas",
    "form_sl_tablet": "comprimidos sublinguales",
    "form_oral_film": "películas bucodispersables",
    "product_name": "{drug} {strength} {form}",
    "product_by": "{name} ({maker})",
    "device_oral_syringe": "jeringa oral",
    "device_syringe": "jeringa",
    "device_dropper": "cuentagotas",
    "device_bottle_dropper": "cuentagotas del frasco",
    "device_cylinder": "probeta graduada",
    "device_scale": "balanza",
    "device_pocket_scale": "balanza de bolsillo",
    "device_size": "{device} de {size}",
    "device_then": "{first}; después, {next}",
    "name_unread": "{names}: es el nombre internacional en inglés. En la caja puede estar escrito de forma un poco "
    "distinta. Si tiene dudas, pregunte en la farmacia.",
}
_AR = {
    "quoted": "«{text}»",
    "form_tablet": "أقراص",
    "form_capsule": "كبسولات",
    "form_er_tablet": "أقراص ممتدة المفعول",
    "form_er_capsule": "كبسولات ممتدة المفعول",
    "form_odt": "أقراص تذوب في الفم",
    "form_sl_tablet": "أقراص توضع تحت اللسان",
    "form_oral_film": "شرائح تذوب في الفم",
    "form_effervescent_tablet": "أقراص فوّارة",
    "form_oral_solution": "محلول فموي",
    "form_oral_suspension": "معلّق فموي",
    "form_oral_drops": "نقط فموية",
    "product_name": "{drug} {form} {strength}",
    "product_by": "{name} ({maker})",
    "device_oral_syringe": "محقنة فموية",
    "device_syringe": "محقنة",
    "device_dropper": "قطّارة",
    "device_bottle_dropper": "قطّارة الزجاجة",
    "device_cylinder": "أسطوانة مدرّجة",
    "device_scale": "ميزان",
    "device_pocket_scale": "ميزان جيب",
    "device_size": "{device} سعة {size}",
    "device_then": "{first} ثم {next}",
    "name_unread": "{names}: هذا هو الاسم الدولي بالأحرف اللاتينية. قد يُكتب على العلبة بشكل مختلف قليلًا. عند الشك "
    "اسأل الصيدلي.",
}
OWN: Mapping[str, dict[str, str]] = MappingProxyType({"en": _EN, "fr": _FR, "nl": _NL, "de": _DE, "es": _ES, "ar": _AR})
"""The phrases that are not from the catalog, by language."""


def _with_forms(language: str, own: dict[str, str]) -> dict[str, str]:
    """Add the names of forms that were read in a source."""
    read = {key: str(name) for form, key in FORM_KEYS.items() if (name := form_name(form, language)) is not None}
    return read | own


NAMES: Mapping[str, dict[str, str]] = MappingProxyType(
    {language: _with_forms(language, own) for language, own in OWN.items()}
)
"""The phrases by language."""
