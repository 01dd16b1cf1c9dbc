"""Arabic. A translation of the English text, not checked by a clinician.

Numbers are written with the digits that stand on the boxes of medicine (0 to 9), and doses with mg and mL.
"""

from __future__ import annotations

from types import MappingProxyType

from taper.paper.words.box_label import BOX_LABEL
from taper.paper.words.counting import Forms, counter
from taper.paper.words.en import ENGLISH
from taper.paper.words.language import Language, Noun, Sentence
from taper.paper.words.locale import Plural
from taper.paper.words.locales import LOCALES
from taper.paper.words.revision import REVISION
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
    "film": _forms(_numbered("شريحة واحدة", "شريحتان", "شرائح", "شريحة", "شريحة"), "شريحة"),
    "piece": _forms(_numbered("قطعة واحدة", "قطعتان", "قطع", "قطعة", "قطعة"), "قطعة"),
}

_NO_DOSE_DAYS = (
    "في الأيام المكتوب فيها «{none}» لا تأخذ أي جرعة. لا تترك أي جرعة أخرى ولا تأخذ جرعة زائدة. "
    "ترك الجرعات قد يزيد أعراض الانسحاب سوءًا."
)

_WHAT_TO_DO: tuple[Texts, ...] = (
    (
        "لا تتوقف فجأة أبدًا",
        (
            "لا تتوقف عن هذا الدواء دفعة واحدة، حتى إن شعرت أنك بخير. "
            "إذا توقفت أو خفضت الجرعة بسرعة كبيرة فقد تصاب بنوبة تشنج. "
            "وقد تعرّض نوبة التشنج حياتك للخطر.",
            "إذا نفد دواؤك مبكرًا أو فقدته، فاتصل بطبيبك أو بالصيدلي فورًا.",
        ),
        (),
    ),
    (
        "اطلب المساعدة فورًا: اتصل برقم الطوارئ",
        (),
        (
            "أصبت بنوبة تشنج.",
            "أنت مشوش ولا تعرف أين أنت أو ما الذي يحدث.",
            "ترى أو تسمع أو تصدق أشياء غير حقيقية.",
            "تفكر في إيذاء نفسك أو قتل نفسك.",
            "لديك ألم في الصدر، أو قلبك يدق بقوة ولا يهدأ.",
            "تنفسك بطيء أو ضعيف، أو أنت نعسان جدًا حتى يصعب على الآخرين إيقاظك.",
        ),
    ),
    (
        "اتصل بطبيبك هذا الأسبوع",
        (),
        (
            "الأعراض تزعجك، أو تمنعك من النوم أو من عيش يومك. يمكن إبطاء الخطة أو إيقافها مؤقتًا.",
            "تشعر بحزن شديد، أو يقلق الآخرون عليك.",
            "فاتتك جرعات، أو أخذت أكثر مما تقوله الخطة.",
            "أنتِ حامل، أو تخططين للحمل.",
            "وصف لك أحد دواءً جديدًا.",
            "سينفد دواؤك قبل موعد استلامه التالي.",
        ),
    ),
    (
        "كل يوم",
        (),
        (
            "خذ كل جرعة في الوقت الذي يبيّنه التقويم، وضع علامة في مربعها.",
            "لا تترك أي جرعة ولا تأخذ جرعة زائدة. ترك الجرعات قد يزيد أعراض الانسحاب سوءًا.",
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
            "الناس مختلفون. بعضهم يشعر بالقليل وبعضهم يشعر بالكثير، حتى مع الخفض البطيء.",
            "قد تبدأ الأعراض بعد خفض الجرعة بمدة تصل إلى أسبوع. وقد تزداد قوة مع اقتراب النهاية.",
        ),
        (
            "الشعور بالقلق أو الهلع أو الحزن أو التململ أو سرعة الانزعاج.",
            "صعوبة النوم أو الأحلام المزعجة أو كثرة النوم.",
            "صداع، تعرق، رعشة، ألم أو ارتعاش في العضلات، ضعف التوازن.",
            "تقلصات في البطن، براز رخو، غثيان أو قيء.",
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
            "وهو يعالج الأفكار والعادات التي تبقيك مستيقظًا.",
        ),
        (
            "استيقظ في الوقت نفسه كل يوم، حتى بعد ليلة سيئة.",
            "اخرج في الصباح أو اجلس في ضوء قوي.",
            "قرب وقت النوم، تجنب القهوة والشاي ومشروبات الطاقة والكحول والتدخين والوجبات الكبيرة.",
            "افعل الأشياء الهادئة نفسها كل ليلة قبل النوم.",
            "اذهب إلى السرير فقط عندما تشعر بالنعاس. استخدم سريرك للنوم والعلاقة الزوجية فقط.",
            "إذا بقيت مستيقظًا نحو 20 دقيقة فانهض. افعل شيئًا هادئًا، ثم عد عندما تشعر بالنعاس. لا تنظر إلى الساعة.",
            "لا تنم خلال النهار.",
            "مارس الرياضة في النهار، لكن ليس في الساعات الأخيرة قبل النوم.",
            "اجعل غرفة نومك مظلمة وهادئة وغير حارة.",
        ),
    ),
)

_PHRASES = {
    **BOX_LABEL["ar"],
    "title": "خطتك لدواء {medicine}",
    "or": " أو ",
    "comma": "، ",
    "unreviewed": "هذا النص باللغة {language} ترجمة لم يراجعها طبيب.",
    "and": "{first} و{last}",
    "summary_stop": "من {first} في اليوم حتى التوقف",
    "summary_goal": "من {first} في اليوم إلى {last} في اليوم",
    "summary_keep": "{first} في اليوم",
    "summary_drugs": "{drugs}، خطوة بعد خطوة",
    "fact_now": "أول جرعة في هذه الخطة",
    "fact_next": "أول جرعة جديدة",
    "fact_stop": "أول يوم بلا دواء",
    "fact_end": "آخر يوم في هذه الخطة",
    "a_day": "{dose} في اليوم",
    "on_date": "في {date}",
    "for_patient": "إلى: {name}",
    "prescriber": "الطبيب: {name}",
    "phone": "لديك أسئلة؟ اتصل على {phone}",
    "never": "لا تتوقف عن هذا الدواء فجأة أبدًا. تجد في «ما العمل» في هذه الخطة متى تتصل.",
    "stay": "بعد {date} ابقَ على هذه الجرعة حتى تقرر مع طبيبك ما يأتي بعدها.",
    "steps": "خطواتك",
    "chart": "جرعتك مع الوقت",
    "chart_title": "{drug} في اليوم",
    "chart_alt": "رسم متدرج: {drug}، {first} في اليوم ابتداءً من {start}، في {steps} إلى {last} ابتداءً من {end}.",
    "chart_alt_flat": "رسم متدرج: {drug}، {first} في اليوم ابتداءً من {start}.",
    "chart_band": "الخط هو متوسط جرعتك في اليوم. ويمتد الشريط من أقل جرعة في يوم إلى أعلى جرعة.",
    "axis_day": "{day} {month}",
    "axis_year": "{month} {year}",
    "products": "ما تأخذ منه الجرعة",
    "products_note": "الرسوم رموز وليست صورًا: قد يكون لدوائك شكل آخر أو لون آخر. "
    "اعتمد على الاسم والتركيز المكتوبين على العلبة.",
    "sentence_stop": "تبدأ بجرعة {first} في اليوم، وتخفضها في {steps}، ثم تتوقف. البداية: {start}. "
    "أول يوم بلا دواء: {end}.",
    "sentence_goal": "تنتقل من {first} في اليوم إلى {last} في اليوم في {steps}. البداية: {start}. "
    "تصل إلى {last} في اليوم في: {end}.",
    "sentence_keep": "تأخذ {first} في اليوم. من: {start}. إلى: {end}.",
    "sentence_drugs": "هذه الخطة لدواء {drugs}. من: {start}. إلى: {end}.",
    "only_weeks": "هذه الورقة تبيّن المدة من {start} إلى {end} فقط. اطلب الجزء التالي في الوقت المناسب.",
    "week_of": "الأسبوع الذي يبدأ في {date}",
    "column_day": "اليوم",
    "column_notes": "ملاحظات",
    "dateless": "اليوم {number}",
    "dateless_alone": "اليوم {number}",
    "dateless_span": "الأيام من {start} إلى {end}",
    "dateless_column": "اليوم {number} من الأسبوع",
    "dateless_start": "اليوم 1 هو: ____________________",
    "diary": "سجل النوم والأعراض",
    "diary_note": "املأ صفًا واحدًا كل صباح. اكتب 0 إذا لم يوجد شيء، وحتى 10 لأسوأ ما يمكن. "
    "أحضره معك في كل زيارة. انسخ هذه الصفحة عندما تمتلئ.",
    "diary_date": "التاريخ",
    "diary_sleep": "ساعات النوم",
    "diary_anxiety": "القلق من 0 إلى 10",
    "diary_muscles": "ارتعاش أو تشنج العضلات من 0 إلى 10",
    "diary_legs": "تململ الساقين من 0 إلى 10",
    "diary_own": "عرض آخر: ____________ من 0 إلى 10",
    "diary_notes": "ملاحظات",
    "card": "جرعتك الآن",
    "card_next": "من {date}: {dose} في اليوم",
    "card_stop": "من {date}: لا شيء",
    "card_last": "ابقَ على هذه الجرعة حتى تقرر مع طبيبك.",
    "card_never": "لا تتوقف فجأة. نوبة تشنج أو تشوش أو رؤية أشياء غير موجودة أو تنفس بطيء أو ألم في الصدر أو أفكار "
    "انتحارية: اتصل بالطوارئ.",
    "doses_only": "هذه الخطة تذكر الجرعات فقط. اسأل الصيدلي كيف تكوّن كل جرعة.",
    "column_step": "الخطوة",
    "column_dates": "التواريخ",
    "column_total": "في اليوم",
    "column_take": "ما تأخذه",
    "column_change": "التغيير",
    "step_now": "البداية",
    "step_stop": "التوقف",
    "from_to": "{start} إلى {end}",
    "one_day": "{start}",
    "from": "من {start}",
    "change_first": "أول جرعة في هذه الخطة",
    "change_none": "لا تغيير",
    "change_down": "أقل بمقدار {amount} ({current} من الجرعة السابقة، {start} من الجرعة الأولى)",
    "change_up": "أكثر بمقدار {amount} ({current} من الجرعة السابقة)",
    "change_drug_down": "{drug} أقل بمقدار {amount}",
    "change_drug_up": "{drug} أكثر بمقدار {amount}",
    "about": "نحو {percent}",
    "none": "لا شيء",
    "none_day": "لا شيء اليوم",
    "take_of": "{count} بتركيز {strength}",
    "take_named": "{count} ({name})",
    "take_other": "{count} من {name}",
    "take_volume": "{volume} ({dose}) من السائل بتركيز {strength}، تقاس بواسطة: {device}",
    "take_drops": "{volume} ({dose})، تعد بواسطة: {device}",
    "measured_first": "{measure} ({dose})",
    "powder": "{weight} من المسحوق",
    "take_powder": "{powder} ({dose}) من {name}، توزن بواسطة: {device}",
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
    "mark_stop": "توقف: لا شيء من اليوم",
    "mark_review": "مراجعة",
    "mark_gap": "ليس في هذه الخطة: اسأل طبيبك",
    "calendar_note": "ضع علامة في كل مربع بعد أخذ الجرعة.",
    "weeks": "أسبوعًا بأسبوع",
    "weeks_from": "من",
    "weeks_note": "مربع لكل جرعة في اليوم، من الأعلى إلى الأسفل. ضع علامة فيه بعد أخذ الجرعة.",
    "key_new": "جرعة جديدة: أول يوم في خطوة جديدة",
    "key_review": "مراجعة: قابل طبيبك أو اتصل به",
    "what_to_do": "ما العمل",
    "who_to_call": "بمن تتصل",
    "call_prescriber": "الطبيب",
    "call_phone": "الهاتف",
    "call_pharmacy": "الصيدلية",
    "call_emergency": "الطوارئ",
    "call_emergency_hint": "رقم الطوارئ لديك",
    "days_list": "كل يوم",
    "plan": "الخطة {plan}",
    "no_plan": "بلا رقم خطة",
    "revision": "النسخة {number}",
    "printed": "طُبع في {date}",
    "page": "صفحة {page} من {pages}",
    "label_take": "خذ {doses}",
    "label_none": "لا تأخذ شيئًا",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "في الصباح",
    "label_noon": "عند الظهر",
    "label_evening": "في المساء",
    "label_bedtime": "وقت النوم",
    "label_dates": "{doses} من {start} إلى {end} ({days})",
    "label_date": "{doses} في {start} ({days})",
    "label_days": "{doses}، والمدة {days}",
    "label_then": "{first}، ثم {next}",
    "label_stop": "{first}، ثم توقف",
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
    "semicolon": "؛ ",
    "dateless_on_days": "{days} من كل أسبوع",
    "on_average": "بمعدل {dose} في اليوم",
    "summary_week": "من {first} في اليوم إلى جرعة تختلف حسب يوم الأسبوع",
    "sentence_week": "تنتقل من {first} في اليوم إلى جرعة تختلف حسب يوم الأسبوع في {steps}. البداية: {start}. "
    "تصل إلى هذه الجرعة في: {end}.",
    "summary_cycle": "من {first} في اليوم إلى جرعة تتغير من يوم إلى آخر",
    "sentence_cycle": "تنتقل من {first} في اليوم إلى جرعة تتغير من يوم إلى "
    "آخر في {steps}. البداية: {start}. تصل إلى هذه الجرعة في: {end}.",
    "change_cycle": "تتغير الجرعة الآن من يوم إلى آخر",
    "change_weekly": "تختلف الجرعة الآن حسب يوم الأسبوع",
    "change_pattern": "جرعات أخرى في بعض أيام الأسبوع",
    "change_daily": "الآن الجرعة نفسها كل يوم",
    "change_week_down": "أقل بمقدار {amount} في الأسبوع",
    "change_week_up": "أكثر بمقدار {amount} في الأسبوع",
    "card_next_week": "من {date}: {dose}",
    "label_week": "{days} {doses}",
    "label_week_and": "{first}، و{next}",
    "label_week_none": "لا شيء",
    "label_week_take": "خذ {doses}،",
    "fact_line": "{label}: {value}، {detail}.",
    "shape_circle": "دائرة",
    "shape_oval": "شكل بيضوي",
    "shape_square": "مربع",
    "shape_hexagon": "شكل سداسي",
    "shape_diamond": "معيّن",
    "shape_pentagon": "شكل خماسي",
    "drug_shape": "{drug}: {shape}",
    "drugs_title": "أكثر من دواء واحد: {drugs}",
    "drugs_apart": "ليست الأدوية متشابهة. تحقق من الاسم المكتوب على العلبة عند كل جرعة.",
    "drugs_drawn": "في الرسوم: {shapes}.",
    "drug_replaced": "من {start} إلى {end} يحل {new} محل {old} خطوة بعد خطوة.",
    "drug_replaced_at_once": "من {start} يحل {new} محل {old}.",
    "drug_stays": "{drug} يبقى كما هو: {dose} في اليوم.",
    "drug_waits": "{drug} يبقى كما هو حتى {date}: {dose} في اليوم.",
    "drug_last": "آخر يوم لدواء {drug}: {date}. لا تأخذ {drug} مرة أخرى بعد ذلك اليوم.",
}

_ASLEEP = (
    "هناك استثناء واحد. هل مشيت أو قدت السيارة أو أكلت أو فعلت شيئًا آخر وأنت لست مستيقظًا تمامًا؟ عندئذ توقف عن "
    "أخذ {medicine} واتصل في اليوم نفسه بمن وصفه لك."
)

ARABIC = Language(
    code="ar",
    name="Arabic",
    own_name="العربية",
    reviewed_by="",
    locale=LOCALES["ar"],
    times=MappingProxyType({"morning": "الصباح", "noon": "الظهر", "evening": "المساء", "bedtime": "وقت النوم"}),
    nouns=MappingProxyType({"tablet": "قرص", "capsule": "كبسولة", "film": "شريحة", "piece": "قطعة"}),
    count=counter("ar", LOCALES["ar"].decimal, _NOUNS),
    forms=MappingProxyType(
        {
            "day": _numbered("يوم واحد", "يومان", "أيام", "يومًا", "يوم"),
            "drop": _numbered("قطرة واحدة", "قطرتان", "قطرات", "قطرة", "قطرة"),
            "step": _numbered("خطوة واحدة", "خطوتين", "خطوات", "خطوة", "خطوة"),
            "week": _numbered("أسبوع واحد", "أسبوعين", "أسابيع", "أسبوعًا", "أسبوع"),
            "time": _numbered("مرة واحدة", "مرتين", "مرات", "مرة", "مرة"),
        }
    ),
    phrase=MappingProxyType(_PHRASES | REVISION["ar"] | TAKING["ar"] | TELLS["ar"]),
    what_to_do=translated(ENGLISH.what_to_do, _WHAT_TO_DO),
    no_dose_days=Sentence(_NO_DOSE_DAYS, ENGLISH.no_dose_days.sources),
    asleep=Sentence(_ASLEEP, ENGLISH.asleep.sources),
)
