"""Arabic. A translation of the English text, not checked by a clinician.

Numbers are written with the digits that stand on the boxes of medicine (0 to 9), and doses with mg and mL.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from taper.paper.words.box_label import BOX_LABEL
from taper.paper.words.counting import Forms, counter
from taper.paper.words.en import ENGLISH
from taper.paper.words.language import Language, Noun, Sentence
from taper.paper.words.locale import Plural
from taper.paper.words.locales import LOCALES
from taper.paper.words.product_names import NAMES
from taper.paper.words.revision import REVISION
from taper.paper.words.several import SEVERAL
from taper.paper.words.sheets import words_of
from taper.paper.words.sheets.counts import COUNTS
from taper.paper.words.taking import TAKING
from taper.paper.words.tells import TELLS
from taper.paper.words.translation import Texts, translated


def _numbered(one: str, two: str, few: str, many: str, other: str) -> dict[Plural, str]:
    return {
        "zero": f"{{number}} {other}",
        "one": one,
        "two": two,
        "few": f"{{number}} {few}",
        "many": f"{{number}} {many}",
        "other": f"{{number}} {other}",
    }


def _forms(whole: dict[Plural, str], noun: str) -> Forms:
    return Forms(
        whole=whole,
        alone=(f"ربع {noun}", f"نصف {noun}", f"ثلاثة أرباع {noun}"),
        # the noun again: "وربع" alone looks like "وأربع", and four
        behind=(f"وربع {noun}", f"ونصف {noun}", f"وثلاثة أرباع {noun}"),
    )


_NOUNS: dict[Noun, Forms] = {
    "tablet": _forms(_numbered("قرص واحد", "قرصان", "أقراص", "قرصًا", "قرص"), "قرص"),
    "capsule": _forms(_numbered("كبسولة واحدة", "كبسولتان", "كبسولات", "كبسولة", "كبسولة"), "كبسولة"),
    "film": _forms(_numbered("رقاقة واحدة", "رقاقتان", "رقاقات", "رقاقة", "رقاقة"), "رقاقة"),
    "piece": _forms(_numbered("قطعة واحدة", "قطعتان", "قطع", "قطعة", "قطعة"), "قطعة"),
}

_NO_DOSE_DAYS = (
    "في الأيام المكتوب فيها «{none}» لا تأخذ أي جرعة. لا تفوّت أي جرعة أخرى ولا تأخذ جرعة زائدة. "
    "تفويت الجرعات قد يزيد أعراض الانسحاب سوءًا."
)

_WHAT_TO_DO: tuple[Texts, ...] = (
    (
        "لا تتوقف فجأة أبدًا",
        (
            "لا تتوقف عن تناول هذا الدواء دفعة واحدة، حتى إن شعرت بتحسن. "
            "إذا توقفت أو خفضت الجرعة بسرعة كبيرة فقد تصاب بنوبة تشنج. "
            "وقد تعرّض نوبة التشنج حياتك للخطر.",
            "إذا نفد دواؤك مبكرًا أو فقدته، فاتصل بطبيبك أو بالصيدلي فورًا.",
        ),
        (),
    ),
    (
        "اتصل فورًا برقم الطوارئ (أنت أو من معك) في هذه الحالات",
        (),
        (
            "أصبت بنوبة تشنج.",
            "تشعر بتشوش ولا تعرف أين أنت أو ما الذي يحدث.",
            "ترى أو تسمع أو تصدق أشياء غير حقيقية.",
            "تفكر في إيذاء نفسك أو إنهاء حياتك.",
            "لديك ألم في الصدر، أو خفقان قوي لا يهدأ.",
            "تنفسك بطيء أو سطحي، أو تشعر بنعاس شديد بحيث يصعب على الآخرين إيقاظك.",
        ),
    ),
    (
        "اتصل بطبيبك هذا الأسبوع",
        (),
        (
            "الأعراض تزعجك، أو تعيق نومك أو نشاطك اليومي. يمكن إبطاء الخطة أو إيقافها مؤقتًا.",
            "تشعر بحزن شديد، أو يقلق الآخرون عليك.",
            "فاتتك جرعات، أو أخذت أكثر مما هو مكتوب في الخطة.",
            "أنتِ حامل، أو تخططين للحمل.",
            "وُصف لك دواء جديد، أو تريد أخذ دواء بلا وصفة.",
            "سينفد دواؤك قبل موعد صرفه القادم.",
        ),
    ),
    (
        "كل يوم",
        (),
        (
            "خذ كل جرعة في الوقت الذي يبيّنه التقويم، ثم ضع علامة في مربعها.",
            "لا تفوّت أي جرعة ولا تأخذ جرعة زائدة. تفويت الجرعات قد يزيد أعراض الانسحاب سوءًا.",
            TELLS["ar"]["missed_day"],
            "لا تخفض الجرعة أسرع من هذه الخطة، حتى في الأيام الجيدة.",
            "لا تشرب الكحول. لا تأخذ المسكنات الأفيونية (أدوية الألم القوية) أو أدوية أخرى تسبب النعاس "
            "إلا إذا كان طبيبك يعلم بذلك.",
            "لا تقد السيارة ولا تستخدم الآلات إذا شعرت بالنعاس أو البطء أو الدوار.",
            "أحضر هذه الخطة معك في كل زيارة.",
        ),
    ),
    (
        "كيف قد تشعر بأعراض الانسحاب",
        (
            "يختلف الأمر من شخص إلى آخر. بعض الناس يشعر بالقليل وبعضهم يشعر بالكثير، حتى مع الخفض البطيء.",
            "قد تبدأ الأعراض خلال أسبوع من خفض الجرعة. وقد تزداد قوة مع اقتراب النهاية.",
        ),
        (
            "الشعور بالقلق أو الهلع أو الحزن أو التململ أو سرعة الانزعاج.",
            "صعوبة النوم أو الكوابيس أو كثرة النوم.",
            "صداع، تعرق، رعشة، ألم في العضلات أو نفضات عضلية، ضعف التوازن.",
            "تقلصات في البطن، إسهال، غثيان أو قيء.",
            "ضعف الذاكرة أو التركيز، أو طنين في الأذن، أو تنميل.",
            "ضوء أو صوت أو لمس أو طعم أو رائحة تبدو أقوى من المعتاد. وقد تشعر أن الأرض تتحرك تحتك.",
        ),
    ),
    (
        "إذا أصبح الأمر صعبًا",
        (
            "يمكنك أن تطلب خطوات أصغر، أو وقتًا أطول على الجرعة نفسها، أو توقفًا مؤقتًا عن الخفض.",
            "أحيانًا يعود الشخص إلى الجرعة السابقة لبعض الوقت.",
            "لا تغيّر الخطة إلا مع طبيبك.",
            "قد يفيدك أن تتحرك قليلًا كل يوم، وأن تشرب ماءً كافيًا، وأن ترخي عضلاتك واحدة بعد الأخرى.",
        ),
        (),
    ),
    (
        "النوم دون دواء",
        (
            "قد يسوء نومك أثناء خفض الجرعة.",
            "اسأل عن العلاج السلوكي المعرفي للأرق: جلسات وتمارين تعلمك النوم الجيد من جديد. "
            "وهو يتناول الأفكار والعادات التي تبقيك مستيقظًا.",
        ),
        (
            "استيقظ في الوقت نفسه كل يوم، حتى بعد ليلة سيئة.",
            "اخرج في الصباح أو اجلس في ضوء قوي.",
            "قرب وقت النوم، تجنب القهوة والشاي ومشروبات الطاقة والكحول والتدخين والوجبات الكبيرة.",
            "افعل الأشياء الهادئة نفسها كل ليلة قبل النوم.",
            "اذهب إلى السرير فقط عندما تشعر بالنعاس. استخدم سريرك للنوم والعلاقة الزوجية فقط.",
            "إذا بقيت مستيقظًا نحو 20 دقيقة فانهض. افعل شيئا هادئًا، ثم عد عندما تشعر بالنعاس. لا تنظر إلى الساعة.",
            "لا تنم خلال النهار.",
            "مارس الرياضة في النهار، لكن ليس في الساعات الأخيرة قبل النوم.",
            "اجعل غرفة نومك مظلمة وهادئة وغير حارة.",
        ),
    ),
)

_PHRASES = {
    **BOX_LABEL["ar"],
    "title": "خطتك للخفض التدريجي: {medicine}",
    "or": " أو ",
    "nor": " ولا ",
    "comma": "، ",
    "unreviewed": "هذا النص باللغة {language} ترجمة لم يراجعها مختص صحي.",
    # the joiner: a line must not end behind "and", before a name in other letters
    "and": "{first} و\N{WORD JOINER}{last}",
    "summary_stop": "من {first} يوميًا حتى التوقف",
    "summary_goal": "من {first} يوميًا إلى {last} يوميًا",
    "summary_keep": "{first} يوميًا",
    "summary_drugs": "{drugs}، خطوة بعد خطوة",
    "fact_now": "جرعتك اليومية في البداية",
    "fact_next": "أول تغيير",
    "fact_stop": "أول يوم بلا {medicine}",
    "fact_end": "آخر يوم في هذه الخطة",
    "a_day": "{dose} يوميًا",
    "on_date": "في {date}",
    "for_patient": "الاسم: {name}",
    "prescriber": "الطبيب: {name}",
    "phone": "لديك أسئلة؟ اتصل على {phone}",
    "never": "لا تتوقف فجأة أبدًا عن هذا الدواء. انظر «ماذا تفعل؟» لتعرف متى تتصل.",
    "stay": "بعد {date} استمر على هذه الجرعة حتى تقرر مع طبيبك الخطوة التالية.",
    "steps": "خطواتك",
    "chart": "جرعتك مع الوقت",
    "chart_title": "{drug} يوميًا",
    "chart_alt": "رسم متدرج: {drug}، {first} يوميًا ابتداء من {start}، في {steps} إلى {last} ابتداء من {end}.",
    "chart_alt_flat": "رسم متدرج: {drug}، {first} يوميًا ابتداء من {start}.",
    "chart_band": "الخط هو متوسط جرعتك في اليوم. ويمتد الشريط من أقل جرعة في يوم إلى أعلى جرعة.",
    "axis_day": "{day} {month}",
    "axis_year": "{month} {year}",
    "products": "أدويتك في هذه الخطة",
    "products_note": "الرسوم رموز وليست صورًا: قد يكون لدوائك شكل آخر أو لون آخر. "
    "اعتمد على الاسم والتركيز المكتوبين على العلبة. الخطاب في هذه الورقة للنساء والرجال.",
    "sentence_stop": "تُخفَّض جرعتك تدريجيًا من {first} يوميًا في {steps}، ثم تتوقف. البداية: {start}. أول يوم "
    "بلا {medicine}: {end}.",
    "sentence_goal": "تُخفَّض جرعتك تدريجيًا من {first} إلى {last} يوميًا في {steps}. البداية: {start}. تصل إلى "
    "{last} يوميًا في: {end}.",
    "sentence_keep": "تأخذ {first} يوميًا. من: {start}. إلى: {end}.",
    "sentence_drugs": "أدوية هذه الخطة: {drugs}. من: {start}. إلى: {end}.",
    "only_weeks": "هذه الورقة تبيّن المدة من {start} إلى {end} فقط. اطلب الجزء التالي قبل نهايتها.",
    "week_of": "الأسبوع الذي يبدأ في {date}",
    "column_day": "اليوم",
    "column_notes": "ملاحظات",
    "dateless": "اليوم {number}",
    "dateless_alone": "اليوم {number}",
    "dateless_span": "الأيام من {start} إلى {end}",
    "dateless_column": "اليوم {number} من الأسبوع",
    "dateless_start": "اليوم 1 هو: ____________________",
    "diary": "سجل النوم والأعراض",
    "diary_note": "املأ صفًا واحدًا كل صباح: 0 = لا شيء أبدًا، 10 = أسوأ ما يمكن. أحضر السجل معك في كل زيارة. "
    "صوّر هذه الصفحة قبل أن تبدأ.",
    "diary_date": "التاريخ",
    "diary_sleep": "ساعات النوم",
    "diary_anxiety": "القلق من 0 إلى 10",
    "diary_muscles": "نفضات أو تقلصات العضلات من 0 إلى 10",
    "diary_legs": "تململ الساقين من 0 إلى 10",
    "diary_own": "عرض آخر: ____________ من 0 إلى 10",
    "diary_notes": "ملاحظات",
    "card": "جرعتك الآن",
    "card_next": "ابتداء من {date}: {dose} يوميًا",
    "card_stop": "ابتداء من {date}: بلا جرعة (لا تأخذ هذا الدواء)",
    "card_last": "استمر على هذه الجرعة حتى تقرر مع طبيبك.",
    "card_never": "لا تتوقف فجأة. اتصل بالطوارئ عند: نوبة تشنج، تشوش، رؤية أو سماع أشياء غير موجودة، تنفس بطيء، "
    "ألم في الصدر، أفكار انتحارية.",
    "doses_only": "هذه الخطة تذكر الجرعات فقط. اسأل الصيدلي كيف تُحضَّر كل جرعة.",
    "column_step": "الخطوة",
    "column_dates": "التواريخ",
    "column_total": "المجموع يوميًا",
    "column_take": "ما تأخذه",
    "column_change": "التغيير",
    "step_now": "البداية",
    "step_stop": "التوقف",
    "from_to": "{start} إلى {end}",
    "one_day": "{start}",
    "from": "ابتداء من {start}",
    "change_first": "جرعتك اليومية في البداية",
    "change_none": "لا تغيير",
    "change_down": "خفض بمقدار {amount} (أي {current} من الجرعة السابقة و{start} من الجرعة الأولى)",
    "change_up": "زيادة بمقدار {amount} (أي {current} من الجرعة السابقة)",
    "change_drug_down": "{drug} أقل بمقدار {amount}",
    "change_drug_up": "{drug} أكثر بمقدار {amount}",
    "about": "نحو {percent}",
    "none": "بلا جرعة",
    "no_amount": "لا شيء",
    "none_day": "اليوم بلا جرعة",
    "take_of": "{count} بتركيز {strength}",
    "take_each": "{count} بتركيز {strength}",
    "take_mixed": "{count} بتركيز {strength}",
    "take_quarter": "{count} (الوحدة الكاملة: {strength})",
    "take_half": "{count} (الوحدة الكاملة: {strength})",
    "take_three_quarters": "{count} (الوحدة الكاملة: {strength})",
    "take_named": "{count} ({name})",
    "take_other": "{count} من {name}",
    "take_volume": "{volume} ({dose}) من السائل (بتركيز {strength})، القياس باستعمال: {device}",
    "take_drops": "{volume} ({dose})، عدّ القطرات باستعمال: {device}",
    "measured_first": "{measure} ({dose})",
    "powder": "{weight} من المسحوق",
    "take_powder": "{powder} ({dose}) من {name}، الوزن باستعمال: {device}",
    "shake": "{name}: رج الزجاجة قبل كل جرعة.",
    "weight": "{name}: وزن القرص الكامل {weight}. توزن الجرعة مسحوقًا. وزن المسحوق ليس هو الجرعة بوحدة mg.",
    "discard": "{name}: إذا قسمت وحدة فارم الجزء الآخر. لا تحتفظ به للجرعة التالية.",
    "alt": "{time}: {words}",
    "milligrams": "مليغرام",
    "milligram": "مليغرام",
    "milliliters": "مليلتر",
    "per_milliliter": "مليغرام في كل 1 مليلتر",
    "line": "{time} {dose}",
    "line_drug": "{time} {drug} {dose}",
    "month": "{month} {year}",
    "mark_start": "بداية الخطة",
    "mark_new": "جرعة جديدة",
    "mark_stop": "توقف: بلا جرعة ابتداء من اليوم",
    "mark_review": "موعد مراجعة",
    "mark_gap": "هذا اليوم ليس في الخطة: اسأل طبيبك",
    "calendar_note": "ضع علامة في كل مربع بعد أخذ الجرعة.",
    "weeks": "الخطة حسب الأسابيع",
    "weeks_from": "ابتداء من",
    "weeks_note": "مربع لكل جرعة في اليوم، من الأعلى إلى الأسفل. ضع علامة فيه بعد أخذ الجرعة.",
    "key_new": "جرعة جديدة: أول يوم في خطوة جديدة",
    "key_review": "موعد مراجعة: قابل طبيبك أو اتصل به",
    "what_to_do": "ماذا تفعل؟",
    "who_to_call": "بمن تتصل",
    "call_prescriber": "الطبيب",
    "call_phone": "الهاتف",
    "call_pharmacy": "الصيدلية",
    "call_emergency": "الطوارئ",
    "call_emergency_hint": "رقم الطوارئ لديك",
    "days_list": "كل يوم",
    "plan": "الخطة {plan}",
    "no_plan": "بلا رقم خطة",
    "revision": "الإصدار {number}",
    "printed": "طُبع في {date}",
    "page": "صفحة {page} من {pages}",
    "label_take": "الجرعة: {doses}",
    "label_none": "لا تأخذ منه شيئا",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "صباحا",
    "label_noon": "ظهرا",
    "label_evening": "مساء",
    "label_bedtime": "عند النوم",
    "label_dates": "{doses} من {start} إلى {end} ({days})",
    "label_date": "{doses} في {start} ({days})",
    "label_days": "{doses}، والمدة {days}",
    "label_then": "{first}، ثم {next}",
    "label_stop": "{first}، ثم توقف عن أخذه",
    "event": "{medicine}: {text}",
    "event_discreet": "دواء، اليوم {number}",
    "event_step": "الخطوة {number}",
    "on_days": "أيام {days}",
    "on_monday": "الاثنين",
    "on_tuesday": "الثلاثاء",
    "on_wednesday": "الأربعاء",
    "on_thursday": "الخميس",
    "on_friday": "الجمعة",
    "on_saturday": "السبت",
    "on_sunday": "الأحد",
    "on_cycle": "{days}، ثم يتكرر (طول الدورة: {cycle})",
    "on_other_days": "في الأيام الأخرى",
    "dose_on_days": "{days}:\N{NO-BREAK SPACE}{dose}",
    "colon": ": ",
    "semicolon": "؛ ",
    "dateless_on_days": "أيام الأسبوع رقم {numbers} (أعمدة التقويم: {numbers})",
    "on_average": "بمتوسط {dose} يوميًا",
    "summary_week": "من {first} يوميًا إلى جرعة تختلف حسب يوم الأسبوع",
    "sentence_week": "تُخفَّض جرعتك تدريجيًا من {first} يوميًا إلى جرعة تختلف حسب يوم الأسبوع في {steps}. "
    "البداية: {start}. تصل إلى هذه الجرعة في: {end}.",
    "summary_cycle": "من {first} يوميًا إلى جرعة تتغير من يوم إلى آخر",
    "sentence_cycle": "تُخفَّض جرعتك تدريجيًا من {first} يوميًا إلى جرعة تتغير من يوم إلى آخر في {steps}. "
    "البداية: {start}. تصل إلى هذه الجرعة في: {end}.",
    "change_cycle": "تتغير الجرعة الآن من يوم إلى آخر",
    "change_weekly": "تختلف الجرعة الآن حسب يوم الأسبوع",
    "change_pattern": "جرعات أخرى في بعض أيام الأسبوع",
    "change_daily": "الآن الجرعة نفسها كل يوم",
    "change_week_down": "أقل بمقدار {amount} أسبوعيًا",
    "change_week_up": "أكثر بمقدار {amount} أسبوعيًا",
    "card_next_week": "ابتداء من {date}: {dose}",
    "label_week": "{days}: {doses}",
    "label_week_and": "{first}؛ {next}",
    "label_week_none": "بلا جرعة",
    "label_week_take": "{doses}،",
    "fact_line": "{label}: {value}، {detail}.",
    "shape_circle": "دائرة",
    "shape_oval": "شكل بيضوي",
    "shape_square": "مربع",
    "shape_hexagon": "شكل سداسي",
    "shape_diamond": "معيّن",
    "shape_pentagon": "شكل خماسي",
    "drug_shape": "{drug}: {shape}",
    "drugs_title": "أكثر من دواء واحد: {drugs}",
    "drugs_apart": "هذه أدوية مختلفة. تحقق من الاسم المكتوب على العلبة عند كل جرعة.",
    "drugs_drawn": "في الرسوم: {shapes}.",
    "drug_replaced": "من {start} إلى {end} تنتقل من {old} إلى {new} خطوة بعد خطوة.",
    "drug_replaced_at_once": "ابتداء من {start} تأخذ {new} بدلًا من {old}.",
    "drug_stays": "{drug}: استمر على {dose} يوميًا.",
    "drug_waits": "{drug}: استمر على {dose} يوميًا حتى {date}.",
    "drug_last": "آخر يوم لدواء {drug}: {date}. لا تأخذ {drug} مرة أخرى بعد ذلك اليوم.",
}

_ASLEEP = (
    "هناك استثناء واحد. هل مشيت أو قدت السيارة أو أكلت أو فعلت شيئا آخر وأنت لست مستيقظًا تمامًا؟ عندئذ توقف عن "
    "أخذ {medicine} واتصل في اليوم نفسه بمن وصفه لك."
)

_EASTERN = (
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
)
_MONTHS = tuple(f"{name} ({eastern})" for name, eastern in zip(LOCALES["ar"].months, _EASTERN, strict=True))
"""Both names of each month in a date, by CLDR for Egypt and Syria: the country of an order is not the reader's."""

ARABIC = Language(
    code="ar",
    name="Arabic",
    own_name="العربية",
    reviewed_by="",
    locale=replace(LOCALES["ar"], months_in_date=_MONTHS),
    # without the marks of their endings, which readers of PDF put in another place
    times=MappingProxyType({"morning": "صباحا", "noon": "ظهرا", "evening": "مساء", "bedtime": "عند النوم"}),
    nouns=MappingProxyType({"tablet": "قرص", "capsule": "كبسولة", "film": "رقاقة", "piece": "قطعة"}),
    count=counter("ar", LOCALES["ar"].decimal, _NOUNS),
    forms=MappingProxyType(
        {
            **COUNTS["ar"],
            "day": _numbered("يوم واحد", "يومان", "أيام", "يومًا", "يوم"),
            "drop": _numbered("قطرة واحدة", "قطرتان", "قطرات", "قطرة", "قطرة"),
            "step": _numbered("خطوة واحدة", "خطوتين", "خطوات", "خطوة", "خطوة"),
            "week": _numbered("أسبوع واحد", "أسبوعين", "أسابيع", "أسبوعًا", "أسبوع"),
            "time": _numbered("مرة واحدة", "مرتين", "مرات", "مرة", "مرة"),
        }
    ),
    phrase=MappingProxyType(_PHRASES | NAMES["ar"] | REVISION["ar"] | TAKING["ar"] | TELLS["ar"] | SEVERAL["ar"]),
    clinician=words_of("ar"),
    what_to_do=translated(ENGLISH.what_to_do, _WHAT_TO_DO),
    no_dose_days=Sentence(_NO_DOSE_DAYS, ENGLISH.no_dose_days.sources),
    asleep=Sentence(_ASLEEP, ENGLISH.asleep.sources),
    between=" و\N{WORD JOINER}",
    on_few_days=MappingProxyType({1: "يوم {days} من كل أسبوع", 2: "يومي {days}"}),
)
