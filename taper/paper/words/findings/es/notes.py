"""What the catalog says in words of its own, in Spanish, by the keys of `taper.checker.texts.notes`."""

TEXTS: dict[str, str] = {
    "note.ags-beers-2023.older_adult": "Se deben evitar las benzodiazepinas y los hipnóticos Z. El tratamiento de la "
    "abstinencia y de las convulsiones está entre las excepciones para las benzodiazepinas.",
    "note.ags-beers-2023.opioid": "Se debe evitar un opioide junto con una benzodiazepina, por el riesgo de "
    "sobredosis.",
    "note.ags-beers-2023.sedative": "Se deben evitar tres o más fármacos de acción central, por el riesgo de caídas y "
    "fracturas. Cuentan los gabapentinoides, los antidepresivos, los antipsicóticos, los opioides, los relajantes "
    "musculares y los hipnóticos Z.",
    "note.asam-2025.older_adult": "Se aconseja una reducción gradual, salvo que haya razones de peso para continuar.",
    "note.asam-2025.opioid": "Se ofrece medicación para revertir una sobredosis, como naloxona.",
    "note.asam-2025.opioid_review": "Los riesgos y beneficios se valoran al menos cada 3 meses.",
    "note.asam-2025.alcohol": "El riesgo de sobredosis y de muerte es mayor con alcohol.",
    "note.asam-2025.pregnancy": "Los riesgos y beneficios se sopesan conjuntamente para la madre y el bebé.",
    "note.asam-2025.severe_withdrawal": "Se considera el ingreso hospitalario si hay o se espera una abstinencia "
    "grave o complicada. Con constantes vitales, una herramienta estructurada y un plan para las convulsiones.",
    "note.asam-2025.short_use": "Dosis más bajas durante un tiempo relativamente corto, por ejemplo menos de 3 meses; "
    "un mes se cuenta como 4 semanas.",
    "note.asam-2025.metabolites": "Los fármacos que se unen al ácido glucurónico se consideran más seguros en la "
    "vejez y la enfermedad hepática. Personas mayores son las de 65 años o más, como en Key takeaway 1d.",
    "note.asam-2025.suicidal": "Se considera el ingreso hospitalario si hay un riesgo inminente de autolesión. Se "
    "dice de un riesgo que la primera reducción probablemente no disminuya pronto.",
    "note.asam-2025.lung": "Los riesgos y beneficios se valoran más a menudo, como en la apnea obstructiva del sueño. "
    "Es el ejemplo impreso para las enfermedades físicas que aumentan el riesgo.",
    "note.asam-2025.sedative": "El riesgo de sobredosis y de muerte es mayor con fármacos depresores del sistema "
    "nervioso central.",
    "note.asam-2025.breastfeeding": "Se anima a la lactancia materna si el bebé estuvo expuesto en el útero: puede "
    "aliviar la abstinencia.",
    "note.bpac-nz.alcohol": "En el trastorno por consumo de alcohol se consulta con atención especializada. Igual en "
    "otro trastorno por consumo de sustancias, una enfermedad psiquiátrica sin tratar, una reducción gradual que "
    "fracasó o una dosis alta.",
    "note.cks.liver": "Consulta especializada en la disfunción hepática; puede ser preferible oxazepam. Leído en otra "
    "copia, en el contexto de PrescQIPP.",
    "note.etg.epilepsy": "Se suspende más despacio que otros antiepilépticos, y no antes de 2 años desde la última "
    "crisis.",
    "note.fda-class-label.sedative": "La gabapentina o la pregabalina junto con fármacos depresores del sistema "
    "nervioso central pueden dificultar la respiración. Corren más riesgo las personas mayores y las que tienen una "
    "enfermedad pulmonar.",
    "note.has.alcohol": "El alcohol está entre los factores de alto riesgo de la ficha.",
    "note.mhra-module.kidney": "La dosis debe ser menor si la función renal está alterada.",
    "note.mhra-module.liver": "La dosis debe ser menor si la función hepática está alterada.",
    "note.mhra-module.sedative": "Efectos adversos graves junto con alcohol u otros sedantes. Hay que advertir de "
    "ellos a la persona.",
    "note.nhs-scotland.epilepsy": "Precaución si se toma clobazam o clonazepam por epilepsia.",
    "note.nsw.alcohol": "La dependencia del alcohol está entre los factores de alto riesgo.",
    "note.nsw.seizures": "Las convulsiones documentadas están entre los factores de alto riesgo.",
    "note.sps-lactation.breastfeeding": "El fármaco puede acumularse en el bebé, con sedación y riesgo de apnea. Se "
    "aconseja precaución; se prefieren fármacos de acción más corta, como lorazepam y oxazepam.",
    "note.unc-deprescribing.older_adult": "Se ofrece una reducción gradual lenta.",
    "note.us-label-warnings.lung": "Precaución si la respiración está comprometida, como en la EPOC o la apnea del "
    "sueño.",
    "note.us-label-warnings.lung.2": "Contraindicado en la insuficiencia respiratoria grave y en la apnea del sueño.",
    "note.us-label-warnings.kidney": "Las precauciones habituales si la función renal está alterada.",
    "note.us-label-warnings.kidney.2": "Precaución en la insuficiencia renal.",
    "note.us-label-warnings.suicidal": "En la depresión hay que tener presente la posibilidad de suicidio.",
    "note.us-label-warnings.suicidal.2": "Precaución en la depresión y con tendencias suicidas.",
    "note.us-label-warnings.breastfeeding": "No se recomienda durante la lactancia materna.",
    "note.us-label-warnings.epilepsy": "Se retira gradualmente, por el riesgo de convulsiones y de estado epiléptico.",
    "note.uwa-deprescribing.epilepsy": "Se decide junto con neurología. Se dice de los antiepilépticos como clase, en "
    "personas de 65 años o más.",
    "note.bpac-nz.drug_free_days": "Los días planificados sin medicamento son la última parte, después de la "
    "presentación de menos mg que exista.",
    "note.empower.drug_free_days": "Cuatro días de la semana sin dosis en las semanas 15 y 16 de 18; los demás, un "
    "cuarto de la dosis.",
    "note.hus.drug_free_days": "Noches sin medicamento, por ejemplo viernes y lunes; después, como máximo tres noches "
    "con él; tras un uso corto.",
    "note.hypnotic-trials.drug_free_days": "Noches planificadas sin medicamento con la presentación de menos mg: "
    "Morin 2004, Belleville 2007. Únicamente hipnóticos, al final.",
    "note.unc-deprescribing.drug_free_days": "Descansos del medicamento hacia el final, o cuando los mg de la "
    "presentación no permiten reducciones menores.",
    "note.etg.specialist": "Por encima de 40\N{NO-BREAK SPACE}mg al día en equivalentes de diazepam se consulta con "
    "atención especializada.",
    "note.wa.specialist": "Por encima de unos 40\N{NO-BREAK SPACE}mg en equivalentes de diazepam puede requerirse un "
    "tratamiento a cargo de atención especializada.",
    "note.east-region.switch_dose": "Dosis más altas se deben usar raras veces; 30\N{NO-BREAK SPACE}mg evitan las "
    "convulsiones en la mayoría de los casos, se tomara antes lo que se tomara.",
    "note.ni-formulary.switch_dose": "Más de 30\N{NO-BREAK SPACE}mg en equivalentes de diazepam, únicamente en muy "
    "raras ocasiones.",
    "note.maudsley-2024.A": "A, más rápida",
    "note.maudsley-2024.B": "B, moderada",
    "note.maudsley-2024.C": "C, más lenta",
    "note.supply.GB": "como máximo 30 días, como buena práctica; una receta vale 28 días",
    "note.supply.GB.temazepam": "como máximo 30 días, como buena práctica; una receta vale 28 días, no se repite e "
    "indica la cantidad en letras y cifras",
    "note.supply.GB.zopiclone+zaleplon": "Schedule 4 part I desde el 10 de junio de 2014: la receta vale 28 días y se "
    "puede repetir",
    "note.supply.US": "no se dispensa ni se repite más de 6 meses después de la emisión, y se repite como máximo 5 "
    "veces",
    "note.supply.US.New York": "30 días; hasta 3 meses con un código de afección; se repite como pronto 7 días antes "
    "del final",
    "note.supply.FR.N05CD+N05CF": "los hipnóticos no se prescriben para más de 4 semanas cada vez",
    "note.supply.FR.N05BA": "los ansiolíticos no se prescriben para más de 12 semanas cada vez",
    "note.supply.FR.zolpidem+clorazepate": "el zolpidem oral, y el clorazepato a partir de 20\N{NO-BREAK SPACE}mg, "
    "siguen en parte las normas de los estupefacientes (receta segura)",
    "note.supply.DE": "4 semanas a cargo del seguro público; más en casos individuales justificados, uno de los "
    "cuales es una reducción gradual por pasos",
    "note.supply.CH": "1 mes; hasta 6 meses si la receta indica la duración exacta del tratamiento",
    "note.supply.NZ": "3 meses, dispensados cada mes salvo que quien prescribe indique otra cosa",
    "note.supply.NO": "una dispensación sin repeticiones, salvo con financiación pública; por teléfono, el envase más "
    "pequeño o 7 días",
    "note.supply.DK.clonazepam": "una dispensación, salvo en porciones (grupo A desde el 14 de septiembre de 2015)",
    "note.supply.DK": "las consultas dan como máximo un mes, con visita",
    "note.supply.AU.New South Wales": "una receta vale 6 meses",
    "note.supply.AU.New South Wales.alprazolam": "Schedule 8; se necesita una autorización para más de 2 meses sin "
    "interrupción, o para una persona con dependencia",
    "note.supply.IE": "una receta indica la cantidad total en letras y cifras, y el nombre, la dosis, la forma y los "
    "mg",
    "note.metabolites.brotizolam": "un metabolito activo",
    "note.metabolites.chlordiazepoxide": "desmetilclordiazepóxido, demoxepam, desmetildiazepam",
    "note.metabolites.clobazam": "un metabolito activo, vida media 71-82 h",
    "note.metabolites.clorazepate": "nordazepam, formado en el estómago",
    "note.metabolites.diazepam": "desmetildiazepam (nordazepam)",
    "note.metabolites.diazepam.2": "temazepam y oxazepam",
    "note.metabolites.flurazepam": "N-desalquilflurazepam, vida media 40-150 h",
    "note.last dose.clonazepam": "la ficha técnica estadounidense de clonazepam",
    "note.last dose.alprazolam": "la ficha técnica estadounidense de alprazolam",
}
