"""What the patient's page says of "this medicine", for a plan with several: each must not be stopped, not only one.

Translations that no clinician has checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_ENGLISH = {
    "never_all": "Never stop these medicines suddenly. See \N{LEFT DOUBLE QUOTATION MARK}What to "
    "do\N{RIGHT DOUBLE QUOTATION MARK} for when to call.",
    "stop_all": "Do not stop these medicines all at once, even if you feel well. Stopping or cutting down too fast can "
    "cause a seizure (a fit). A seizure can be life-threatening.",
    "why_all": "Your body is used to these medicines. It needs time to get used to less.",
    "benefits_all": "It is worth it. Without these medicines, people are often more awake and can think more clearly. "
    "A fall or a road accident is less likely.",
    "falls_all": "From age 65 on, these medicines make a fall or a car crash more likely. Tell your prescriber if you "
    "fall or feel unsteady. Ask if it is safe for you to drive.",
}
_GERMAN = {
    "never_all": "Setzen Sie diese Medikamente nie plötzlich ab. Wann Sie anrufen müssen, steht unter „Was tun?“.",
    "stop_all": "Setzen Sie diese Medikamente nicht auf einmal ab, auch wenn es Ihnen gut geht. Wenn Sie sie plötzlich "
    "absetzen oder die Dosis zu schnell verringern, können Sie einen Krampfanfall bekommen. "
    "Ein Krampfanfall kann lebensgefährlich sein.",
    "why_all": "Ihr Körper ist an diese Medikamente gewöhnt. Er braucht Zeit, um sich an weniger zu gewöhnen.",
    "benefits_all": "Es lohnt sich. Ohne diese Medikamente sind Menschen oft wacher und können klarer denken. Ein "
    "Sturz oder ein Verkehrsunfall ist weniger wahrscheinlich.",
    "falls_all": "Ab 65 Jahren ist mit diesen Medikamenten ein Sturz oder ein Autounfall wahrscheinlicher. Sagen Sie "
    "es in Ihrer Arztpraxis, wenn Sie stürzen oder unsicher auf den Beinen sind. Fragen Sie, ob Sie sicher Auto fahren "
    "können.",
}
_FRENCH = {
    "never_all": "N’arrêtez jamais ces médicaments d’un coup. La partie « Que faire » de ce plan dit quand appeler.",
    "stop_all": "N’arrêtez pas ces médicaments d’un coup, même si vous vous sentez bien. "
    "Si vous arrêtez ou si vous baissez la dose trop vite, vous pouvez faire une crise convulsive (crise d’épilepsie). "
    "Une crise peut mettre votre vie en danger.",
    "why_all": "Votre corps est habitué à ces médicaments. Il lui faut du temps pour s’habituer à moins.",
    "benefits_all": "Cela en vaut la peine. Sans ces médicaments, on a souvent l’esprit plus vif et plus clair. Une "
    "chute ou un accident de la route est moins probable.",
    "falls_all": "À partir de 65 ans, une chute ou un accident de voiture est plus probable avec ces médicaments. "
    "Dites à votre médecin si vous tombez ou si vous tenez mal debout. Demandez-lui si vous pouvez conduire sans "
    "danger.",
}
_SPANISH = {
    "never_all": "Nunca deje estos medicamentos de golpe. En el apartado «Qué hacer» de este plan se explica cuándo "
    "llamar.",
    "stop_all": "No deje estos medicamentos de golpe, aunque se sienta bien. "
    "Si los deja o baja la dosis demasiado rápido, puede tener una convulsión (un ataque epiléptico). "
    "Una convulsión puede poner su vida en peligro.",
    "why_all": "Su cuerpo está acostumbrado a estos medicamentos. Necesita tiempo para acostumbrarse a menos.",
    "benefits_all": "Vale la pena. Sin estos medicamentos, muchas veces se tiene menos sueño y se piensa con más "
    "claridad. Una caída o un accidente de tráfico es menos probable.",
    "falls_all": "A partir de los 65 años, con estos medicamentos es más probable una caída o un accidente de tráfico. "
    "Diga a su médico si se cae o pierde el equilibrio. Pregunte si puede conducir con seguridad.",
}
_DUTCH = {
    "never_all": "Stop nooit ineens met deze medicijnen. Bij “Wat moet u doen?” in dit plan staat wanneer u moet "
    "bellen.",
    "stop_all": "Stop niet in één keer met deze medicijnen, ook niet als u zich goed voelt. "
    "Als u ineens stopt of te snel afbouwt, kunt u een epileptische aanval krijgen. "
    "Een aanval kan levensgevaarlijk zijn.",
    "why_all": "Uw lichaam is gewend aan deze medicijnen. Het heeft tijd nodig om aan minder te wennen.",
    "benefits_all": "Het is de moeite waard. Zonder deze medicijnen zijn mensen vaak wakkerder en kunnen ze helderder "
    "denken. De kans op een val of een ongeluk op de weg is kleiner.",
    "falls_all": "Vanaf 65 jaar is de kans op een val of een auto-ongeluk met deze medicijnen groter. Zeg het tegen uw "
    "arts als u valt of onvast op uw benen staat. Vraag of u veilig kunt autorijden.",
}
_ARABIC = {
    "never_all": "لا تتوقف فجأة أبدًا عن هذه الأدوية. انظر «ماذا تفعل؟» لتعرف متى تتصل.",
    "stop_all": "لا تتوقف عن تناول هذه الأدوية دفعة واحدة، حتى إن شعرت بتحسن. "
    "إذا توقفت أو خفضت الجرعة بسرعة كبيرة فقد تصاب بنوبة تشنج. وقد تعرّض نوبة التشنج حياتك للخطر.",
    "why_all": "جسمك معتاد على هذه الأدوية، ويحتاج إلى وقت ليعتاد على مقدار أقل.",
    "benefits_all": "الأمر يستحق. من دون هذه الأدوية يكون الناس غالبًا أكثر يقظة وأصفى تفكيرًا، ويقل احتمال السقوط "
    "وحوادث الطريق.",
    "falls_all": "من عمر 65 سنة فما فوق تزيد هذه الأدوية احتمال السقوط أو حادث السيارة. أخبر طبيبك إذا سقطت أو اختل "
    "توازنك. واسأله هل القيادة آمنة لك.",
}
SEVERAL: Mapping[str, dict[str, str]] = MappingProxyType(
    {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "nl": _DUTCH, "ar": _ARABIC}
)
"""The phrases by language; each says what the phrase of its name without "_all" says of one medicine."""
