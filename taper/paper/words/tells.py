"""What the handout tells beside the page that every plan has, in each language; the sources are those of `telling`.

Also what names a number to call: the emergency number, and the line against suicide.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from taper.paper.words.translation import french_spaces

_ENGLISH = {
    "missed_day": "If you forget a dose, take it when you remember. If it is almost time for your next dose, skip the "
    "missed one. Never take two doses at once.",
    "missed_night": "If you forget a dose, do not take it later in the night or the next day. Take your next dose at "
    "its usual time. Never take two doses at once.",
    "missed_both": "If you forget a dose in the day, take it when you remember. If it is almost time for your next "
    "dose, skip the missed one. If you forget a bedtime dose, do not take it later in the night or the next day. "
    "Never take two doses at once.",
    "missed_named": "If you forget {medicine} or a bedtime dose, do not take it later in the night or the next day. "
    "If you forget another dose, take it when you remember. If it is almost time for your next dose, skip the missed "
    "one. Never take two doses at once.",
    "fewer": "Some days have fewer doses than others. Take what the calendar shows for each day. Do not skip any dose "
    "that it shows, and do not take extra doses. Skipping doses can make withdrawal worse.",
    "why_title": "Why go slowly",
    "why": "Your body is used to this medicine. It needs time to get used to less.",
    "speed": "How fast you can go depends on your dose, the medicine, how long you took it, and how it went if you "
    "tried before. That is why this plan is only for you.",
    "benefits": "It is worth it. Without this medicine, people are often more awake and can think more clearly. "
    "A fall or a road accident is less likely.",
    "bad_nights": "This passes. A few bad nights make you tired, but they do no harm.",
    "lasting": "In a small number of people, some symptoms last for months or longer. Tell your prescriber if yours "
    "do.",
    "anxiety_title": "Help with anxiety",
    "anxiety": "Ask about therapy for anxiety, such as CBT. It teaches you to deal with worry and fear without "
    "medicine. It is one of the treatments that work best.",
    "falls_title": "Falls and driving",
    "falls": "From age 65 on, this medicine makes a fall or a car crash more likely. Tell your prescriber if you fall "
    "or feel unsteady. Ask if it is safe for you to drive.",
    "cramps_title": "Cramps, twitches and restless legs",
    "cramps": "Tell your prescriber if you have cramps, twitches or restless legs. Magnesium is not shown to help. "
    "Ask before you take it.",
    "note_title": "A note for you",
    "urgent_call": "Get help right now: you, or someone with you, should call {emergency} if",
    "crisis_too": "You can also call {crisis}.",
    "call_crisis": "Thoughts of suicide",
    "card_call": "Do not stop suddenly. Call {emergency} for: a seizure (fit), confusion, seeing things, slow "
    "breathing, chest pain, or thoughts of suicide.",
    "name_blank": "Name: ________________",
}

_FRENCH = {
    "missed_day": "Si vous oubliez une dose, prenez-la dès que vous y pensez. S’il est presque l’heure de la dose "
    "suivante, ne prenez pas la dose oubliée. Ne prenez jamais de dose double pour compenser une dose oubliée.",
    "missed_night": "Si vous oubliez une dose, ne la prenez pas plus tard dans la nuit ni le lendemain. Prenez la "
    "dose suivante à l’heure habituelle. Ne prenez jamais de dose double pour compenser une dose oubliée.",
    "missed_both": "Si vous oubliez une dose dans la journée, prenez-la dès que vous y pensez. S’il est presque "
    "l’heure de la dose suivante, ne prenez pas la dose oubliée. Si vous oubliez une dose du coucher, ne la prenez "
    "pas plus tard dans la nuit ni le lendemain. Ne prenez jamais de dose double pour compenser une dose oubliée.",
    "missed_named": "Si vous oubliez {medicine} ou une dose du coucher, ne prenez pas cette dose plus tard dans la "
    "nuit ni le lendemain. Si vous oubliez une autre dose, prenez-la dès que vous y pensez. S’il est presque l’heure "
    "de la dose suivante, ne prenez pas la dose oubliée. Ne prenez jamais de dose double pour compenser une dose "
    "oubliée.",
    "fewer": "Certains jours ont moins de doses que d’autres. Prenez ce que le calendrier montre pour chaque jour. Ne "
    "sautez aucune dose qu’il montre et ne prenez pas de dose en plus. Sauter des doses peut aggraver les symptômes "
    "de sevrage.",
    "why_title": "Pourquoi aller lentement",
    "why": "Votre corps est habitué à ce médicament. Il lui faut du temps pour s’habituer à moins.",
    "speed": "Le rythme dépend de votre dose, du médicament, du temps pendant lequel vous l’avez pris et de vos "
    "essais précédents, s’il y en a eu. C’est pourquoi ce plan n’est que pour vous.",
    "benefits": "Cela en vaut la peine. Sans ce médicament, on a souvent l’esprit plus vif et plus clair. Une chute "
    "ou un accident de la route est moins probable.",
    "bad_nights": "Cela passe. Quelques mauvaises nuits fatiguent, mais ne font pas de mal.",
    "lasting": "Chez un petit nombre de personnes, certains symptômes durent des mois ou plus. Si c’est votre cas, "
    "dites-le à votre médecin.",
    "anxiety_title": "De l’aide contre l’anxiété",
    "anxiety": "Renseignez-vous sur une thérapie contre l’anxiété, comme la TCC. Elle apprend à faire face aux soucis "
    "et à la peur sans médicament. C’est l’un des traitements qui marchent le mieux.",
    "falls_title": "Chutes et conduite",
    "falls": "À partir de 65 ans, une chute ou un accident de voiture est plus probable avec ce médicament. Dites à "
    "votre médecin si vous tombez ou si vous tenez mal debout. Demandez-lui si vous pouvez conduire sans danger.",
    "cramps_title": "Crampes, secousses et jambes sans repos",
    "cramps": "Dites à votre médecin si vous avez des crampes, des secousses musculaires ou les jambes sans repos. Il "
    "n’est pas prouvé que le magnésium aide. Demandez avant d’en prendre.",
    "note_title": "Une note pour vous",
    "urgent_call": "Demandez de l’aide tout de suite : appelez le {emergency}",
    "crisis_too": "Vous pouvez aussi appeler : {crisis}.",
    "call_crisis": "Idées de suicide",
    "card_call": "N’arrêtez pas d’un coup. Convulsions, confusion, hallucinations, respiration lente, douleur dans la "
    "poitrine ou idées de suicide : appelez le {emergency}.",
    "name_blank": "Nom : ________________",
}

_DUTCH = {
    "missed_day": "Bent u een dosis vergeten? Neem hem in zodra u eraan denkt. Is het bijna tijd voor de volgende "
    "dosis? Sla de vergeten dosis dan over. Neem nooit een dubbele dosis om een vergeten dosis in te halen.",
    "missed_night": "Bent u een dosis vergeten? Neem hem niet later in de nacht in en ook niet de volgende dag. Neem "
    "de volgende dosis op de gewone tijd. Neem nooit een dubbele dosis om een vergeten dosis in te halen.",
    "missed_both": "Bent u overdag een dosis vergeten? Neem hem in zodra u eraan denkt. Is het bijna tijd voor de "
    "volgende dosis? Sla de vergeten dosis dan over. Bent u een dosis voor het slapen vergeten? Neem hem niet later "
    "in de nacht in en ook niet de volgende dag. Neem nooit een dubbele dosis om een vergeten dosis in te halen.",
    "missed_named": "Bent u {medicine} of een dosis voor het slapen vergeten? Neem hem niet later in de nacht in en "
    "ook niet de volgende dag. Bent u een andere dosis vergeten? Neem hem in zodra u eraan denkt. Is het bijna tijd "
    "voor de volgende dosis? Sla de vergeten dosis dan over. Neem nooit een dubbele dosis om een vergeten dosis in te "
    "halen.",
    "fewer": "Op sommige dagen neemt u minder doses dan op andere. Neem wat de kalender voor elke dag laat zien. Sla "
    "geen dosis over die er staat en neem niet meer in. Doses overslaan kan de ontwenningsverschijnselen erger maken.",
    "why_title": "Waarom langzaam",
    "why": "Uw lichaam is gewend aan dit medicijn. Het heeft tijd nodig om aan minder te wennen.",
    "speed": "Hoe snel het kan, hangt af van uw dosis, het medicijn, hoe lang u het nam en hoe het ging als u het al "
    "eens probeerde. Daarom is dit plan alleen voor u.",
    "benefits": "Het is de moeite waard. Zonder dit medicijn zijn mensen vaak wakkerder en kunnen ze helderder "
    "denken. De kans op een val of een ongeluk op de weg is kleiner.",
    "bad_nights": "Dat gaat voorbij. Van een paar slechte nachten wordt u moe, maar ze kunnen geen kwaad.",
    "lasting": "Bij een klein aantal mensen duren sommige klachten maanden of langer. Zeg het tegen uw arts als dat "
    "bij u zo is.",
    "anxiety_title": "Hulp bij angst",
    "anxiety": "Vraag naar therapie tegen angst, zoals CGT. Daarin leert u zonder medicijn om te gaan met zorgen en "
    "angst. Het is een van de behandelingen die het best werken.",
    "falls_title": "Vallen en autorijden",
    "falls": "Vanaf 65 jaar is de kans op een val of een auto-ongeluk met dit medicijn groter. Zeg het tegen uw arts "
    "als u valt of onvast op uw benen staat. Vraag of u veilig kunt autorijden.",
    "cramps_title": "Kramp, spiertrekkingen en rusteloze benen",
    "cramps": "Zeg het tegen uw arts als u kramp, spiertrekkingen of rusteloze benen hebt. Het is niet bewezen dat "
    "magnesium helpt. Vraag het na voor u het neemt.",
    "note_title": "Een bericht voor u",
    "urgent_call": "Zoek meteen hulp: bel {emergency}",
    "crisis_too": "U kunt ook bellen: {crisis}.",
    "call_crisis": "Gedachten aan zelfdoding",
    "card_call": "Stop niet ineens. Epileptische aanval, verwardheid, dingen zien die er niet zijn, trage ademhaling, "
    "pijn op de borst of gedachten aan zelfdoding: bel {emergency}.",
    "name_blank": "Naam: ________________",
}

_GERMAN = {
    "missed_day": "Wenn Sie eine Dosis vergessen, nehmen Sie sie, sobald Sie daran denken. Ist es fast Zeit für die "
    "nächste Dosis, lassen Sie die vergessene Dosis aus. Nehmen Sie nie zwei Dosen auf einmal.",
    "missed_night": "Wenn Sie eine Dosis vergessen, nehmen Sie sie nicht später in der Nacht und nicht am nächsten "
    "Tag. Nehmen Sie die nächste Dosis zur gewohnten Zeit. Nehmen Sie nie zwei Dosen auf einmal.",
    "missed_both": "Wenn Sie am Tag eine Dosis vergessen, nehmen Sie sie, sobald Sie daran denken. Ist es fast "
    "Zeit für die nächste Dosis, lassen Sie die vergessene Dosis aus. Wenn Sie eine Dosis zur Nacht vergessen, "
    "nehmen Sie sie nicht später in der Nacht und nicht am nächsten Tag. Nehmen Sie nie zwei Dosen auf einmal.",
    "missed_named": "Wenn Sie {medicine} oder eine Dosis zur Nacht vergessen, nehmen Sie diese Dosis nicht "
    "später in der Nacht und nicht am nächsten Tag. Wenn Sie eine andere Dosis vergessen, nehmen Sie sie, sobald "
    "Sie daran denken. Ist es fast Zeit für die nächste Dosis, lassen Sie die vergessene Dosis aus. Nehmen Sie "
    "nie zwei Dosen auf einmal.",
    "fewer": "An manchen Tagen nehmen Sie weniger Dosen als an anderen. Nehmen Sie, was der Kalender für den Tag "
    "zeigt. Lassen Sie keine Dosis aus, die dort steht, und nehmen Sie keine zusätzliche Dosis. Ausgelassene "
    "Dosen können den Entzug verschlimmern.",
    "why_title": "Warum langsam",
    "why": "Ihr Körper ist an dieses Medikament gewöhnt. Er braucht Zeit, um sich an weniger zu gewöhnen.",
    "speed": "Wie schnell es gehen kann, hängt von Ihrer Dosis ab, vom Medikament, davon, wie lange Sie es genommen "
    "haben, und davon, wie es lief, falls Sie es schon einmal versucht haben. Darum ist dieser Plan nur für Sie.",
    "benefits": "Es lohnt sich. Ohne dieses Medikament sind Menschen oft wacher und können klarer denken. Ein Sturz "
    "oder ein Verkehrsunfall ist weniger wahrscheinlich.",
    "bad_nights": "Das geht vorbei. Ein paar schlechte Nächte machen müde, aber sie schaden nicht.",
    "lasting": "Bei wenigen Menschen halten manche Beschwerden Monate oder länger an. Sagen Sie es in Ihrer "
    "Arztpraxis, wenn das bei Ihnen so ist.",
    "anxiety_title": "Hilfe bei Angst",
    "anxiety": "Fragen Sie nach einer Therapie gegen Angst, zum Beispiel KVT. Dort lernen Sie, ohne Medikament mit "
    "Sorgen und Angst umzugehen. Sie gehört zu den Behandlungen, die am besten helfen.",
    "falls_title": "Stürze und Autofahren",
    "falls": "Ab 65 Jahren ist mit diesem Medikament ein Sturz oder ein Autounfall wahrscheinlicher. Sagen Sie es in "
    "Ihrer Arztpraxis, wenn Sie stürzen oder unsicher auf den Beinen sind. Fragen Sie, ob Sie sicher Auto fahren "
    "können.",
    "cramps_title": "Muskelkrämpfe, Zuckungen und unruhige Beine",
    "cramps": "Sagen Sie es in Ihrer Arztpraxis, wenn Sie Muskelkrämpfe, Zuckungen oder unruhige Beine haben. Es ist "
    "nicht bewiesen, dass Magnesium hilft. Fragen Sie nach, bevor Sie es nehmen.",
    "note_title": "Ein Hinweis für Sie",
    "urgent_call": "Sofort {emergency} anrufen (Sie oder jemand bei Ihnen), wenn",
    "crisis_too": "Sie können auch hier anrufen: {crisis}.",
    "call_crisis": "Suizidgedanken",
    "card_call": "Nicht plötzlich absetzen. Bei Krampfanfall, Verwirrtheit, Sehen oder Hören von Dingen, die "
    "nicht da sind, langsamer Atmung, Brustschmerzen oder Suizidgedanken: {emergency} anrufen.",
    "name_blank": "Name: ________________",
}

_SPANISH = {
    "missed_day": "Si olvida una dosis, tómela cuando se acuerde. Si ya casi es la hora de la siguiente, no tome la "
    "dosis olvidada. No tome nunca una dosis doble para compensar la olvidada.",
    "missed_night": "Si olvida una dosis, no la tome más tarde esa noche ni al día siguiente. Tome la siguiente dosis "
    "a su hora habitual. No tome nunca una dosis doble para compensar la olvidada.",
    "missed_both": "Si olvida una dosis de día, tómela cuando se acuerde. Si ya casi es la hora de la siguiente, no "
    "tome la dosis olvidada. Si olvida una dosis de la hora de acostarse, no la tome más tarde esa noche ni al día "
    "siguiente. No tome nunca una dosis doble para compensar la olvidada.",
    "missed_named": "Si olvida {medicine} o una dosis de la hora de acostarse, no la tome más tarde esa noche ni al "
    "día siguiente. Si olvida otra dosis, tómela cuando se acuerde. Si ya casi es la hora de la siguiente, no tome la "
    "dosis olvidada. No tome nunca una dosis doble para compensar la olvidada.",
    "fewer": "Algunos días tienen menos dosis que otros. Tome lo que el calendario muestra para cada día. No se salte "
    "ninguna dosis que aparezca ni tome más de lo indicado. Saltarse dosis puede empeorar los síntomas de abstinencia.",
    "why_title": "Por qué ir despacio",
    "why": "Su cuerpo está acostumbrado a este medicamento. Necesita tiempo para acostumbrarse a menos.",
    "speed": "La rapidez depende de su dosis, del medicamento, de cuánto tiempo lo tomó y de cómo le fue si ya lo "
    "intentó antes. Por eso este plan es únicamente para usted.",
    "benefits": "Vale la pena. Sin este medicamento, muchas veces se tiene menos sueño y se piensa con más claridad. "
    "Una caída o un accidente de tráfico es menos probable.",
    "bad_nights": "Eso pasa. Unas pocas malas noches cansan, pero no hacen daño.",
    "lasting": "En unas pocas personas, algunos síntomas duran meses o más. Si es su caso, dígaselo a su médico.",
    "anxiety_title": "Ayuda para la ansiedad",
    "anxiety": "Pregunte por una terapia para la ansiedad, como la TCC. Enseña a manejar las preocupaciones y el "
    "miedo sin medicamento. Es uno de los tratamientos que mejor funcionan.",
    "falls_title": "Caídas y conducción",
    "falls": "A partir de los 65 años, con este medicamento es más probable una caída o un accidente de tráfico. Diga "
    "a su médico si se cae o pierde el equilibrio. Pregunte si puede conducir con seguridad.",
    "cramps_title": "Calambres, sacudidas y piernas inquietas",
    "cramps": "Diga a su médico si tiene calambres, sacudidas musculares o piernas inquietas. No está demostrado que "
    "el magnesio ayude. Pregunte antes de tomarlo.",
    "note_title": "Una nota para usted",
    "urgent_call": "Pida ayuda de inmediato: llame al {emergency}",
    "crisis_too": "También puede llamar aquí: {crisis}.",
    "call_crisis": "Ideas de suicidio",
    "card_call": "No deje el medicamento de golpe. Convulsión, confusión, alucinaciones, respiración lenta, dolor en "
    "el pecho o ideas de suicidio: llame al {emergency}.",
    "name_blank": "Nombre: ________________",
}

_ARABIC = {
    "missed_day": "إذا نسيت جرعة فخذها عندما تتذكرها. وإذا اقترب وقت الجرعة التالية فتجاوز الجرعة المنسية. "
    "لا تأخذ جرعتين معًا أبدًا.",
    "missed_night": "إذا نسيت جرعة فلا تأخذها في وقت لاحق من الليل ولا في اليوم التالي. خذ الجرعة التالية في وقتها "
    "المعتاد. لا تأخذ جرعتين معًا أبدًا.",
    "missed_both": "إذا نسيت جرعة في النهار فخذها عندما تتذكرها. وإذا اقترب وقت الجرعة التالية فتجاوز الجرعة "
    "المنسية. وإذا نسيت جرعة النوم فلا تأخذها في وقت لاحق من الليل ولا في اليوم التالي. "
    "لا تأخذ جرعتين معًا أبدًا.",
    "missed_named": "إذا نسيت {medicine} أو جرعة النوم فلا تأخذها في وقت لاحق من الليل ولا في اليوم التالي. "
    "وإذا نسيت جرعة أخرى فخذها عندما تتذكرها. وإذا اقترب وقت الجرعة التالية فتجاوز الجرعة المنسية. "
    "لا تأخذ جرعتين معًا أبدًا.",
    "fewer": "في بعض الأيام جرعات أقل من غيرها. خذ ما يبيّنه التقويم لكل يوم. لا تفوّت أي جرعة يبيّنها، ولا تأخذ "
    "جرعة زائدة. تفويت الجرعات قد يزيد أعراض الانسحاب سوءًا.",
    "why_title": "لماذا الخفض ببطء",
    "why": "جسمك معتاد على هذا الدواء، ويحتاج إلى وقت ليعتاد على مقدار أقل.",
    "speed": "تعتمد السرعة على جرعتك، وعلى الدواء، وعلى مدة تناولك له، وعلى ما حدث إن كنت قد حاولت من قبل. "
    "لذلك هذه الخطة لك وحدك.",
    "benefits": "الأمر يستحق. من دون هذا الدواء يكون الناس غالبًا أكثر يقظة وأصفى تفكيرًا، ويقل احتمال السقوط "
    "وحوادث الطريق.",
    "bad_nights": "وهذا يزول. بضع ليالٍ سيئة تتعبك، لكنها لا تضرك.",
    "lasting": "عند عدد قليل من الناس تستمر بعض الأعراض شهورًا أو أكثر. إذا حدث لك ذلك فأخبر طبيبك.",
    "anxiety_title": "المساعدة على القلق",
    "anxiety": "اسأل عن علاج نفسي للقلق، مثل العلاج السلوكي المعرفي. فهو يعلمك كيف تتعامل مع الهم والخوف دون دواء. "
    "وهو من أكثر العلاجات فائدة.",
    "falls_title": "السقوط وقيادة السيارة",
    "falls": "من عمر 65 سنة فما فوق يزيد هذا الدواء احتمال السقوط أو حادث السيارة. أخبر طبيبك إذا سقطت أو اختل "
    "توازنك. واسأله هل القيادة آمنة لك.",
    "cramps_title": "تقلصات العضلات ونفضاتها وتململ الساقين",
    "cramps": "أخبر طبيبك إذا أصابتك تقلصات أو نفضات في العضلات أو تململ في الساقين. لم يثبت أن المغنيسيوم يفيد. "
    "اسأل قبل أن تأخذه.",
    "note_title": "ملاحظة لك",
    "urgent_call": "اتصل فورًا بالرقم {emergency} (أنت أو من معك) في هذه الحالات",
    "crisis_too": "ويمكنك أيضًا الاتصال هنا: {crisis}.",
    "call_crisis": "أفكار انتحارية",
    "card_call": "لا تتوقف فجأة. اتصل برقم الطوارئ {emergency} عند: نوبة تشنج، تشوش، رؤية أو سماع أشياء غير "
    "موجودة، تنفس بطيء، ألم في الصدر، أفكار انتحارية.",
    "name_blank": "الاسم: ________________",
}

TELLS: Mapping[str, dict[str, str]] = MappingProxyType(
    {
        "en": _ENGLISH,
        "fr": french_spaces(_FRENCH),
        "nl": _DUTCH,
        "de": _GERMAN,
        "es": _SPANISH,
        "ar": _ARABIC,
    }
)
"""The texts of each language by name; its phrases have them too."""
