"""What a revised plan says of itself, in every language: from when it holds, what lies ahead, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_EN = {
    "fact_from": "Your dose from {date}",
    "fact_then": "Next new dose",
    "earlier": "Before {date}: see the old plan.",
    "mark_revised": "New plan starts",
    "revised_title": "Revision {number}",
    "revised_from": "From {date}, follow this plan instead of the old one.",
    "revised_old": "On that day, throw the old calendar away.",
    "revised_left": "First use up the medicine you have left, but at the doses in this plan. Take anything this "
    "plan does not use back to the pharmacy.",
    "calendar_revised": "revision {number}, from {date}",
    "card_revised": "Revision {number}, from {date}: throw older cards and calendars away on that day.",
    "changed_title": "What is new",
    "changed_line": "{dates}: {after} (old plan: {before})",
    "changed_more": "There are more changes: see the calendar.",
    "changed_absent": "not in this plan",
    "changed_stop": "First day without {medicine}: {after} instead of {before}.",
    "changed_to_stop": "First day without {medicine}: {after}. The old plan did not end with a stop.",
    "changed_to_stay": "This plan does not end with a stop. In the old plan, the first day without {medicine} "
    "was {before}.",
    "changed_hold": "You stay on {dose} until {date}.",
    "changed_hold_week": "Your doses stay as they are until {date}.",
    "changed_later": "Every later step comes {time} later.",
    "changed_sooner": "Every later step comes {time} sooner.",
    "changed_all_later": "Every later step comes later than in the old plan.",
    "changed_all_sooner": "Every later step comes sooner than in the old plan.",
    "changed_gone": "From {date}: no more {medicine} {time}.",
    "changed_nothing": "Your doses and their days stay the same.",
    "changed_pieces": "From {date}: the same doses, made up in another way. Go by the words and drawings in this plan.",
}
_FR = {
    "fact_from": "Votre dose à partir du {date}",
    "fact_then": "Prochaine nouvelle dose",
    "earlier": "Avant le {date} : regardez l’ancien plan.",
    "mark_revised": "Début du nouveau plan",
    "revised_title": "Version {number}",
    "revised_from": "À partir du {date}, ce plan remplace le précédent.",
    "revised_old": "Ce jour-là, jetez l’ancien calendrier. Ne vous en servez plus.",
    "revised_left": "Utilisez d’abord ce qui vous reste de vos médicaments, aux doses de ce plan. Rapportez à la "
    "pharmacie ce dont vous n’avez plus besoin.",
    "calendar_revised": "version {number}, à partir du {date}",
    "card_revised": "Version {number}, à partir du {date} : ce jour-là, jetez les anciennes cartes et les anciens "
    "calendriers.",
    "changed_title": "Ce qui est nouveau",
    "changed_line": "{dates} : {after} (ancien plan : {before})",
    "changed_more": "Il y a d’autres changements : regardez le calendrier.",
    "changed_absent": "pas prévu",
    "changed_stop": "Premier jour sans {medicine} : {after} au lieu de {before}.",
    "changed_to_stop": "Premier jour sans {medicine} : {after}. Le plan précédent n’allait pas jusqu’à l’arrêt.",
    "changed_to_stay": "Ce plan ne va pas jusqu’à l’arrêt. Dans le plan précédent, le premier jour sans "
    "{medicine} était le {before}.",
    "changed_hold": "Vous restez à {dose} jusqu’au {date}.",
    "changed_hold_week": "Vos doses ne changent pas jusqu’au {date}.",
    "changed_later": "Chaque étape suivante vient {time} plus tard.",
    "changed_sooner": "Chaque étape suivante vient {time} plus tôt.",
    "changed_all_later": "Chaque étape suivante vient plus tard que dans l’ancien plan.",
    "changed_all_sooner": "Chaque étape suivante vient plus tôt que dans l’ancien plan.",
    "changed_gone": "À partir du {date} : ne prenez plus {medicine} {time}.",
    "changed_nothing": "Vos doses et leurs jours ne changent pas.",
    "changed_pieces": "À partir du {date} : les mêmes doses, préparées autrement. Suivez les mots et les dessins de "
    "ce plan.",
}
_NL = {
    "fact_from": "Uw dosis vanaf {date}",
    "fact_then": "Volgende nieuwe dosis",
    "earlier": "Vóór {date}: kijk in het oude plan.",
    "mark_revised": "Nieuw plan begint",
    "revised_title": "Versie {number}",
    "revised_from": "Vanaf {date} komt dit plan in de plaats van het vorige.",
    "revised_old": "Gooi op die dag de oude kalender weg.",
    "revised_left": "Gebruik eerst wat u nog van uw medicijnen hebt, volgens de doses in dit plan. Breng wat u niet "
    "nodig hebt terug naar de apotheek.",
    "calendar_revised": "versie {number}, vanaf {date}",
    "card_revised": "Versie {number}, vanaf {date}: gooi op die dag oudere kaarten en kalenders weg.",
    "changed_title": "Wat is er nieuw?",
    "changed_line": "{dates}: {after} (oude plan: {before})",
    "changed_more": "Er verandert nog meer: kijk op de kalender.",
    "changed_absent": "niet vastgelegd",
    "changed_stop": "Eerste dag zonder {medicine}: {after} in plaats van {before}.",
    "changed_to_stop": "Eerste dag zonder {medicine}: {after}. Het vorige plan eindigde niet met stoppen.",
    "changed_to_stay": "Dit plan eindigt niet met stoppen. In het vorige plan was {before} de eerste "
    "dag zonder {medicine}.",
    "changed_hold": "U blijft op {dose} tot en met {date}.",
    "changed_hold_week": "Uw doses blijven zoals ze zijn tot en met {date}.",
    "changed_later": "Elke latere stap komt {time} later.",
    "changed_sooner": "Elke latere stap komt {time} eerder.",
    "changed_all_later": "Elke latere stap komt later dan in het oude plan.",
    "changed_all_sooner": "Elke latere stap komt eerder dan in het oude plan.",
    "changed_gone": "Vanaf {date}: geen {medicine} meer {time}.",
    "changed_nothing": "Uw doses en de dagen blijven gelijk.",
    "changed_pieces": "Vanaf {date}: dezelfde doses, anders samengesteld. Volg de woorden en tekeningen in dit plan.",
}
_DE = {
    "fact_from": "Ihre Dosis ab {date}",
    "fact_then": "Nächste neue Dosis",
    "earlier": "Vor dem ersten Tag dieses Plans ({date}): siehe alter Plan.",
    "mark_revised": "Neuer Plan beginnt",
    "revised_title": "Fassung {number}",
    "revised_from": "Dieser Plan gilt ab {date}. Der alte Plan gilt dann nicht mehr.",
    "revised_old": "Werfen Sie an diesem Tag den alten Kalender weg.",
    "revised_left": "Brauchen Sie zuerst auf, was Sie von Ihren Medikamenten noch haben, aber in den Dosen "
    "dieses Plans. Bringen Sie in die Apotheke zurück, was dieser Plan nicht mehr braucht.",
    "calendar_revised": "Fassung {number}, ab {date}",
    "card_revised": "Fassung {number}, ab {date}: Werfen Sie ältere Karten und Kalender dann weg.",
    "changed_title": "Was neu ist",
    "changed_line": "{dates}: {after} (alter Plan: {before})",
    "changed_more": "Es ändert sich noch mehr: siehe Kalender.",
    "changed_absent": "nicht in diesem Plan",
    "changed_stop": "Erster Tag ohne {medicine}: {after} statt {before}.",
    "changed_to_stop": "Erster Tag ohne {medicine}: {after}. Im alten Plan wurde nicht abgesetzt.",
    "changed_to_stay": "In diesem Plan wird nicht abgesetzt. Im alten Plan war der erste Tag ohne {medicine}: "
    "{before}.",
    "changed_hold": "Sie bleiben bei {dose}. Letzter Tag: {date}.",
    "changed_hold_week": "Ihre Dosen bleiben vorerst, wie sie sind. Letzter Tag: {date}.",
    "changed_later": "Jeder spätere Schritt kommt {time} später.",
    "changed_sooner": "Jeder spätere Schritt kommt {time} früher.",
    "changed_all_later": "Jeder spätere Schritt kommt später als im alten Plan.",
    "changed_all_sooner": "Jeder spätere Schritt kommt früher als im alten Plan.",
    "changed_gone": "Ab {date}: {time} kein {medicine} mehr.",
    "changed_nothing": "Ihre Dosen und die Tage bleiben gleich.",
    "changed_pieces": "Ab {date}: dieselben Dosen, anders zusammengesetzt. Richten Sie sich nach den Worten und "
    "Bildern in diesem Plan.",
}
_ES = {
    "fact_from": "Su dosis desde el {date}",
    "fact_then": "Próxima dosis nueva",
    "earlier": "Antes del {date}: vea el plan anterior.",
    "mark_revised": "Empieza el nuevo plan",
    "revised_title": "Versión {number}",
    "revised_from": "Desde el {date}, este plan sustituye al anterior.",
    "revised_old": "Ese día, tire el calendario anterior: ya no vale.",
    "revised_left": "Use primero lo que le queda de sus medicamentos, siguiendo las dosis de este plan. Lleve a la "
    "farmacia lo que no necesite.",
    "calendar_revised": "versión {number}, desde el {date}",
    "card_revised": "Versión {number}, a partir del {date}: ese día, tire las tarjetas y los calendarios anteriores.",
    "changed_title": "Qué hay de nuevo",
    "changed_line": "{dates}: {after} (plan anterior: {before})",
    "changed_more": "Hay más cambios: vea el calendario.",
    "changed_absent": "no previsto en el plan",
    "changed_stop": "Primer día sin {medicine}: {after} en lugar de {before}.",
    "changed_to_stop": "Primer día sin {medicine}: {after}. El plan anterior no terminaba con dejarlo.",
    "changed_to_stay": "Con este plan no se deja el medicamento del todo. En el plan anterior, el primer día sin "
    "{medicine} era el {before}.",
    "changed_hold": "Siga con {dose} hasta el {date}.",
    "changed_hold_week": "Sus dosis siguen igual hasta el {date}.",
    "changed_later": "Cada paso posterior llega {time} más tarde.",
    "changed_sooner": "Cada paso posterior llega {time} antes.",
    "changed_all_later": "Cada paso posterior llega más tarde que en el plan anterior.",
    "changed_all_sooner": "Cada paso posterior llega antes que en el plan anterior.",
    "changed_gone": "Desde el {date}: ya no tome {medicine} {time}.",
    "changed_nothing": "Sus dosis y sus días no cambian.",
    "changed_pieces": "Desde el {date}: las mismas dosis, preparadas de otra forma. Siga las palabras y los dibujos "
    "de este plan.",
}
_AR = {
    "fact_from": "جرعتك ابتداء من {date}",
    "fact_then": "الجرعة الجديدة التالية",
    "earlier": "قبل {date}: انظر الخطة القديمة.",
    "mark_revised": "بداية الخطة الجديدة",
    "revised_title": "الإصدار {number}",
    "revised_from": "ابتداء من {date} تحل هذه الخطة محل الخطة السابقة.",
    "revised_old": "ارمِ التقويم القديم في ذلك اليوم.",
    "revised_left": "استعمل أولًا ما بقي لديك من أدويتك، بالجرعات المكتوبة في هذه الخطة. أعد إلى الصيدلية ما لا "
    "تستعمله هذه الخطة.",
    "calendar_revised": "الإصدار {number}، ابتداء من {date}",
    "card_revised": "الإصدار {number}، ابتداء من {date}: ارمِ البطاقات والتقاويم الأقدم في ذلك اليوم.",
    "changed_title": "ما الجديد",
    "changed_line": "{dates}: {after} (الخطة القديمة: {before})",
    "changed_more": "هناك تغييرات أخرى: راجع التقويم.",
    "changed_absent": "ليس في هذه الخطة",
    "changed_stop": "أول يوم بلا {medicine}: {after} بدلًا من {before}.",
    "changed_to_stop": "أول يوم بلا {medicine}: {after}. لم تكن الخطة السابقة تنتهي بالتوقف.",
    "changed_to_stay": "لا تنتهي هذه الخطة بالتوقف. في الخطة السابقة كان أول يوم بلا {medicine}: {before}.",
    "changed_hold": "تبقى على {dose} حتى {date}.",
    "changed_hold_week": "تبقى جرعاتك كما هي حتى {date}.",
    "changed_later": "كل خطوة لاحقة تتأخر بمقدار {time}.",
    "changed_sooner": "كل خطوة لاحقة تتقدم بمقدار {time}.",
    "changed_all_later": "كل خطوة لاحقة تأتي بعد موعدها في الخطة القديمة.",
    "changed_all_sooner": "كل خطوة لاحقة تأتي قبل موعدها في الخطة القديمة.",
    "changed_gone": "ابتداء من {date}: لا تأخذ {medicine} {time} بعد الآن.",
    "changed_nothing": "تبقى جرعاتك وأيامها كما هي.",
    "changed_pieces": "ابتداء من {date}: الجرعات نفسها لكن بتركيب آخر. اتبع الكلمات والرسوم في هذه الخطة.",
}
REVISION: Mapping[str, dict[str, str]] = MappingProxyType(
    {"en": _EN, "fr": _FR, "nl": _NL, "de": _DE, "es": _ES, "ar": _AR}
)
"""Templates by name, for each code of a language; they are part of its phrases."""
