"""What the catalog says in words of its own, in German: its notes, what fills may last, metabolites and names."""

TEXTS: dict[str, str] = {
    "note.ags-beers-2023.older_adult": "Benzodiazepine und Z-Substanzen sollen vermieden werden. Ausgenommen sind bei "
    "Benzodiazepinen unter anderem die Behandlung des Entzugs und von Krampfanfällen.",
    "note.ags-beers-2023.opioid": "Ein Opioid zusammen mit einem Benzodiazepin soll wegen der Gefahr einer "
    "Überdosierung vermieden werden.",
    "note.ags-beers-2023.sedative": "Drei oder mehr Mittel, die auf das Gehirn wirken, sollen wegen Stürzen und "
    "Knochenbrüchen vermieden werden. Dazu zählen Gabapentinoide, Antidepressiva, Antipsychotika, Opioide, "
    "Muskelrelaxanzien und Z-Substanzen.",
    "note.asam-2025.older_adult": "Ausschleichen wird geraten, wenn kein zwingender Grund für die Fortsetzung spricht.",
    "note.asam-2025.opioid": "Ein Gegenmittel bei Überdosierung wie Naloxon wird angeboten.",
    "note.asam-2025.opioid_review": "Nutzen und Risiken werden mindestens alle 3 Monate beurteilt.",
    "note.asam-2025.alcohol": "Mit Alkohol ist die Gefahr von Überdosierung und Tod größer.",
    "note.asam-2025.pregnancy": "Nutzen und Risiken werden für Mutter und Kind gemeinsam abgewogen.",
    "note.asam-2025.severe_withdrawal": "Bei schwerem oder kompliziertem Entzug, bestehend oder zu erwarten, wird "
    "eine stationäre Behandlung erwogen. Mit Vitalzeichen, einem strukturierten Messinstrument und einem Plan für "
    "Krampfanfälle.",
    "note.asam-2025.short_use": "Niedrigere Dosen über recht kurze Zeit, zum Beispiel weniger als 3 Monate; ein Monat "
    "zählt als 4 Wochen.",
    "note.asam-2025.metabolites": "An Glucuronsäure gebundene Mittel gelten im Alter und bei Lebererkrankung als "
    "sicherer. Ältere sind hier Menschen ab 65 Jahren, wie in Key takeaway 1d.",
    "note.asam-2025.suicidal": "Bei unmittelbarer Gefahr einer Selbstverletzung wird eine stationäre Behandlung "
    "erwogen. Das gilt für ein Risiko, das die erste Reduktion voraussichtlich nicht bald senkt.",
    "note.asam-2025.lung": "Nutzen und Risiken werden öfter beurteilt, etwa bei obstruktiver Schlafapnoe. Sie ist das "
    "gedruckte Beispiel für körperliche Erkrankungen, die das Risiko erhöhen.",
    "note.asam-2025.sedative": "Mit Mitteln, die das Gehirn dämpfen, ist die Gefahr von Überdosierung und Tod größer.",
    "note.asam-2025.breastfeeding": "Zum Stillen wird geraten, wenn das Kind im Mutterleib exponiert war: Es kann den "
    "Entzug lindern.",
    "note.bpac-nz.alcohol": "Bei Alkoholkrankheit wird eine Fachperson gefragt. Ebenso bei einer anderen "
    "Suchterkrankung, unbehandelter psychischer Erkrankung, gescheitertem Ausschleichen oder hoher Dosis.",
    "note.cks.liver": "Bei gestörter Leberfunktion eine Fachperson fragen; Oxazepam kann vorzuziehen sein. Gelesen in "
    "einer anderen Kopie, im Zusammenhang mit PrescQIPP.",
    "note.etg.epilepsy": "Langsamer absetzen als andere Antiepileptika, frühestens 2 Jahre nach dem letzten Anfall.",
    "note.fda-class-label.sedative": "Gabapentin oder Pregabalin neben Mitteln, die das Gehirn dämpfen, kann das Atmen "
    "erschweren. Ältere und Menschen mit Lungenerkrankung sind stärker gefährdet.",
    "note.has.alcohol": "Alkohol gehört auf der Karte zu den Faktoren für ein hohes Risiko.",
    "note.mhra-module.kidney": "Bei eingeschränkter Nierenfunktion soll die Dosis niedriger sein.",
    "note.mhra-module.liver": "Bei eingeschränkter Leberfunktion soll die Dosis niedriger sein.",
    "note.mhra-module.sedative": "Schwere Nebenwirkungen zusammen mit Alkohol oder anderen Sedativa. Die Person soll "
    "davor gewarnt werden.",
    "note.nhs-scotland.epilepsy": "Vorsicht, wenn Clobazam oder Clonazepam gegen Epilepsie genommen wird.",
    "note.nsw.alcohol": "Alkoholabhängigkeit gehört zu den Faktoren für ein hohes Risiko.",
    "note.nsw.seizures": "Dokumentierte Krampfanfälle gehören zu den Faktoren für ein hohes Risiko.",
    "note.sps-lactation.breastfeeding": "Das Mittel kann sich im Kind anreichern, mit Sedierung und der Gefahr von "
    "Atemaussetzern. Vorsicht wird geraten; kürzer wirksame Mittel wie Lorazepam und Oxazepam werden vorgezogen.",
    "note.unc-deprescribing.older_adult": "Langsames Ausschleichen wird angeboten.",
    "note.us-label-warnings.lung": "Vorsicht bei beeinträchtigter Atmung, etwa bei COPD oder Schlafapnoe.",
    "note.us-label-warnings.lung.2": "Kontraindiziert bei schwerer Ateminsuffizienz und bei Schlafapnoe.",
    "note.us-label-warnings.kidney": "Die üblichen Vorsichtsmaßnahmen bei eingeschränkter Nierenfunktion.",
    "note.us-label-warnings.kidney.2": "Vorsicht bei eingeschränkter Nierenfunktion.",
    "note.us-label-warnings.suicidal": "Bei Depression ist an die Möglichkeit eines Suizids zu denken.",
    "note.us-label-warnings.suicidal.2": "Vorsicht bei Depression und Suizidneigung.",
    "note.us-label-warnings.breastfeeding": "Stillenden nicht empfohlen.",
    "note.us-label-warnings.epilepsy": "Schrittweise absetzen, um Krampfanfälle und einen Status epilepticus zu "
    "vermeiden.",
    "note.uwa-deprescribing.epilepsy": "Entscheidung gemeinsam mit der Neurologie. Gesagt von Antiepileptika als "
    "Gruppe, bei Menschen ab 65 Jahren.",
    "note.bpac-nz.drug_free_days": "Geplante Tage ohne das Mittel sind der letzte Teil, nach der niedrigsten "
    "verfügbaren Stärke.",
    "note.empower.drug_free_days": "Vier Tage der Woche ohne Dosis in den Wochen 15 und 16 von 18, an den anderen ein "
    "Viertel der Dosis.",
    "note.hus.drug_free_days": "Abende ohne das Mittel, zum Beispiel Freitag und Montag, dann höchstens drei Abende "
    "damit; nach kurzem Gebrauch.",
    "note.hypnotic-trials.drug_free_days": "Geplante Nächte ohne das Mittel bei der niedrigsten Stärke: Morin 2004, "
    "Belleville 2007. Nur Schlafmittel, am Ende.",
    "note.unc-deprescribing.drug_free_days": "Pausen ohne das Mittel gegen Ende oder wenn die Stärke keine kleineren "
    "Reduktionen erlaubt.",
    "note.etg.specialist": "Über 40 mg Diazepam-Äquivalent pro Tag wird eine Fachperson gefragt.",
    "note.wa.specialist": "Über etwa 40 mg Diazepam-Äquivalent kann eine Behandlung durch eine Fachperson nötig sein.",
    "note.east-region.switch_dose": "Höhere Dosen sollen nur selten gegeben werden; 30 mg beugen in den meisten "
    "Fällen Anfällen vor, was auch immer zuvor genommen wurde.",
    "note.ni-formulary.switch_dose": "Mehr als 30 mg Diazepam-Äquivalent nur sehr selten.",
    "note.maudsley-2024.A": "A, schneller",
    "note.maudsley-2024.B": "B, mittel",
    "note.maudsley-2024.C": "C, langsamer",
    "note.supply.GB": "höchstens 30 Tage, als gute Praxis; ein Rezept gilt 28 Tage",
    "note.supply.GB.temazepam": "höchstens 30 Tage, als gute Praxis; ein Rezept gilt 28 Tage, wird nicht wiederholt "
    "und nennt die Menge in Worten und Ziffern",
    "note.supply.GB.zopiclone+zaleplon": "Schedule 4 Teil I seit 10.\u00a0Juni 2014: 28 Tage gültig, "
    "Wiederholung möglich",
    "note.supply.US": "keine Abgabe oder Wiederholung später als 6 Monate nach Ausstellung, höchstens 5 Wiederholungen",
    "note.supply.US.New York": "30 Tage; bis zu 3 Monate mit einem Diagnoseschlüssel (condition code); Wiederholung "
    "frühestens 7 Tage vor dem Ende",
    "note.supply.FR.N05CD+N05CF": "Schlafmittel werden für höchstens 4 Wochen auf einmal verordnet",
    "note.supply.FR.N05BA": "Anxiolytika werden für höchstens 12 Wochen auf einmal verordnet",
    "note.supply.FR.zolpidem+clorazepate": "Zolpidem zum Einnehmen und Clorazepat ab 20 mg stehen teilweise unter den "
    "Regeln für Betäubungsmittel (fälschungssicheres Rezept)",
    "note.supply.DE": "4 Wochen zulasten der gesetzlichen Krankenversicherung; länger in begründeten Einzelfällen, zu "
    "denen ein schrittweises Ausschleichen gehört",
    "note.supply.CH": "1 Monat; bis zu 6 Monate, wenn die genaue Behandlungsdauer auf dem Rezept steht",
    "note.supply.NZ": "3 Monate, monatliche Abgabe, außer die verschreibende Person verlangt es anders",
    "note.supply.NO": "eine Abgabe ohne Wiederholung, außer bei staatlicher Erstattung; telefonisch die kleinste "
    "Packung oder 7 Tage",
    "note.supply.DK.clonazepam": "eine Abgabe, außer in Teilmengen (Gruppe A seit 14.\u00a0September 2015)",
    "note.supply.DK": "Praxen geben höchstens einen Monat, bei einem Besuch",
    "note.supply.AU.New South Wales": "ein Rezept gilt 6 Monate",
    "note.supply.AU.New South Wales.alprazolam": "Schedule 8; eine Genehmigung für mehr als 2 Monate ohne Pause oder "
    "für eine abhängige Person",
    "note.supply.IE": "ein Rezept nennt die Gesamtmenge in Worten und Ziffern sowie Name, Dosis, Form und Stärke",
    "note.metabolites.brotizolam": "ein aktiver Metabolit",
    "note.metabolites.chlordiazepoxide": "Desmethylchlordiazepoxid, Demoxepam, Desmethyldiazepam",
    "note.metabolites.clobazam": "ein aktiver Metabolit, Halbwertszeit 71-82 h",
    "note.metabolites.clorazepate": "Nordazepam, im Magen gebildet",
    "note.metabolites.diazepam": "Desmethyldiazepam (Nordazepam)",
    "note.metabolites.diazepam.2": "Temazepam und Oxazepam",
    "note.metabolites.flurazepam": "N-Desalkylflurazepam, Halbwertszeit 40-150 h",
    "note.last dose.clonazepam": "die US-Fachinformation von Clonazepam",
    "note.last dose.alprazolam": "die US-Fachinformation von Alprazolam",
    "guideline.adfd": "ADFD-Forum",
    "guideline.belgium-2023": "Belgisches Programm",
    "guideline.bnf-old": "BNF (alt)",
    "guideline.canada-casn-percent": "CASN (Prozent)",
    "guideline.cks": "NICE CKS (Kopie)",
    "guideline.denmark-irf": "IRF (Dänemark)",
    "guideline.etg": "eTG (Australien)",
    "guideline.fda-class-label": "FDA (Fachinformation)",
    "guideline.hus": "HUS (Finnland)",
    "guideline.hypnotic-trials": "Schlafmittelstudien",
    "guideline.nhg-lumc": "NHG und LUMC",
    "guideline.norway-nhi": "NHI und RUSinfo",
    "guideline.us-label-warnings": "US-Fachinformation",
    "guideline.us-labels": "US-Fachinformationen",
}
