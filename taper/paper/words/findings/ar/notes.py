"""What the catalog says in words of its own, in Arabic; the first sentence of each stands alone in a headline."""

from taper.paper.words.apart import apart

_GUIDELINES: dict[str, str] = {
    "note.ags-beers-2023.older_adult": "ينبغي تجنب البنزوديازيبينات وأدوية Z. علاج الانسحاب وعلاج نوبات التشنج من "
    "الاستثناءات للبنزوديازيبينات.",
    "note.ags-beers-2023.opioid": "ينبغي تجنب الجمع بين دواء أفيوني وبنزوديازيبين، بسبب خطر الجرعة الزائدة.",
    "note.ags-beers-2023.sedative": "ينبغي تجنب ثلاثة أدوية أو أكثر تؤثر في الدماغ، بسبب السقوط والكسور. تُحسب منها "
    "الغابابنتينويدات ومضادات الاكتئاب ومضادات الذهان والأفيونات ومرخيات العضلات وأدوية Z.",
    "note.asam-2025.older_adult": "يُنصح بالخفض التدريجي، ما لم توجد أسباب قاهرة للاستمرار.",
    "note.asam-2025.opioid": "يُعرض دواء عاكس للجرعة الزائدة، مثل النالوكسون.",
    "note.asam-2025.opioid_review": "تُقيَّم المخاطر والفوائد مرة على الأقل كل 3 أشهر.",
    "note.asam-2025.alcohol": "خطر الجرعة الزائدة والوفاة أعلى مع الكحول.",
    "note.asam-2025.pregnancy": "تُوازن المخاطر والفوائد للأم والطفل معًا.",
    "note.asam-2025.severe_withdrawal": "يُنظر في الرعاية داخل المستشفى عند وجود انسحاب شديد أو معقّد أو توقّعه. مع "
    "العلامات الحيوية، وأداة تقييم منظَّمة، وخطة لنوبات التشنج.",
    "note.asam-2025.short_use": "جرعات أقل لمدة قصيرة نسبيًا، مثلًا أقل من 3 أشهر؛ ويُحسب الشهر 4 أسابيع.",
    "note.asam-2025.metabolites": "تُعدّ الأدوية المقترنة بحمض الغلوكورونيك أكثر أمانًا في كبر السن ومرض الكبد. "
    "كبار السن هم "
    f"من بلغوا 65 سنة أو أكثر، كما في {apart('Key takeaway 1d')}.",
    "note.asam-2025.suicidal": "يُنظر في الرعاية داخل المستشفى عند وجود خطر وشيك لإيذاء النفس. قيل ذلك عن خطر لا "
    "يُرجَّح أن يخففه أول تخفيض قريبًا.",
    "note.asam-2025.lung": "تُقيَّم المخاطر والفوائد بتواتر أكبر، كما في انقطاع التنفس الانسدادي أثناء النوم. وهو "
    "المثال المطبوع للحالات الجسدية التي تزيد الخطر.",
    "note.asam-2025.sedative": "خطر الجرعة الزائدة والوفاة أعلى مع الأدوية التي تبطئ عمل الدماغ.",
    "note.asam-2025.breastfeeding": "يُشجَّع الإرضاع إذا كان الطفل قد تعرض للدواء في الرحم: فقد يخفف الانسحاب.",
    "note.bpac-nz.alcohol": "يُستشار اختصاصي في اضطراب استعمال الكحول. وكذلك في اضطراب استعمال مادة أخرى، أو مرض "
    "نفسي غير معالج، أو خفض تدريجي فاشل، أو جرعة عالية.",
    "note.cks.liver": "مشورة اختصاصي عند خلل وظيفة الكبد؛ وقد يُفضَّل الأوكسازيبام. قُرئ ذلك في نسخة أخرى، في سياق "
    "PrescQIPP.",
    "note.etg.epilepsy": "يوقَف أبطأ من سائر مضادات الصرع، ولا يوقَف قبل مرور سنتين على آخر نوبة.",
    "note.fda-class-label.sedative": "الغابابنتين أو البريغابالين مع الأدوية التي تبطئ عمل الدماغ قد يصعّب التنفس. "
    "الخطر أعلى لدى كبار السن والمصابين بأمراض الرئة.",
    "note.has.alcohol": "الكحول من عوامل الخطر العالي في البطاقة.",
    "note.mhra-module.kidney": "ينبغي أن تكون الجرعة أقل عند ضعف وظيفة الكلى.",
    "note.mhra-module.liver": "ينبغي أن تكون الجرعة أقل عند ضعف وظيفة الكبد.",
    "note.mhra-module.sedative": "تأثيرات ضارة خطيرة مع الكحول أو المهدئات الأخرى. ويجب تحذير الشخص منها.",
    "note.nhs-scotland.epilepsy": "الحذر عند تناول الكلوبازام أو الكلونازيبام لعلاج الصرع.",
    "note.nsw.alcohol": "الاعتماد على الكحول من عوامل الخطر العالي.",
    "note.nsw.seizures": "نوبات التشنج الموثقة من عوامل الخطر العالي.",
    "note.sps-lactation.breastfeeding": "قد يتراكم الدواء لدى الطفل، مع التهدئة وخطر انقطاع التنفس. يُنصح بالحذر؛ "
    "وتُفضَّل الأدوية الأقصر مفعولًا مثل اللورازيبام والأوكسازيبام.",
    "note.unc-deprescribing.older_adult": "يُعرض خفض تدريجي بطيء.",
    "note.us-label-warnings.lung": "الحذر عند ضعف التنفس، مثل الانسداد الرئوي المزمن أو انقطاع التنفس أثناء النوم.",
    "note.us-label-warnings.lung.2": "يُمنع استعماله في القصور التنفسي الشديد وفي انقطاع التنفس أثناء النوم.",
    "note.us-label-warnings.kidney": "الاحتياطات المعتادة عند ضعف وظيفة الكلى.",
    "note.us-label-warnings.kidney.2": "الحذر عند القصور الكلوي.",
    "note.us-label-warnings.suicidal": "في الاكتئاب ينبغي أخذ احتمال الانتحار في الحسبان.",
    "note.us-label-warnings.suicidal.2": "الحذر عند الاكتئاب والميول الانتحارية.",
    "note.us-label-warnings.breastfeeding": "لا يُنصح به للأمهات المرضعات.",
    "note.us-label-warnings.epilepsy": "يُسحب تدريجيًا، تجنبًا لنوبات التشنج والحالة الصرعية.",
    "note.uwa-deprescribing.epilepsy": "يُتخذ القرار بالاشتراك مع طبيب الأعصاب. قيل ذلك عن مضادات الصرع كفئة، لدى "
    "من بلغوا 65 سنة أو أكثر.",
    "note.bpac-nz.drug_free_days": "الأيام المخططة بلا دواء هي الجزء الأخير، بعد أقل تركيز متاح.",
    "note.empower.drug_free_days": "أربعة أيام من الأسبوع بلا جرعة في الأسبوعين 15 و16 من 18 أسبوعًا، وربع الجرعة "
    "في الأيام الأخرى.",
    "note.hus.drug_free_days": "أمسيات بلا دواء، مثلًا الجمعة والاثنين، ثم ثلاث أمسيات بدواء على الأكثر؛ بعد "
    "استعمال قصير.",
    "note.hypnotic-trials.drug_free_days": "ليالٍ مخططة بلا دواء عند أقل تركيز: "
    f"{apart('Morin 2004')} و{apart('Belleville 2007')}. للأدوية المنوّمة فقط، في النهاية.",
    "note.unc-deprescribing.drug_free_days": "أيام راحة من الدواء قرب النهاية، أو حيث لا يسمح التركيز بتخفيضات أصغر.",
    "note.etg.specialist": f"فوق {apart('40 mg')} من مكافئ الديازيبام يوميًا يُستشار اختصاصي.",
    "note.wa.specialist": f"فوق نحو {apart('40 mg')} من مكافئ الديازيبام، قد يلزم العلاج بإشراف اختصاصي.",
    "note.east-region.switch_dose": "نادرًا ما ينبغي استعمال جرعات أعلى؛ وجرعة "
    f"{apart('30 mg')} تمنع النوبات في معظم الحالات، مهما كان المأخوذ من قبل.",
    "note.ni-formulary.switch_dose": f"أكثر من {apart('30 mg')} من مكافئ الديازيبام في حالات نادرة جدًا فقط.",
    "note.maudsley-2024.A": "A، أسرع",
    "note.maudsley-2024.B": "B، متوسط",
    "note.maudsley-2024.C": "C، أبطأ",
}
_SUPPLY: dict[str, str] = {
    "note.supply.GB": "30 يومًا على الأكثر، كممارسة جيدة؛ والوصفة صالحة لمدة 28 يومًا",
    "note.supply.GB.temazepam": "30 يومًا على الأكثر، كممارسة جيدة؛ والوصفة صالحة لمدة 28 يومًا، ولا تُكرَّر، وتذكر "
    "الكمية بالكلمات والأرقام",
    "note.supply.GB.zopiclone+zaleplon": f"{apart('Schedule 4 part I')} منذ 10 يونيو (حزيران) 2014: صالحة لمدة 28 "
    f"يومًا، ويجوز "
    "تكرارها",
    "note.supply.US": "لا يُصرف ولا يُعاد صرفه بعد أكثر من 6 أشهر من إصدار الوصفة، ويُعاد صرفه 5 مرات على الأكثر",
    "note.supply.US.New York": "30 يومًا؛ وحتى 3 أشهر مع رمز الحالة؛ ولا يُعاد الصرف قبل النهاية بأكثر من 7 أيام",
    "note.supply.FR.N05CD+N05CF": "لا توصف المنوّمات لأكثر من 4 أسابيع في المرة الواحدة",
    "note.supply.FR.N05BA": "لا توصف مضادات القلق لأكثر من 12 أسبوعًا في المرة الواحدة",
    "note.supply.FR.zolpidem+clorazepate": f"الزولبيديم الفموي، والكلورازيبات ابتداء من {apart('20 mg')}، يخضعان "
    f"جزئيًا لقواعد "
    "المخدرات (وصفة مؤمَّنة)",
    "note.supply.DE": "4 أسابيع على نفقة التأمين الصحي الإلزامي؛ وأطول في حالات فردية مبررة، منها الخفض التدريجي",
    "note.supply.CH": "شهر واحد؛ وحتى 6 أشهر إذا كُتبت مدة العلاج الدقيقة على الوصفة",
    "note.supply.NZ": "3 أشهر، تُصرف شهريًا ما لم يحدد كاتب الوصفة غير ذلك",
    "note.supply.NO": "صرف واحد بلا إعادة، إلا على نفقة التغطية العامة؛ وبالهاتف أصغر عبوة أو 7 أيام",
    "note.supply.DK.clonazepam": "صرف واحد ما لم يكن على أجزاء (المجموعة A منذ 14 سبتمبر (أيلول) 2015)",
    "note.supply.DK": "تعطي العيادات شهرًا واحدًا على الأكثر، عند الزيارة",
    "note.supply.AU.New South Wales": "الوصفة صالحة لمدة 6 أشهر",
    "note.supply.AU.New South Wales.alprazolam": f"{apart('Schedule 8')}؛ يلزم تصريح لأكثر من شهرين دون انقطاع، أو "
    f"لشخص لديه "
    "اعتماد",
    "note.supply.IE": "تذكر الوصفة الكمية الكلية بالكلمات والأرقام، والاسم والجرعة والشكل والتركيز",
}
_DRUGS: dict[str, str] = {
    "note.metabolites.brotizolam": "مستقلب فعال",
    "note.metabolites.chlordiazepoxide": "، ".join(
        map(apart, ("desmethylchlordiazepoxide", "demoxepam", "desmethyldiazepam"))
    ),
    "note.metabolites.clobazam": f"مستقلب فعال، عمر النصف {apart('71-82')} ساعة",
    "note.metabolites.clorazepate": f"{apart('nordazepam')}، يتكون في المعدة",
    "note.metabolites.diazepam": f"{apart('desmethyldiazepam')} ({apart('nordazepam')})",
    "note.metabolites.diazepam.2": f"{apart('temazepam')} و{apart('oxazepam')}",
    "note.metabolites.flurazepam": f"{apart('N-desalkylflurazepam')}، عمر النصف {apart('40-150')} ساعة",
    "note.last dose.clonazepam": f"النشرة الأمريكية لدواء {apart('clonazepam')}",
    "note.last dose.alprazolam": f"النشرة الأمريكية لدواء {apart('alprazolam')}",
}
_NAMES: dict[str, str] = {
    "guideline.adfd": "منتدى ADFD",
    "guideline.belgium-2023": "البرنامج البلجيكي",
    "guideline.bnf-old": "BNF (قديم)",
    "guideline.canada-casn-percent": "CASN (بالنسبة المئوية)",
    "guideline.cks": "NICE CKS (نسخة)",
    "guideline.denmark-irf": "IRF (الدنمارك)",
    "guideline.etg": "eTG (أستراليا)",
    "guideline.fda-class-label": "نشرة الفئة من FDA",
    "guideline.hus": "HUS (فنلندا)",
    "guideline.hypnotic-trials": "تجارب المنوّمات",
    "guideline.nhg-lumc": "NHG وLUMC",
    "guideline.norway-nhi": "NHI وRUSinfo",
    "guideline.us-label-warnings": "النشرة الأمريكية",
    "guideline.us-labels": "النشرات الأمريكية",
}
TEXTS: dict[str, str] = _GUIDELINES | _SUPPLY | _DRUGS | _NAMES
