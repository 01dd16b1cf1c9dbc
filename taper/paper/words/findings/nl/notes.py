"""What the catalog says in words of its own, in Dutch."""

TEXTS: dict[str, str] = {
    "note.ags-beers-2023.older_adult": "Benzodiazepinen en Z-middelen worden vermeden. Uitzonderingen voor "
    "benzodiazepinen zijn onder meer de behandeling van ontwenning en van epileptische aanvallen.",
    "note.ags-beers-2023.opioid": "Een opioïde samen met een benzodiazepine wordt vermeden, wegens overdosering.",
    "note.ags-beers-2023.sedative": "Drie of meer middelen die op de hersenen werken, worden vermeden, wegens vallen "
    "en fracturen. Gabapentinoïden, antidepressiva, antipsychotica, opioïden, spierverslappers en Z-middelen tellen "
    "mee.",
    "note.asam-2025.older_adult": "Afbouw wordt geadviseerd, tenzij er dwingende redenen zijn om door te gaan.",
    "note.asam-2025.opioid": "Een antidotum tegen overdosering, zoals naloxon, wordt aangeboden.",
    "note.asam-2025.opioid_review": "Risico’s en voordelen worden minstens elke 3 maanden beoordeeld.",
    "note.asam-2025.alcohol": "Het risico op overdosering en overlijden is hoger met alcohol.",
    "note.asam-2025.pregnancy": "Risico’s en voordelen worden voor moeder en kind samen afgewogen.",
    "note.asam-2025.severe_withdrawal": "Opname wordt overwogen bij bestaande of verwachte ernstige of gecompliceerde "
    "ontwenning. Met vitale functies, een gestructureerd meetinstrument en een plan voor epileptische aanvallen.",
    "note.asam-2025.short_use": "Lagere doses gedurende betrekkelijk korte tijd, bijvoorbeeld minder dan 3 maanden; "
    "een maand is geteld als 4 weken.",
    "note.asam-2025.metabolites": "Middelen die aan glucuronzuur worden gebonden, gelden als veiliger op hoge "
    "leeftijd en bij leverziekte. Met ouderen zijn personen van 65 jaar of ouder bedoeld, zoals in Key takeaway 1d.",
    "note.asam-2025.suicidal": "Opname wordt overwogen bij een acuut risico op zelfbeschadiging. Dit betreft een "
    "risico dat door de eerste verlaging waarschijnlijk niet snel daalt.",
    "note.asam-2025.lung": "Risico’s en voordelen worden vaker beoordeeld, zoals bij obstructieve slaapapneu. Dat is "
    "het voorbeeld dat er staat voor lichamelijke aandoeningen die het risico vergroten.",
    "note.asam-2025.sedative": "Het risico op overdosering en overlijden is hoger met middelen die de hersenen dempen.",
    "note.asam-2025.breastfeeding": "Borstvoeding wordt aangemoedigd als het kind in de baarmoeder is blootgesteld: "
    "dat kan de ontwenning verlichten.",
    "note.bpac-nz.alcohol": "Bij een stoornis in alcoholgebruik wordt een specialist gevraagd. Ook bij een andere "
    "stoornis in middelengebruik, een onbehandelde psychiatrische ziekte, een mislukte afbouw of een hoge dosis.",
    "note.cks.liver": "Advies van een specialist bij leverfunctiestoornis; oxazepam kan de voorkeur hebben. Gelezen "
    "in een andere kopie, in de context van PrescQIPP.",
    "note.etg.epilepsy": "Langzamer stoppen dan met andere anti-epileptica, niet eerder dan 2 jaar na de laatste "
    "aanval.",
    "note.fda-class-label.sedative": "Gabapentine of pregabaline naast middelen die de hersenen dempen, kan de "
    "ademhaling bemoeilijken. Ouderen en mensen met longziekte lopen meer risico.",
    "note.has.alcohol": "Alcohol staat op de kaart bij de factoren van hoog risico.",
    "note.mhra-module.kidney": "De dosis hoort lager te zijn bij verminderde nierfunctie.",
    "note.mhra-module.liver": "De dosis hoort lager te zijn bij verminderde leverfunctie.",
    "note.mhra-module.sedative": "Ernstige bijwerkingen samen met alcohol of andere sedativa. De persoon moet ervoor "
    "worden gewaarschuwd.",
    "note.nhs-scotland.epilepsy": "Voorzichtigheid als clobazam of clonazepam voor epilepsie wordt gebruikt.",
    "note.nsw.alcohol": "Alcoholafhankelijkheid is een van de factoren van hoog risico.",
    "note.nsw.seizures": "Vastgestelde epileptische aanvallen zijn een van de factoren van hoog risico.",
    "note.sps-lactation.breastfeeding": "Het middel kan zich in het kind ophopen, met sedatie en een risico op apneu. "
    "Voorzichtigheid is geboden; korter werkende middelen zoals lorazepam en oxazepam hebben de voorkeur.",
    "note.unc-deprescribing.older_adult": "Een langzame afbouw wordt aangeboden.",
    "note.us-label-warnings.lung": "Voorzichtigheid bij verminderde ademhaling, zoals bij COPD of slaapapneu.",
    "note.us-label-warnings.lung.2": "Gecontra-indiceerd bij ernstige ademhalingsinsufficiëntie en bij slaapapneu.",
    "note.us-label-warnings.kidney": "De gebruikelijke voorzorgen bij verminderde nierfunctie.",
    "note.us-label-warnings.kidney.2": "Voorzichtigheid bij nierfunctiestoornis.",
    "note.us-label-warnings.suicidal": "Bij depressie moet rekening worden gehouden met mogelijke suïcide.",
    "note.us-label-warnings.suicidal.2": "Voorzichtigheid bij depressie en suïcidale neigingen.",
    "note.us-label-warnings.breastfeeding": "Niet aanbevolen bij borstvoeding.",
    "note.us-label-warnings.epilepsy": "Geleidelijk stoppen, ter voorkoming van epileptische aanvallen en status "
    "epilepticus.",
    "note.uwa-deprescribing.epilepsy": "Samen met de neuroloog beslist. Gezegd van anti-epileptica als groep, bij "
    "personen van 65 jaar of ouder.",
    "note.bpac-nz.drug_free_days": "Geplande dagen zonder middel zijn het laatste deel, na de laagste verkrijgbare "
    "sterkte.",
    "note.empower.drug_free_days": "Vier dagen van de week zonder dosis in week 15 en 16 van 18, op de andere dagen "
    "een kwart van de dosis.",
    "note.hus.drug_free_days": "Avonden zonder, bijvoorbeeld vrijdag en maandag, daarna hoogstens drie avonden met; "
    "na kort gebruik.",
    "note.hypnotic-trials.drug_free_days": "Geplande nachten zonder middel bij de laagste sterkte: Morin 2004, "
    "Belleville 2007. Alleen slaapmiddelen, aan het einde.",
    "note.unc-deprescribing.drug_free_days": "Dagen zonder middel tegen het einde, of waar de sterkte geen kleinere "
    "verlagingen toelaat.",
    "note.etg.specialist": "Boven 40 mg diazepamequivalent per dag wordt een specialist gevraagd.",
    "note.wa.specialist": "Boven ongeveer 40 mg diazepamequivalent kan behandeling onder een specialist nodig zijn.",
    "note.east-region.switch_dose": "Hogere doses horen zelden te worden gebruikt; 30 mg voorkomt in de meeste "
    "gevallen aanvallen, wat er ook eerder is gebruikt.",
    "note.ni-formulary.switch_dose": "Meer dan 30 mg diazepamequivalent alleen zeer zelden.",
    "note.maudsley-2024.A": "A, sneller",
    "note.maudsley-2024.B": "B, gemiddeld",
    "note.maudsley-2024.C": "C, langzamer",
    "note.supply.GB": "hoogstens 30 dagen, als goede praktijk; een recept is 28 dagen geldig",
    "note.supply.GB.temazepam": "hoogstens 30 dagen, als goede praktijk; een recept is 28 dagen geldig, wordt niet "
    "herhaald en noemt de hoeveelheid in woorden en cijfers",
    "note.supply.GB.zopiclone+zaleplon": "Schedule 4 part I sinds 10 juni 2014: 28 dagen geldig, mag worden herhaald",
    "note.supply.US": "niet afgeleverd of herhaald meer dan 6 maanden na uitgifte, en hoogstens 5 keer herhaald",
    "note.supply.US.New York": "30 dagen; tot 3 maanden met een ‘condition code’; herhaald niet eerder dan 7 dagen "
    "voor het einde",
    "note.supply.FR.N05CD+N05CF": "slaapmiddelen worden voor niet langer dan 4 weken per keer voorgeschreven",
    "note.supply.FR.N05BA": "anxiolytica worden voor niet langer dan 12 weken per keer voorgeschreven",
    "note.supply.FR.zolpidem+clorazepate": "oraal zolpidem, en clorazepaat vanaf 20 mg, vallen deels onder de regels "
    "voor verdovende middelen (beveiligd recept)",
    "note.supply.DE": "4 weken op kosten van de wettelijke verzekering; langer in gemotiveerde individuele gevallen, "
    "waaronder stapsgewijze afbouw",
    "note.supply.CH": "1 maand; tot 6 maanden als de exacte behandelduur op het recept staat",
    "note.supply.NZ": "3 maanden, maandelijks afgeleverd tenzij de voorschrijver anders bepaalt",
    "note.supply.NO": "één aflevering en geen herhaling, behalve bij vergoeding door de overheid; telefonisch de "
    "kleinste verpakking of 7 dagen",
    "note.supply.DK.clonazepam": "één aflevering, tenzij in porties (groep A sinds 14 september 2015)",
    "note.supply.DK": "praktijken geven hoogstens één maand, bij een consult",
    "note.supply.AU.New South Wales": "een recept is 6 maanden geldig",
    "note.supply.AU.New South Wales.alprazolam": "Schedule 8; een machtiging voor meer dan 2 maanden zonder "
    "onderbreking, of voor een persoon die afhankelijk is",
    "note.supply.IE": "een recept noemt de totale hoeveelheid in woorden en cijfers, en naam, dosis, vorm en sterkte",
    "note.metabolites.brotizolam": "een actieve metaboliet",
    "note.metabolites.chlordiazepoxide": "desmethylchloordiazepoxide, demoxepam, desmethyldiazepam",
    "note.metabolites.clobazam": "een actieve metaboliet, halfwaardetijd 71-82 uur",
    "note.metabolites.clorazepate": "nordazepam, gevormd in de maag",
    "note.metabolites.diazepam": "desmethyldiazepam (nordazepam)",
    "note.metabolites.diazepam.2": "temazepam en oxazepam",
    "note.metabolites.flurazepam": "N-desalkylflurazepam, halfwaardetijd 40-150 uur",
    "note.last dose.clonazepam": "US-productinformatie van clonazepam",
    "note.last dose.alprazolam": "US-productinformatie van alprazolam",
}
