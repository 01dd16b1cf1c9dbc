"""What the catalog says in words of its own, in French: its notes, what fills may last, metabolites and names."""

TEXTS: dict[str, str] = {
    "note.ags-beers-2023.older_adult": "Les benzodiazépines et apparentés sont à éviter. Le traitement du sevrage et "
    "des crises convulsives fait partie des exceptions pour les benzodiazépines.",
    "note.ags-beers-2023.opioid": "L’association d’un opioïde et d’une benzodiazépine est à éviter, à cause du "
    "surdosage.",
    "note.ags-beers-2023.sedative": "Trois médicaments ou plus agissant sur le cerveau sont à éviter, à cause des "
    "chutes et des fractures. Comptent les gabapentinoïdes, les antidépresseurs, les antipsychotiques, les opioïdes, "
    "les myorelaxants et les apparentés des benzodiazépines.",
    "note.asam-2025.older_adult": "Une décroissance est conseillée, sauf raisons impérieuses de poursuivre.",
    "note.asam-2025.opioid": "Un antidote du surdosage, tel que la naloxone, est proposé.",
    "note.asam-2025.opioid_review": "Les bénéfices et les risques sont évalués au moins tous les 3 mois.",
    "note.asam-2025.alcohol": "Le risque de surdosage et de décès est plus élevé avec l’alcool.",
    "note.asam-2025.pregnancy": "Les bénéfices et les risques sont pesés pour la mère et l’enfant ensemble.",
    "note.asam-2025.severe_withdrawal": "Une hospitalisation est envisagée si un sevrage sévère ou compliqué est "
    "présent ou attendu. Avec les signes vitaux, un outil structuré et un plan pour les crises convulsives.",
    "note.asam-2025.short_use": "Doses plus faibles pendant un temps assez court, par exemple moins de 3 mois ; un "
    "mois compte pour 4 semaines.",
    "note.asam-2025.metabolites": "Les médicaments conjugués à l’acide glucuronique sont jugés plus sûrs en cas d’âge "
    "avancé ou de maladie du foie. L’âge avancé commence ici à 65 ans, comme dans Key takeaway 1d.",
    "note.asam-2025.suicidal": "Une hospitalisation est envisagée en cas de risque imminent d’auto-agression. Dit "
    "d’un risque que la première baisse ne réduira probablement pas bientôt.",
    "note.asam-2025.lung": "Les bénéfices et les risques sont évalués plus souvent, comme en cas d’apnées "
    "obstructives du sommeil. C’est l’exemple imprimé pour les affections physiques qui augmentent le risque.",
    "note.asam-2025.sedative": "Le risque de surdosage et de décès est plus élevé avec des médicaments qui "
    "ralentissent le cerveau.",
    "note.asam-2025.breastfeeding": "L’allaitement est encouragé si l’enfant a été exposé in utero : il peut atténuer "
    "le sevrage.",
    "note.bpac-nz.alcohol": "Un avis spécialisé est demandé en cas de trouble de l’usage d’alcool. De même en cas "
    "d’autre trouble de l’usage de substances, de maladie psychiatrique non traitée, d’échec d’une décroissance ou de "
    "dose élevée.",
    "note.cks.liver": "Avis spécialisé en cas de trouble de la fonction hépatique ; l’oxazépam peut être préféré. Lu "
    "dans une autre copie, dans le contexte de PrescQIPP.",
    "note.etg.epilepsy": "Arrêt plus lent que pour les autres antiépileptiques, pas avant 2 ans après la dernière "
    "crise.",
    "note.fda-class-label.sedative": "La gabapentine ou la prégabaline, à côté de médicaments qui ralentissent le "
    "cerveau, peut rendre la respiration difficile. Le risque est plus élevé chez les personnes âgées et en cas de "
    "maladie pulmonaire.",
    "note.has.alcohol": "L’alcool figure parmi les facteurs de haut risque sur la fiche.",
    "note.mhra-module.kidney": "La dose doit être plus faible si la fonction rénale est altérée.",
    "note.mhra-module.liver": "La dose doit être plus faible si la fonction hépatique est altérée.",
    "note.mhra-module.sedative": "Effets indésirables graves avec l’alcool ou d’autres sédatifs. La personne doit en "
    "être avertie.",
    "note.nhs-scotland.epilepsy": "Prudence si le clobazam ou le clonazépam est pris pour une épilepsie.",
    "note.nsw.alcohol": "La dépendance à l’alcool figure parmi les facteurs de haut risque.",
    "note.nsw.seizures": "Des crises convulsives documentées figurent parmi les facteurs de haut risque.",
    "note.sps-lactation.breastfeeding": "Le médicament peut s’accumuler chez l’enfant, avec sédation et risque "
    "d’apnée. La prudence est conseillée ; les médicaments d’action plus courte, comme le lorazépam et l’oxazépam, "
    "sont préférés.",
    "note.unc-deprescribing.older_adult": "Une décroissance lente est proposée.",
    "note.us-label-warnings.lung": "Prudence si la respiration est altérée, par exemple en cas de BPCO ou d’apnées du "
    "sommeil.",
    "note.us-label-warnings.lung.2": "Contre-indiqué en cas d’insuffisance respiratoire sévère et d’apnées du sommeil.",
    "note.us-label-warnings.kidney": "Les précautions habituelles si la fonction rénale est altérée.",
    "note.us-label-warnings.kidney.2": "Prudence en cas d’insuffisance rénale.",
    "note.us-label-warnings.suicidal": "En cas de dépression, garder à l’esprit la possibilité d’un suicide.",
    "note.us-label-warnings.suicidal.2": "Prudence en cas de dépression et de tendances suicidaires.",
    "note.us-label-warnings.breastfeeding": "Non recommandé pendant l’allaitement.",
    "note.us-label-warnings.epilepsy": "Retrait progressif, contre les crises convulsives et l’état de mal "
    "épileptique.",
    "note.uwa-deprescribing.epilepsy": "Décision prise avec le neurologue. Dit des antiépileptiques en tant que "
    "classe, chez les personnes de 65 ans ou plus.",
    "note.bpac-nz.drug_free_days": "Des jours prévus sans médicament sont la dernière partie, après le plus faible "
    "dosage disponible.",
    "note.empower.drug_free_days": "Quatre jours par semaine sans dose aux semaines 15 et 16 sur 18, un quart de la "
    "dose les autres jours.",
    "note.hus.drug_free_days": "Des soirs sans, par exemple vendredi et lundi, puis au plus trois soirs avec ; après "
    "une utilisation courte.",
    "note.hypnotic-trials.drug_free_days": "Des nuits prévues sans médicament au plus faible dosage : Morin 2004, "
    "Belleville 2007. Hypnotiques seulement, à la fin.",
    "note.unc-deprescribing.drug_free_days": "Des pauses sans médicament vers la fin, ou quand le dosage ne permet "
    "pas de baisses plus petites.",
    "note.etg.specialist": "Au-dessus de 40 mg par jour en équivalent diazépam, un avis spécialisé est demandé.",
    "note.wa.specialist": "Au-dessus d’environ 40 mg en équivalent diazépam, une prise en charge spécialisée peut "
    "être nécessaire.",
    "note.east-region.switch_dose": "Des doses plus élevées devraient rarement être utilisées ; 30 mg préviennent les "
    "crises dans la plupart des cas, quelle que soit la dose prise avant.",
    "note.ni-formulary.switch_dose": "Plus de 30 mg en équivalent diazépam seulement très rarement.",
    "note.maudsley-2024.A": "A, plus rapide",
    "note.maudsley-2024.B": "B, modéré",
    "note.maudsley-2024.C": "C, plus lent",
    "note.supply.GB": "au plus 30 jours, par bonne pratique ; une ordonnance est valable 28 jours",
    "note.supply.GB.temazepam": "au plus 30 jours, par bonne pratique ; une ordonnance est valable 28 jours, n’est "
    "pas renouvelée, et indique la quantité en lettres et en chiffres",
    "note.supply.GB.zopiclone+zaleplon": "Schedule 4 partie I depuis le 10 juin 2014 : valable 28 jours, renouvelable",
    "note.supply.US": "pas de délivrance ni de renouvellement plus de 6 mois après l’émission, et au plus 5 "
    "renouvellements",
    "note.supply.US.New York": "30 jours ; jusqu’à 3 mois avec un code d’affection (condition code) ; renouvellement "
    "au plus tôt 7 jours avant la fin",
    "note.supply.FR.N05CD+N05CF": "les hypnotiques ne sont pas prescrits pour plus de 4 semaines à la fois",
    "note.supply.FR.N05BA": "les anxiolytiques ne sont pas prescrits pour plus de 12 semaines à la fois",
    "note.supply.FR.zolpidem+clorazepate": "le zolpidem par voie orale, et le clorazépate à partir de 20 mg, relèvent "
    "en partie des règles des stupéfiants (ordonnance sécurisée)",
    "note.supply.DE": "4 semaines à la charge de l’assurance maladie légale ; plus longtemps dans des cas individuels "
    "justifiés, dont une décroissance par étapes",
    "note.supply.CH": "1 mois ; jusqu’à 6 mois si la durée exacte du traitement figure sur l’ordonnance",
    "note.supply.NZ": "3 mois, délivrés chaque mois sauf avis contraire du prescripteur",
    "note.supply.NO": "une délivrance sans renouvellement, sauf remboursement public ; par téléphone le plus petit "
    "conditionnement ou 7 jours",
    "note.supply.DK.clonazepam": "une délivrance, sauf délivrance fractionnée (groupe A depuis le 14 septembre 2015)",
    "note.supply.DK": "les cabinets donnent au plus un mois, lors d’une consultation",
    "note.supply.AU.New South Wales": "une ordonnance est valable 6 mois",
    "note.supply.AU.New South Wales.alprazolam": "Schedule 8 ; une autorisation pour plus de 2 mois sans "
    "interruption, ou pour une personne dépendante",
    "note.supply.IE": "une ordonnance indique la quantité totale en lettres et en chiffres, ainsi que le nom, la "
    "dose, la forme et le dosage",
    "note.metabolites.brotizolam": "un métabolite actif",
    "note.metabolites.chlordiazepoxide": "desméthylchlordiazépoxide, démoxépam, desméthyldiazépam",
    "note.metabolites.clobazam": "un métabolite actif, demi-vie 71-82 h",
    "note.metabolites.clorazepate": "nordazépam, formé dans l’estomac",
    "note.metabolites.diazepam": "desméthyldiazépam (nordazépam)",
    "note.metabolites.diazepam.2": "témazépam et oxazépam",
    "note.metabolites.flurazepam": "N-désalkylflurazépam, demi-vie 40-150 h",
    "note.last dose.clonazepam": "RCP américain du clonazépam",
    "note.last dose.alprazolam": "RCP américain de l’alprazolam",
}
