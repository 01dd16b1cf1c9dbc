"""What the readers of records remark on them, in German."""

TEXTS: dict[str, str] = {
    "remark.no day": "nicht angegeben",
    "remark.no address": "ohne Adresse",
    "remark.bounds.start": "Der Anfang des Zeitraums ist kein vollständiges Datum",
    "remark.bounds.end": "Das Ende des Zeitraums ist kein vollständiges Datum",
    "remark.bounds.no day": "Der Zeitraum besteht aus Zeitpunkten und umfasst keinen ganzen Tag",
    "remark.bounds.moments": "Der Zeitraum besteht aus Zeitpunkten, nicht aus Tagen; jeder Tag zählt zu dem Schritt, "
    "in den seine Mitte fällt",
    "remark.length.no days": "Die Dauer des Schritts ist keine ganze Zahl von Tagen, Wochen oder Monaten",
    "remark.length.range": "Die Dauer des Schritts ist ein Bereich, sein letzter Tag ist daher nicht bekannt",
    "remark.length.of intake": "Die Dauer des Schritts, {days}, steht im Feld für die Dauer einer einzelnen Gabe",
    "remark.last before first": "Der letzte Tag, {end}, liegt vor dem ersten, {start}",
    "remark.last not written": "Der letzte Tag ist nicht als Jahr-Monat-Tag geschrieben",
    "remark.last before or late": "Der letzte Tag, {end}, liegt vor dem ersten oder mehr als zehn Jahre danach",
    "remark.last is first": "Der letzte Tag ist der erste, die Abgabe ist aber für so viele Tage: {days}; was gemeint "
    "ist, ist nicht bekannt",
    "remark.date not written": "Das Datum ist nicht als Jahr-Monat-Tag geschrieben",
    "remark.no sequence": "Nicht alle Dosierungen haben eine laufende Nummer, ihre Reihenfolge ist daher nicht "
    "angegeben",
    "remark.lengths only": "Die Schritte haben eine Dauer, aber keine Daten; sie wurden ab dem Tag der Ausstellung "
    "aneinandergereiht",
    "remark.beyond entry": "Ein Schritt, {start} bis {end}, reicht über die Tage seines Eintrags hinaus, {first} bis "
    "{last}",
    "remark.by supply.no dates": "Die Anordnung hat keine Daten; sie wurde ab dem Tag der Ausstellung für die Dauer "
    "ihrer Abgabe angesetzt ({days})",
    "remark.by supply.no last day": "Die Anordnung hat keinen letzten Tag; sie wurde für die Dauer ihrer Abgabe "
    "angesetzt ({days})",
    "remark.open.next": "Ein Schritt hat keinen letzten Tag; er wurde so gelesen, dass er endet, wenn der nächste "
    "beginnt",
    "remark.open.first": "Ein Schritt hat keinen letzten Tag; er ist nur für seinen ersten Tag bekannt",
    "remark.open.none follows": "Ein Schritt hat keinen letzten Tag, und keiner folgt; bekannt ist nur sein erster Tag",
    "remark.no first day.name": "Ein Schritt hat eine Dauer, aber keinen ersten Tag und wurde daher nicht angesetzt; "
    "den ersten Tag angeben, falls er bekannt ist",
    "remark.no first day.before": "Ein Schritt hat eine Dauer, aber keinen ersten Tag, weil ein Schritt davor keine "
    "Dauer hat; er wurde daher nicht angesetzt und ist von Hand einzutragen",
    "remark.no dates.name": "Ein Schritt hat weder Daten noch eine Dauer und wurde daher nicht angesetzt; den ersten "
    "Tag angeben, falls er bekannt ist",
    "remark.no dates.after": "Ein Schritt hat weder Daten noch eine Dauer; er und alle Schritte danach wurden daher "
    "nicht angesetzt; seine Dauer von Hand eintragen",
    "remark.stopped": "Die Anordnung wurde beendet; sie wurde bis {day} gelesen, dem Beginn der nächsten oder dem Tag "
    "ihrer Änderung",
    "remark.refill": "Eine Wiederholung derselben Dosen; sie zählt ab dem Tag nach der vorigen Abgabe",
    "remark.other doses": "Andere Dosen, bevor die Abgabe aufgebraucht ist; gelesen als Ersatz für die vorigen",
    "remark.not read": "Ein Eintrag dieser Art wird nicht gelesen: {kind}",
    "remark.left out": "Der Eintrag wurde ausgelassen: {reason}",
    "remark.left out.modifier": "er trägt einen Zusatz, der seinen Sinn umkehren kann ({address})",
    "remark.left out.rules": "er ist an Regeln gebunden, die nicht bekannt sind ({address})",
    "remark.left out.in error": "sein Arzneimittel wurde irrtümlich eingetragen",
    "remark.left out.not taken": "er wird nicht eingenommen oder soll nicht ausgeführt werden",
    "remark.left out.status": "sein Status ist {status}",
    "remark.no resource": "{count} Zeilen sind keine FHIR-Ressource",
    "remark.which drug": "Es ist nicht klar, welches Mittel gemeint ist",
    "remark.different drugs": "Die Namen und Codes meinen verschiedene Mittel: {drugs}",
    "remark.names of different drugs": "Die Namen meinen verschiedene Mittel: {drugs}",
    "remark.other name": "Ob dieser andere Name des Arzneimittels {drug} meint, ist nicht bekannt; bitte ansehen",
    "remark.strengths": "Namen und Wirkstoffe des Arzneimittels ergeben mehr als eine Stärke",
    "remark.strength differs": "Der Name des Präparats sagt {name}, als Stärke ist {column} angegeben",
    "remark.containers": "Die Menge kann mL oder Behältnisse meinen und führt daher nicht zu mg",
    "remark.no strength": "Die Stärke des Präparats ist nicht angegeben, die Menge führt daher nicht zu mg",
    "remark.not in catalog": "{drug} steht nicht im Katalog; die publizierten Grenzen gelten dafür nicht",
    "remark.not of the schedule": "{drug} steht nicht im Katalog und gehört nicht zu diesem Plan",
    "remark.no dosage": "Es gibt keine Dosierung",
    "remark.modifier": "Die Dosierung trägt einen Zusatz, der ihren Sinn umkehren kann ({address})",
    "remark.other route": "Die Dosis wird nicht über den Mund gegeben und zählt nicht zu dem, was eingenommen wird",
    "remark.as needed": "Die Dosis soll nur bei Bedarf genommen werden, eine Tagesdosis ergibt sich daraus nicht",
    "remark.intakes.no days": "Die Zahl der Einnahmen ist begrenzt, und das ergibt keine ganze Zahl von Tagen",
    "remark.intakes.other days": "Die Zahl der Einnahmen ist auf {count} begrenzt, und die Tage des Schritts ergeben "
    "das nicht",
    "remark.largest.at a time": "Die Dosis ist größer als die größte, die der Datensatz auf einmal erlaubt",
    "remark.largest.day": "Die Dosis ist größer als die größte, die der Datensatz an einem Tag erlaubt",
    "remark.largest.days": "Die Dosis ist größer als die größte, die der Datensatz in {days:dat} erlaubt",
    "remark.no single dose": "Die Felder der Dosierung ergeben keine Einzeldosis",
    "remark.how often": "Die Felder der Dosierung sagen nicht eindeutig, wie oft eingenommen wird",
    "remark.no unit": "Die Einheit der Dosis führt nicht zu mg",
    "remark.words only": "Die Dosierung besteht nur aus Worten, daher wurde keine Dosis gelesen",
    "remark.words understood": "Die Dosierung besteht nur aus Worten, die alle verstanden wurden; die Dosen sind die "
    "der Worte",
    "remark.untimed": "Die Tageszeit ist nicht angegeben; die Dosis des Tages steht hier unter: {time}",
    "remark.no text": "eine Dosierung hat keinen Text zum Vergleich",
    "remark.not understood": "die Worte einer Dosierung wurden nicht ganz verstanden und daher nicht mit ihren Feldern "
    "verglichen",
    "remark.beside not understood": "Worte neben dem Text einer Dosierung wurden nicht ganz verstanden und daher nicht "
    "mit ihren Feldern verglichen",
    "remark.one after the other": "Die Worte nennen {count} Dosen nacheinander, die Felder eine für alle Tage",
    "remark.extra": "Die Worte nennen zusätzlich eine Dosis bei Bedarf; gelesen wurde nur die regelmäßige",
    "remark.words say": "Die Worte sagen: {what}",
    "remark.other words say": "Andere Worte sagen: {what}",
    "remark.differs": "{said}, die Felder {held}",
    "remark.differs.days": "Zahl der Tage {said}, die Felder {held}",
    "remark.differs.often": "Einnahmen pro Tag {said}, die Felder {held}",
    "remark.differs.count": "Tabletten oder Kapseln pro Einnahme {said}, die Felder {held}",
    "remark.differs.in a day": "Tabletten oder Kapseln pro Tag {said}, die Felder {held}",
    "remark.differs.strength": "mg in einem Stück {said}, die Felder {held}",
    "remark.differs.mg": "mg {said}, die Felder {held}",
    "remark.differs.start": "erster Tag {said}, die Felder {held}",
    "remark.code.codes": "Der Code der Zeitangabe sagt {what}, seine Codes etwas anderes",
    "remark.code.fields": "Der Code der Zeitangabe sagt {what}, seine Felder etwas anderes",
    "remark.items": "Die Bestandteile der Dosis ergeben {made}, die Dosis ist aber {dose}",
    "remark.total": "Die Summe ist {total}, die Tageszeiten ergeben aber {sum}",
    "remark.no day of supply": "Der Tag der Abgabe ist nicht angegeben",
    "remark.no quantity of supply": "Die abgegebene Menge ist nicht angegeben",
    "remark.no days of supply": "Für wie viele Tage die Abgabe gedacht war, ist nicht angegeben",
    "remark.quantity unit": "Die Menge führt nicht zu mg",
    "remark.quantity no number": "Die Menge ist keine Zahl",
    "remark.quantity days": "Die Abgabe soll {said} reichen, die Schritte dauern aber {held}",
    "remark.quantity none": "der Datensatz hat keine Menge zum Vergleich",
    "remark.quantity no mg": "die Einheit der Menge führt nicht zu mg",
    "remark.quantity": "Die Menge beträgt {said}, die Schritte brauchen aber {held}",
    "remark.tablets": "{number:tablets}",
    "remark.capsules": "{number:capsules}",
    "remark.pieces": "{number} Stück",
    "remark.units": "{number} {unit}",
    "remark.supply days": "Die Tage der Abgabe sind keine ganze Zahl von 1 bis {most}",
    "remark.directions kept": "Die Einnahmeanweisung wurde als Text behalten",
    "remark.directions.days": "Die Einnahmeanweisung nennt {said}, die Abgabe ist aber für {held}",
    "remark.directions.daily": "Die Einnahmeanweisung nennt {said} pro Tag, die Menge über ihre Tage ergibt aber "
    "{held}",
    "remark.directions.no days": "Die Tage eines Teils der Einnahmeanweisung sind nicht bekannt",
    "remark.directions.no sum": "Die Teile der Einnahmeanweisung ergeben nicht die Menge",
    "remark.directions.parts": "Die Teile der Einnahmeanweisung brauchen {used} in {days:dat}, abgegeben sind aber "
    "{amount} für {whole}",
    "remark.directions.strength": "Die Einnahmeanweisung nennt eine Stärke von {said}, beim Präparat sind es aber "
    "{held}",
    "remark.directions.dose": "Die Einnahmeanweisung nennt eine Dosis von {said}, beim Präparat sind es aber {held}",
    "remark.drug type": "Die Art des Eintrags sagt nicht, ob dies verordnet, abgegeben oder eingenommen wurde",
    "remark.refills": "Wiederholungen sind in {rows:dat} genannt und zählen nicht: Die Tage einer Zeile sind die einer "
    "Abgabe",
    "remark.taken back": "Die Menge ist negativ, und an diesem Tag gibt es keine gleiche Abgabe, die sie zurücknehmen "
    "könnte",
    "remark.reversal": "Die Abgabe ({place}) und ihre Rücknahme heben sich auf; keine von beiden zählt",
    "remark.same row": "Diese Zeile sagt dasselbe wie eine andere ({place}); sie zählt einmal",
    "remark.too many": "{number} Stück pro Tag sind mehr als {most}; Menge oder Tage der Abgabe sind vielleicht "
    "vertippt",
    "remark.too short": "Die Tage der Abgabe ergeben {number} pro Tag, dieselbe Menge in der Abgabe daneben {beside}; "
    "sie sind vielleicht vertippt",
    "remark.up to the next": "Die {days} Tage dieser Zeile sind die bis zur nächsten Abgabe, wie angegeben",
    "remark.averages": "Die Dosen sind Mittelwerte: eine Menge über die Tage, für die sie gedacht war; mehr kann nicht "
    "genommen worden sein",
    "remark.averages.early": "Die Dosen sind Mittelwerte: eine Menge über die Tage, für die sie gedacht war; mehr kann "
    "nicht genommen worden sein; früh geholte Abgaben ({count}) zählen ab dem Tag nach der vorigen",
    "remark.once": "{drug} {strength} wurde einmal abgegeben, für {days} neben {longest} einer anderen Stärke: "
    "vielleicht zum Gebrauch bei Bedarf",
    "remark.left over": "{amount} {drug} {strength} bleiben übrig: Eine andere Tagesmenge hat diese Abgabe am {day} "
    "ersetzt",
    "remark.no supply": "{days} ohne Abgabe ab {day}; {what}",
    "remark.no supply.gap": "mehr als {gap:days} gelten nach der angegebenen Lücke als Absetzen",
    "remark.no supply.unknown": "eine nicht verstandene Zeile kann dafür gelten; ob abgesetzt wurde, ist nicht bekannt",
    "remark.no supply.stopped": "mehr als {gap:days} bis zum Ende der Daten gelten nach der angegebenen Lücke als "
    "Absetzen",
    "remark.no supply.too early": "nicht mehr als {gap:days} bis zum Ende der Daten: zu früh, um zu sagen, ob "
    "abgesetzt wurde",
    "remark.event.no day": "Ein Termin hat keinen Tag",
    "remark.event.utc": "Ein Termin hat keinen Tag; sein Zeitpunkt ist in UTC, der am Ort selbst ist nicht bekannt",
    "remark.event.repeats": "Ein Termin wurde auf Wiederholung gestellt ({rule}), was kein Termin eines Plans tut, und "
    "daher nicht gelesen",
    "remark.event.words": "Ein Termin besteht nur aus Worten",
    "remark.medicament.no name": "Ein Arzneimittel hat keinen Namen",
    "remark.medicament.code": "Ein Arzneimittel ist durch {code} bezeichnet, und sein Präparat ist hier nicht bekannt",
    "remark.medicament.number": "Ein Arzneimittel ist durch eine Produktnummer bezeichnet, und sein Präparat ist hier "
    "nicht bekannt",
    "remark.medicament.none": "Ein Arzneimittel hat keine Posologie",
    "remark.medicament.instruction": "Ein Arzneimittel hat eine Anweisung",
    "remark.posology.days": "Die Tage einer Posologie sind nicht angegeben",
    "remark.posology.reserve": "Eine Dosis ist eine Reserve, bei Bedarf zu nehmen",
    "remark.posology.cycles": "Eine Dosis wird in Zyklen von Tagen genommen",
    "remark.posology.complex": "Eine Dosis hat komplexe Einnahmezeiten",
    "remark.posology.numbers": "Eine Dosis besteht nicht aus vier Zahlen für morgens, mittags, abends und nachts",
    "remark.posology.zero": "Eine Dosis ist null und hat kein Ende",
    "remark.posology.unit": "Eine Dosis lässt sich nicht in mg umrechnen: Ihre Einheit oder die Stärke des Präparats "
    "ist nicht bekannt",
    "remark.altered.no plan": "Die Anordnung und ihre Änderungen führen zu keinem Plan, diese Schritte sind also nicht "
    "die ihren",
    "remark.altered.identifier": "Die Kennung ist nicht die der Anordnung: von einem anderen Plan, oder die Anordnung "
    "wurde geändert",
    "remark.altered.number": "Am {day} ist Nummer oder Ziel des Schritts nicht, was die Anordnung mit ihren Änderungen "
    "ergibt",
    "remark.altered.steps": "Ab {day} sind die Schritte nicht die, zu denen die Anordnung mit ihren Änderungen führt",
    "remark.altered.stop": "Der erste Tag ohne das Mittel ist nicht der, zu dem die Anordnung führt",
    "remark.altered.quote": "im Dokument {found}; nach der Anordnung {wanted}",
    "remark.altered.no such day": "kein solcher Tag",
    "remark.altered.nothing": "nichts",
    "remark.altered.none": "keine",
    "remark.altered.intake": "{time} {dose} {drug}",
    "remark.altered.intake of": "{time} {dose} {drug} ({items})",
    "remark.altered.volume": "{volume} × {product}",
    "remark.altered.count": "{count} × {product}",
    "remark.of": "{amount} {product}",
    "remark.for": "{amount} für {days}",
    "remark.from to": "{first} bis {last}",
}
