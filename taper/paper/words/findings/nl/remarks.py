"""What the readers of records remark on them, in Dutch."""

TEXTS: dict[str, str] = {
    "place.line": "regel {number}",
    "place.event": "agenda-item {number}",
    "place.step": "stap {number}",
    "place.dosage": "{entry}, dosering {number}",
    "days.part": "{number:days}",
    "remark.no day": "geen",
    "remark.no address": "zonder adres",
    "remark.bounds.start": "Het begin van de periode (bounds) is geen volledige datum",
    "remark.bounds.end": "Het einde van de periode (bounds) is geen volledige datum",
    "remark.bounds.no day": "De periode (bounds) bestaat uit tijdstippen en omvat geen hele dag",
    "remark.bounds.moments": "De periode (bounds) bestaat uit tijdstippen, niet uit dagen; elke dag telt bij de stap "
    "waarin zijn midden valt",
    "remark.length.no days": "De duur van de stap is geen heel aantal dagen, weken of maanden",
    "remark.length.range": "De duur van de stap is een bereik, dus de laatste dag is onbekend",
    "remark.length.of intake": "De duur van de stap, {days}, staat in het veld voor de duur van één inname",
    "remark.last before first": "De laatste dag, {end}, ligt vóór de eerste, {start}",
    "remark.last not written": "De laatste dag is niet geschreven als jaar-maand-dag",
    "remark.last before or late": "De laatste dag, {end}, ligt vóór de eerste, of meer dan tien jaar erna",
    "remark.last is first": "De laatste dag is de eerste, maar de aflevering is voor {days} dagen; wat bedoeld is, is "
    "onbekend",
    "remark.date not written": "De datum is niet geschreven als jaar-maand-dag",
    "remark.no sequence": "Niet alle doseringen hebben een volgnummer, dus hun volgorde is niet vermeld",
    "remark.lengths only": "De stappen hebben een duur maar geen data; ze zijn na elkaar ingepland vanaf de dag van "
    "schrijven",
    "remark.beyond entry": "Een stap, {start} tot en met {end}, gaat buiten de dagen van de vermelding, {first} tot "
    "en met {last}",
    "remark.by supply.no dates": "Het voorschrift heeft geen data; het is ingepland vanaf de dag van schrijven, voor "
    "de duur van de aflevering ({days})",
    "remark.by supply.no last day": "Het voorschrift heeft geen laatste dag; het is ingepland voor de duur van de "
    "aflevering ({days})",
    "remark.open.next": "Een stap heeft geen laatste dag; hij is gelezen tot de volgende begint",
    "remark.open.first": "Een stap heeft geen laatste dag; alleen zijn eerste dag is bekend",
    "remark.open.none follows": "Een stap heeft geen laatste dag en er volgt geen stap meer, dus alleen zijn eerste "
    "dag is bekend",
    "remark.no first day.name": "Een stap heeft een duur maar geen eerste dag, dus hij is niet ingepland; geef de "
    "eerste dag op als u die kent",
    "remark.no first day.before": "Een stap heeft een duur maar geen eerste dag, want een stap ervoor heeft geen "
    "duur; hij is niet ingepland: voer hem met de hand in",
    "remark.no dates.name": "Een stap heeft geen data en geen duur, dus hij is niet ingepland; geef de eerste dag op "
    "als u die kent",
    "remark.no dates.after": "Een stap heeft geen data en geen duur; hij en elke stap erna zijn niet ingepland: voer "
    "de duur met de hand in",
    "remark.stopped": "Het voorschrift is gestopt; het is gelezen tot {day}, als het volgende begint of als het is "
    "gewijzigd",
    "remark.refill": "Een herhaling met dezelfde doses; geteld vanaf de dag na de vorige aflevering",
    "remark.other doses": "Andere doses voordat de aflevering op is; ze zijn gelezen als ingenomen in plaats van de "
    "eerdere",
    "remark.not read": "Het type {kind} wordt niet gelezen",
    "remark.left out": "De vermelding is weggelaten: {reason}",
    "remark.left out.modifier": "een modifier kan de betekenis omkeren ({address})",
    "remark.left out.rules": "ze is gebonden aan regels die niet bekend zijn ({address})",
    "remark.left out.in error": "het middel is per vergissing ingevoerd",
    "remark.left out.not taken": "het wordt niet ingenomen of moet niet worden gedaan",
    "remark.left out.status": "de status is {status}",
    "remark.no resource": "{count} regels zijn geen FHIR-resource",
    "remark.which drug": "Het is niet duidelijk welk middel is bedoeld",
    "remark.different drugs": "De namen en codes duiden verschillende middelen aan: {drugs}",
    "remark.names of different drugs": "De namen duiden verschillende middelen aan: {drugs}",
    "remark.other name": "Het is niet bekend of deze andere naam van het middel {drug} is; kijk dit na",
    "remark.strengths": "De namen en stoffen van het middel geven meer dan één sterkte",
    "remark.strength differs": "De naam van het product zegt {name}, maar als sterkte staat er {column}",
    "remark.containers": "De hoeveelheid kan mL of verpakkingen zijn en is dus niet om te rekenen naar mg",
    "remark.no strength": "De sterkte van het product is niet vermeld, dus de hoeveelheid is niet om te rekenen naar "
    "mg",
    "remark.not in catalog": "{drug} staat niet in de catalogus; de gepubliceerde grenzen zijn er niet voor gemaakt",
    "remark.not of the schedule": "{drug} staat niet in de catalogus en maakt geen deel uit van dit schema",
    "remark.no dosage": "Er is helemaal geen dosering",
    "remark.modifier": "De dosering heeft een modifier die de betekenis kan omkeren ({address})",
    "remark.other route": "De dosis wordt niet via de mond gegeven en telt niet mee in wat wordt ingenomen",
    "remark.as needed": "De dosis is alleen zo nodig in te nemen, dus er volgt geen dagdosis uit",
    "remark.intakes.no days": "Het aantal innames is begrensd, en dat geeft geen heel aantal dagen",
    "remark.intakes.other days": "Het aantal innames is begrensd tot {count}, en de dagen van de stap komen daar niet "
    "mee overeen",
    "remark.largest.at a time": "De dosis is hoger dan het dossier in één keer toelaat",
    "remark.largest.day": "De dosis is hoger dan het dossier op één dag toelaat",
    "remark.largest.days": "De dosis is hoger dan het dossier in {days} toelaat",
    "remark.no single dose": "De velden van de dosering geven niet één dosis",
    "remark.how often": "De velden van de dosering zeggen niet duidelijk hoe vaak wordt ingenomen",
    "remark.no unit": "De eenheid van de dosis is niet om te rekenen naar mg",
    "remark.words only": "De dosering staat er alleen in woorden, dus er is geen dosis gelezen",
    "remark.words understood": "De dosering staat er alleen in woorden, die alle zijn begrepen; de doses zijn die van "
    "de woorden",
    "remark.untimed": "Het tijdstip is niet vermeld; de dagdosis is op één tijdstip gezet ({time})",
    "remark.no text": "een dosering heeft geen tekst om mee te vergelijken",
    "remark.not understood": "de woorden van een dosering zijn niet helemaal begrepen en dus niet met de velden "
    "vergeleken",
    "remark.beside not understood": "woorden naast de tekst van een dosering zijn niet helemaal begrepen en dus niet "
    "met de velden vergeleken",
    "remark.one after the other": "De woorden geven {count} doses na elkaar, de velden één voor alle dagen",
    "remark.extra": "De woorden voegen een dosis voor zo nodig toe; alleen de vaste dosis is gelezen",
    "remark.words say": "De woorden zeggen: {what}",
    "remark.other words say": "Andere woorden zeggen: {what}",
    "remark.differs": "{said}, de velden {held}",
    "remark.differs.days": "aantal dagen {said}, de velden {held}",
    "remark.differs.often": "aantal keer per dag {said}, de velden {held}",
    "remark.differs.count": "tabletten of capsules tegelijk {said}, de velden {held}",
    "remark.differs.in a day": "tabletten of capsules per dag {said}, de velden {held}",
    "remark.differs.strength": "mg in één stuk {said}, de velden {held}",
    "remark.differs.mg": "mg {said}, de velden {held}",
    "remark.differs.start": "eerste dag {said}, de velden {held}",
    "remark.code.codes": "De code van het tijdschema (timing) zegt {what}, de codes erin iets anders",
    "remark.code.fields": "De code van het tijdschema (timing) zegt {what}, de velden ervan iets anders",
    "remark.items": "De onderdelen van de dosis zijn samen {made}, maar de dosis is {dose}",
    "remark.total": "Het totaal is {total}, maar de tijdstippen samen geven {sum}",
    "remark.no day of supply": "De dag van aflevering is niet vermeld",
    "remark.no quantity of supply": "De afgeleverde hoeveelheid is niet vermeld",
    "remark.no days of supply": "Het aantal dagen waarvoor het bedoeld was, is niet vermeld",
    "remark.quantity unit": "De hoeveelheid is niet om te rekenen naar mg",
    "remark.quantity no number": "De hoeveelheid is geen getal",
    "remark.quantity days": "De aflevering zou {said} duren, maar de stappen duren {held}",
    "remark.quantity none": "het dossier heeft geen hoeveelheid om mee te vergelijken",
    "remark.quantity no mg": "de eenheid van de hoeveelheid is niet om te rekenen naar mg",
    "remark.quantity": "De hoeveelheid is {said}, maar de stappen vragen {held}",
    "remark.tablets": "{number:tablets}",
    "remark.capsules": "{number:capsules}",
    "remark.pieces": "{number} stuks",
    "remark.units": "{number} {unit}",
    "remark.supply days": "Het aantal dagen van de aflevering is geen heel getal van 1 tot en met {most}",
    "remark.directions kept": "De gebruiksaanwijzing is als tekst bewaard",
    "remark.directions.days": "De gebruiksaanwijzing zegt {said}, maar het aantal dagen van de aflevering is {held}",
    "remark.directions.daily": "De gebruiksaanwijzing zegt {said} per dag, maar de hoeveelheid gedeeld door de dagen "
    "geeft {held}",
    "remark.directions.no days": "De dagen van een deel van de gebruiksaanwijzing zijn niet bekend",
    "remark.directions.no sum": "De delen van de gebruiksaanwijzing zijn samen niet de hoeveelheid",
    "remark.directions.parts": "De delen van de gebruiksaanwijzing vragen {used} in {days}, maar de aflevering "
    "is {amount} voor {whole}",
    "remark.directions.strength": "De gebruiksaanwijzing noemt een sterkte van {said}, maar volgens het product is "
    "die {held}",
    "remark.directions.dose": "De gebruiksaanwijzing noemt een dosis van {said}, maar volgens het product is die "
    "{held}",
    "remark.drug type": "Het soort vermelding (drug type) zegt niet of dit is voorgeschreven, afgeleverd of ingenomen",
    "remark.refills": "Herhalingen staan vermeld in {rows} en zijn niet meegeteld: de dagen van een rij zijn die van "
    "één aflevering",
    "remark.taken back": "De hoeveelheid is negatief, en er is geen gelijke aflevering van die dag die ermee "
    "teruggenomen kan zijn",
    "remark.reversal": "De aflevering van {place} en de terugboeking heffen elkaar op; geen van beide is meegeteld",
    "remark.same row": "Deze rij zegt hetzelfde als die van {place}; ze is één keer geteld",
    "remark.too many": "{number} stuks per dag is meer dan {most}; hoeveelheid of aantal dagen kan een typefout zijn",
    "remark.too short": "Het aantal dagen geeft {number} per dag, waar dezelfde hoeveelheid in de aflevering ernaast "
    "{beside} geeft; het kan een typefout zijn",
    "remark.up to the next": "De dagen van deze rij ({days}) zijn die tot de volgende aflevering, zoals opgegeven",
    "remark.averages": "De doses zijn gemiddelden: een hoeveelheid over de dagen waarvoor die bedoeld was, wat "
    "begrenst wat er ingenomen kan zijn",
    "remark.averages.early": "De doses zijn gemiddelden: een hoeveelheid over de dagen waarvoor die bedoeld was, wat "
    "begrenst wat er ingenomen kan zijn; te vroeg opgehaald ({count}) is geteld vanaf de dag na de vorige aflevering",
    "remark.once": "{drug} {strength} is één keer afgeleverd (voor {days}), naast {longest} van een andere sterkte: "
    "misschien voor gebruik zo nodig",
    "remark.left over": "{amount} van {drug} {strength} is over: een andere dagelijkse hoeveelheid kwam op {day} in "
    "de plaats van deze aflevering",
    "remark.no supply": "Niets afgeleverd gedurende {days} vanaf {day}; {what}",
    "remark.no supply.gap": "meer dan {gap:days} geldt als stop, volgens de opgegeven grens",
    "remark.no supply.unknown": "een rij die niet begrepen is, kan over deze dagen gaan; of er gestopt is, is dus "
    "onbekend",
    "remark.no supply.stopped": "meer dan {gap:days} tot het einde van de gegevens geldt als stop, volgens de "
    "opgegeven grens",
    "remark.no supply.too early": "niet meer dan {gap:days} tot het einde van de gegevens: te vroeg om te zeggen of "
    "er gestopt is",
    "remark.event.no day": "Een agenda-item heeft geen dag",
    "remark.event.utc": "Een agenda-item heeft geen dag; het tijdstip is in UTC, en de plaatselijke tijd is niet "
    "bekend",
    "remark.event.repeats": "Een agenda-item is ingesteld om te herhalen ({rule}), wat in een schema niet voorkomt, "
    "en is dus niet gelezen",
    "remark.event.words": "Een agenda-item bestaat alleen uit woorden",
    "remark.medicament.no name": "Een geneesmiddel heeft geen naam",
    "remark.medicament.code": "Een geneesmiddel is aangeduid met {code}, en het product ervan is hier niet bekend",
    "remark.medicament.number": "Een geneesmiddel is aangeduid met een productnummer, en het product ervan is hier "
    "niet bekend",
    "remark.medicament.none": "Een geneesmiddel heeft geen dosering",
    "remark.medicament.instruction": "Een geneesmiddel heeft een instructie",
    "remark.posology.days": "De dagen van een dosering zijn niet vermeld",
    "remark.posology.reserve": "Een dosis is een reserve, in te nemen zo nodig",
    "remark.posology.cycles": "Een dosis wordt in cycli van dagen ingenomen",
    "remark.posology.complex": "Een dosis heeft ingewikkelde innametijden",
    "remark.posology.numbers": "Een dosis bestaat niet uit vier getallen voor ochtend, middag, avond en nacht",
    "remark.posology.zero": "Een dosis is nul en heeft geen einde",
    "remark.posology.unit": "Een dosis is niet om te rekenen naar mg: de eenheid of de sterkte van het product is "
    "niet bekend",
    "remark.altered.no plan": "Het voorschrift en zijn wijzigingen leiden tot geen schema, dus deze stappen zijn er "
    "niet van",
    "remark.altered.identifier": "De identificatie is niet die van het voorschrift: ze is van een ander plan, of het "
    "voorschrift is gewijzigd",
    "remark.altered.number": "Op {day} is nummer of doel van de stap niet dat waartoe het voorschrift en zijn "
    "wijzigingen leiden",
    "remark.altered.steps": "Vanaf {day} zijn de stappen niet die waartoe het voorschrift en zijn wijzigingen leiden",
    "remark.altered.stop": "De eerste dag zonder het middel is niet die waartoe het voorschrift leidt",
    "remark.altered.quote": "in het document {found}; volgens het voorschrift {wanted}",
    "remark.altered.no such day": "geen zo’n dag",
    "remark.altered.nothing": "niets",
    "remark.altered.none": "geen",
    "remark.altered.intake": "{time} {dose} {drug}",
    "remark.altered.intake of": "{time} {dose} {drug} ({items})",
    "remark.altered.volume": "{volume} x {product}",
    "remark.altered.count": "{count} x {product}",
    "remark.of": "{amount} van {product}",
    "remark.for": "{amount} voor {days}",
    "remark.from to": "{first} tot {last}",
}
