"""What is counted, in Arabic: each noun in all six plural categories, in the case that a sentence asks for.

Only one and two are told apart by their case in writing: the nominative stands alone ("قرصان"), the genitive and
accusative behind a preposition, a verb or another noun ("في يومين").
"""

from __future__ import annotations

from taper.paper.words.apart import NBSP


def _forms(one: str, two: str, few: str, many: str, other: str) -> dict[str, str]:
    """Return the forms of a noun; a line never breaks behind its number."""
    forms = {"one": one, "two": two, "few": f"{{number}} {few}", "many": f"{{number}} {many}"}
    forms |= {"zero": f"{{number}} {other}", "other": f"{{number}} {other}"}
    return {category: form.replace(" ", NBSP) for category, form in forms.items()}


_DAY = ("أيام", "يومًا", "يوم")
_NIGHT = ("ليالٍ", "ليلة", "ليلة")
_WEEK = ("أسابيع", "أسبوعًا", "أسبوع")
_MONTH = ("أشهر", "شهرًا", "شهر")
_STEP = ("خطوات", "خطوة", "خطوة")
_CUT = ("تخفيضات", "تخفيضًا", "تخفيض")
_PRODUCT = ("مستحضرات", "مستحضرًا", "مستحضر")
_ROW = ("أسطر", "سطرًا", "سطر")
_TIME = ("مرات", "مرة", "مرة")

COUNTED: dict[str, dict[str, str]] = {
    "day": _forms("يوم واحد", "يومان", *_DAY),
    "day gen": _forms("يوم واحد", "يومين", *_DAY),
    "night": _forms("ليلة واحدة", "ليلتان", *_NIGHT),
    "night gen": _forms("ليلة واحدة", "ليلتين", *_NIGHT),
    "week": _forms("أسبوع واحد", "أسبوعان", *_WEEK),
    "week gen": _forms("أسبوع واحد", "أسبوعين", *_WEEK),
    "month": _forms("شهر واحد", "شهران", *_MONTH),
    "month gen": _forms("شهر واحد", "شهرين", *_MONTH),
    "step": _forms("خطوة واحدة", "خطوتان", *_STEP),
    "step gen": _forms("خطوة واحدة", "خطوتين", *_STEP),
    "cut": _forms("تخفيض واحد", "تخفيضان", *_CUT),
    "table": _forms("جدول واحد", "جدولان", "جداول", "جدولًا", "جدول"),
    "table gen": _forms("جدول واحد", "جدولين", "جداول", "جدولًا", "جدول"),
    # kinds of tablets: "two tablets" would be two pieces
    "tablet": _forms("نوع واحد من الأقراص", "نوعان من الأقراص", *(f"{n} من الأقراص" for n in ("أنواع", "نوعًا", "نوع"))),
    "product": _forms("مستحضر واحد", "مستحضران", *_PRODUCT),
    "row": _forms("سطر واحد", "سطران", *_ROW),
    "row gen": _forms("سطر واحد", "سطرين", *_ROW),
    "more place": _forms("موضع آخر", "موضعان آخران", "مواضع أخرى", "موضعًا آخر", "موضع آخر"),
    "number cuts": _forms("تخفيض واحد", "تخفيضان", *_CUT),
    "number small_cuts": _forms("تخفيض صغير واحد", "تخفيضان صغيران", "تخفيضات صغيرة", "تخفيضًا صغيرًا", "تخفيض صغير"),
    "number days": _forms("يوم واحد", "يومين", *_DAY),
    "number weeks": _forms("أسبوع واحد", "أسبوعين", *_WEEK),
    "number hours": _forms("ساعة واحدة", "ساعتين", "ساعات", "ساعة", "ساعة"),
    "number years": _forms("سنة واحدة", "سنتين", "سنوات", "سنة", "سنة"),
    "number times": _forms("مرة واحدة", "مرتين", *_TIME),
    "number drugs": _forms("دواء واحد", "دواءين", "أدوية", "دواءً", "دواء"),
    "number guidelines": _forms("دليل إرشادي واحد", "دليلين إرشاديين", "أدلة إرشادية", "دليلًا إرشاديًا", "دليل إرشادي"),
    "number steps": _forms("خطوة واحدة", "خطوتين", *_STEP),
    "number products": _forms("مستحضر واحد", "مستحضران", *_PRODUCT),
    "number tablets": _forms("قرص واحد", "قرصان", "أقراص", "قرصًا", "قرص"),
    "number capsules": _forms("كبسولة واحدة", "كبسولتان", "كبسولات", "كبسولة", "كبسولة"),
    "number pieces": _forms("قطعة واحدة", "قطعتان", "قطع", "قطعة", "قطعة"),
    "number fills": _forms("دفعة واحدة", "دفعتان", "دفعات", "دفعة", "دفعة"),
    "number places": _forms("موضع واحد", "موضعان", "مواضع", "موضعًا", "موضع"),
}
"""By noun; behind "number", those of the numbers that English leaves to its templates, such as ``{weeks:weeks}``."""
