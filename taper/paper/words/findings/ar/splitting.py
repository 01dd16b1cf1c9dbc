"""What the rules about splitting say, in Arabic."""

from taper.paper.words.apart import apart

_PARTS = "التقسيم إلى {parts} ابتداء من {day}"
_PARTS_ON_DAYS = "التقسيم إلى {parts} في {days:gen} ابتداء من {day}"


def _lines(key: str, thing: str, but: str) -> dict[str, str]:
    """Return the lines of one kind of split, from the fullest to the shortest; then the same of several products.

    Args:
        key: The kind.
        thing: What is split where its name is left out.
        but: What speaks against it, true of one thing and of several.
    """
    return {
        f"splitting.{key}.message": f"{{product}}: {_PARTS_ON_DAYS}، {but}.",
        f"splitting.{key}.shorter": f"{{product}}: {_PARTS}، {but}.",
        f"splitting.{key}.short": f"{thing}: {_PARTS_ON_DAYS}، {but}.",
        f"splitting.{key}.several": f"{{count}}: {_PARTS}، {but} ({{products}}).",
        f"splitting.{key}.several.short": f"{{count}}: {_PARTS_ON_DAYS}، {but}.",
    }


TEXTS: dict[str, str] = {
    "splitting.about": "التقسيم",
    "splitting.one": "{product}: {parts} في {days:gen}، {span}.",
    "splitting.thrown away": "يُرمى الجزء الآخر، فيستهلك كل جزء قرصًا كاملًا.",
    **_lines("unscored", "أحد الأقراص", "لكن بلا خط تقسيم على القرص"),
    "splitting.unscored.why": "لا يوجد خط تقسيم على القرص.",
    "splitting.unscored.advice": "وصف قرص عليه خط تقسيم، أو تركيز أقل، أو سائل.",
    **_lines("quartered", "أحد الأقراص", "لكن خط التقسيم للأنصاف فقط"),
    "splitting.quartered.why": "هذا أدق مما يسمح به خط التقسيم. وفي خطط منشورة أرباع: في EMPOWER صورة ربع قرص، "
    f"وكذلك في النشرة الألمانية للبرومازيبام بتركيز {apart('6 mg')}.",
    "splitting.quartered.advice": "أن يجرّب المريض التقسيم أولًا؛ فإن لم ينجح، فوصف تركيز أقل أو سائل.",
    **_lines("lined", "أحد الأقراص", "لكن لا مصدر مقروءًا يذكر أن الخط للأرباع"),
    "splitting.lined.why": "عليه خط، لكن لا مصدر مما قُرئ هنا يذكر لكم جزءًا هو. وفي خطط منشورة أرباع: في EMPOWER "
    f"صورة ربع قرص، وكذلك في النشرة الألمانية للبرومازيبام بتركيز {apart('6 mg')}.",
    "splitting.lined.advice": "سؤال الصيدلية عن الشركة المصنّعة للقرص، والتحقق من نشرته.",
    **_lines("too fine", "أحد الأقراص", "وهذا أدق مما يسمح به خط التقسيم"),
    "splitting.too fine.why": "هذا أدق مما يسمح به خط التقسيم.",
    "splitting.too fine.advice": "وصف قرص عليه خط تقسيم، أو تركيز أقل، أو سائل.",
    **_lines("forbidden", "أحد الأقراص", "لكن الخط، وفق النشرة، ليس لتقسيم الجرعات"),
    "splitting.forbidden.why": "وفق النشرة، الخط ليس لتقسيم القرص إلى جرعات متساوية.",
    "splitting.forbidden.advice": "وصف قرص من شركة أخرى، أو تركيز أقل، أو سائل.",
    **_lines("not known", "أحد الأقراص", "لكن خط التقسيم غير معروف"),
    "splitting.not known.why": "خط التقسيم غير معروف أو يختلف بين الشركات المصنّعة.",
    "splitting.not known.advice": "سؤال الصيدلية عن الشركة المصنّعة للقرص، والتحقق من نشرته.",
    **_lines("not said", "أحد الأقراص", "لكن لا مصدر مقروءًا يذكر أن الأجزاء متساوية"),
    "splitting.not said.why": "عليه خط، لكن لا مصدر مما قُرئ هنا يذكر أن الأجزاء جرعات متساوية.",
    "splitting.not said.advice": "سؤال الصيدلية عن الشركة المصنّعة للقرص، والتحقق من نشرته.",
    **_lines("either", "أحد الأقراص", "ولا يُعرف خط تقسيم يعطي جرعات متساوية"),
    "splitting.either.why": "خط التقسيم غير معروف، أو يختلف بين الشركات المصنّعة، أو هو خط لا يذكر أي مصدر مقروء "
    "هنا أن أجزاءه جرعات متساوية.",
    "splitting.either.advice": "سؤال الصيدلية عن الشركة المصنّعة للقرص، والتحقق من نشرته.",
    **_lines("extended", "أحد المستحضرات", "لكن الشكل ممتد المفعول"),
    "splitting.extended.why": "نشرات الأشكال ممتدة المفعول المقروءة هنا تنهى عن سحقها أو مضغها؛ ولا تسمح أي منها "
    "بالتقسيم.",
    "splitting.extended.advice": "التحويل إلى مستحضر فوري التحرر؛ وعندئذ يلزم قرار جديد بشأن الجرعة والأوقات.",
    **_lines("never", "أحد المستحضرات", "لكن التقسيم غير ممكن"),
    "splitting.never.why": "لا يمكن عمل الأجزاء، أو لا يمكن حفظها للجرعة التالية.",
    "splitting.never.advice": "وصف قرص أو سائل.",
}
