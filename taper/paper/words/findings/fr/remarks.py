"""What the readers of records remark on them, in French."""

TEXTS: dict[str, str] = {
    "place.line": "ligne {number}",
    "place.event": "événement {number}",
    "place.step": "étape {number}",
    "place.dosage": "{entry}, posologie {number}",
    "days.part": "{number} j",
    "remark.no day": "non indiqué",
    "remark.no address": "sans adresse",
    "remark.bounds.start": "Le début des bornes n’est pas une date complète",
    "remark.bounds.end": "La fin des bornes n’est pas une date complète",
    "remark.bounds.no day": "Les bornes sont des instants et ne contiennent aucun jour entier",
    "remark.bounds.moments": "Les bornes sont des instants, pas des jours ; chaque jour compte pour l’étape qui "
    "contient son milieu",
    "remark.length.no days": "La durée de l’étape n’est pas un nombre entier de jours, de semaines ou de mois",
    "remark.length.range": "La durée de l’étape est une fourchette ; son dernier jour n’est donc pas connu",
    "remark.length.of intake": "La durée de l’étape ({days}) figure dans le champ de la durée d’une prise",
    "remark.last before first": "Le dernier jour ({end}) précède le premier ({start})",
    "remark.last not written": "Le dernier jour n’est pas écrit sous la forme année-mois-jour",
    "remark.last before or late": "Le dernier jour ({end}) précède le premier, ou le suit de plus de dix ans",
    "remark.last is first": "Le dernier jour est aussi le premier, mais la délivrance est pour {days} jours ; on ne "
    "sait pas ce qui est voulu",
    "remark.date not written": "La date n’est pas écrite sous la forme année-mois-jour",
    "remark.no sequence": "Les posologies n’ont pas toutes un numéro d’ordre ; leur ordre n’est donc pas indiqué",
    "remark.lengths only": "Les étapes ont une durée mais pas de dates ; elles ont été placées l’une après l’autre à "
    "partir du jour de rédaction",
    "remark.beyond entry": "Une étape ({start} – {end}) dépasse les jours de son entrée ({first} – {last})",
    "remark.by supply.no dates": "La prescription n’a pas de dates ; elle a été placée à partir du jour de rédaction, "
    "pour la durée de sa délivrance ({days})",
    "remark.by supply.no last day": "La prescription n’a pas de dernier jour ; elle a été placée pour la durée "
    "de sa délivrance ({days})",
    "remark.open.next": "Une étape n’a pas de dernier jour ; elle a été lue comme finissant quand la suivante commence",
    "remark.open.first": "Une étape n’a pas de dernier jour ; elle n’est connue que pour son premier jour",
    "remark.open.none follows": "Une étape n’a pas de dernier jour, et aucune ne suit ; seul son premier jour est "
    "connu",
    "remark.no first day.name": "Une étape a une durée mais pas de premier jour, et n’a donc pas été placée ; "
    "indiquer le premier jour s’il est connu",
    "remark.no first day.before": "Une étape a une durée mais pas de premier jour, parce qu’une étape précédente n’a "
    "pas de durée ; elle n’a donc pas été placée ; la saisir à la main",
    "remark.no dates.name": "Une étape n’a ni dates ni durée, et n’a donc pas été placée ; indiquer le premier jour "
    "s’il est connu",
    "remark.no dates.after": "Une étape n’a ni dates ni durée ; ni elle ni les étapes suivantes n’ont donc été "
    "placées ; saisir sa durée à la main",
    "remark.stopped": "La prescription a été arrêtée ; elle a été lue jusqu’au {day}, quand la suivante commence ou "
    "quand elle a été changée",
    "remark.refill": "Renouvellement des mêmes doses ; compté à partir du jour qui suit la délivrance précédente",
    "remark.other doses": "D’autres doses avant la fin de la délivrance ; lues comme prises à la place des précédentes",
    "remark.not read": "Un élément de ce type n’est pas lu : {kind}",
    "remark.left out": "L’entrée a été laissée de côté : {reason}",
    "remark.left out.modifier": "elle porte un modificateur qui peut en changer le sens ({address})",
    "remark.left out.rules": "elle est liée à des règles inconnues ({address})",
    "remark.left out.in error": "son médicament a été saisi par erreur",
    "remark.left out.not taken": "elle n’est pas prise ou n’est pas à exécuter",
    "remark.left out.status": "son statut est {status}",
    "remark.no resource": "Lignes qui ne sont pas des ressources FHIR : {count}",
    "remark.which drug": "On ne sait pas de quelle substance il s’agit",
    "remark.different drugs": "Les noms et les codes désignent des substances différentes : {drugs}",
    "remark.names of different drugs": "Les noms désignent des substances différentes : {drugs}",
    "remark.other name": "On ne sait pas si cet autre nom du médicament désigne {drug} ; à vérifier",
    "remark.strengths": "Les noms et les composants du médicament donnent plus d’un dosage",
    "remark.strength differs": "Le nom du produit indique {name}, et le dosage donné est {column}",
    "remark.containers": "La quantité peut être en mL ou en récipients ; elle ne mène donc pas à des mg",
    "remark.no strength": "Le dosage du produit n’est pas indiqué ; la quantité ne mène donc pas à des mg",
    "remark.not in catalog": "{drug} ne figure pas dans le catalogue ; les limites publiées ne sont pas faites pour "
    "cette substance",
    "remark.not of the schedule": "{drug} ne figure pas dans le catalogue et ne fait pas partie de ce plan",
    "remark.no dosage": "Il n’y a aucune posologie",
    "remark.modifier": "La posologie porte un modificateur qui peut en changer le sens ({address})",
    "remark.other route": "La dose se donne par une autre voie que la bouche et ne compte pas dans ce qui est pris",
    "remark.as needed": "La dose est à prendre seulement au besoin ; il n’en découle donc pas de dose par jour",
    "remark.intakes.no days": "Le nombre de prises est limité, et cela ne donne pas un nombre entier de jours",
    "remark.intakes.other days": "Le nombre de prises est limité ({count}), et les jours de l’étape ne le donnent pas",
    "remark.largest.at a time": "La dose dépasse la plus grande que le dossier permet en une fois",
    "remark.largest.day": "La dose dépasse la plus grande que le dossier permet en un jour",
    "remark.largest.days": "La dose dépasse la plus grande que le dossier permet en {days}",
    "remark.no single dose": "Les champs de la posologie ne donnent pas de dose unitaire",
    "remark.how often": "Les champs de la posologie ne disent pas clairement combien de fois elle est prise",
    "remark.no unit": "L’unité de la dose ne mène pas à des mg",
    "remark.words only": "La posologie n’est donnée qu’en texte ; aucune dose n’a donc été lue",
    "remark.words understood": "La posologie n’est donnée qu’en texte, compris en entier ; les doses sont celles du "
    "texte",
    "remark.untimed": "Le moment de la journée n’est pas indiqué ; la dose du jour a été inscrite à ce moment : {time}",
    "remark.no text": "une posologie n’a pas de texte à comparer",
    "remark.not understood": "le texte d’une posologie n’a pas été compris en entier ; il n’a donc pas été comparé à "
    "ses champs",
    "remark.beside not understood": "du texte à côté d’une posologie n’a pas été compris en entier ; il n’a donc pas "
    "été comparé à ses champs",
    "remark.one after the other": "Le texte donne {count} doses l’une après l’autre, les champs une seule pour tous "
    "les jours",
    "remark.extra": "Le texte ajoute une dose au besoin ; seule la dose régulière a été lue",
    "remark.words say": "Le texte indique : {what}",
    "remark.other words say": "Un autre texte indique : {what}",
    "remark.differs": "{said} (champs : {held})",
    "remark.differs.days": "nombre de jours {said} (champs : {held})",
    "remark.differs.often": "prises par jour {said} (champs : {held})",
    "remark.differs.count": "comprimés ou gélules par prise {said} (champs : {held})",
    "remark.differs.in a day": "comprimés ou gélules par jour {said} (champs : {held})",
    "remark.differs.strength": "mg par unité {said} (champs : {held})",
    "remark.differs.mg": "{said} mg (champs : {held} mg)",
    "remark.differs.start": "premier jour {said} (champs : {held})",
    "remark.code.codes": "Le code de l’horaire indique {what}, ses autres codes autre chose",
    "remark.code.fields": "Le code de l’horaire indique {what}, ses champs autre chose",
    "remark.items": "Les unités de la dose font {made}, mais la dose est {dose}",
    "remark.total": "Le total est {total}, mais la somme des moments de la journée est {sum}",
    "remark.no day of supply": "Le jour de la délivrance n’est pas indiqué",
    "remark.no quantity of supply": "La quantité délivrée n’est pas indiquée",
    "remark.no days of supply": "Le nombre de jours que la délivrance devait couvrir n’est pas indiqué",
    "remark.quantity unit": "La quantité ne mène pas à des mg",
    "remark.quantity no number": "La quantité n’est pas un nombre",
    "remark.quantity days": "La délivrance est annoncée pour {said}, mais les étapes durent {held}",
    "remark.quantity none": "le dossier n’a pas de quantité à comparer",
    "remark.quantity no mg": "l’unité de la quantité ne mène pas à des mg",
    "remark.quantity": "La quantité ({said}) n’est pas celle que demandent les étapes ({held})",
    "remark.tablets": "comprimés : {number}",
    "remark.capsules": "gélules : {number}",
    "remark.pieces": "unités : {number}",
    "remark.units": "{number} {unit}",
    "remark.supply days": "Les jours couverts ne sont pas un nombre entier de 1 à {most}",
    "remark.directions kept": "Les instructions de prise ont été gardées en texte",
    "remark.directions.days": "Les instructions de prise indiquent {said}, mais la délivrance est pour {held}",
    "remark.directions.daily": "Les instructions de prise indiquent {said} par jour, mais la quantité divisée par ses "
    "jours donne {held}",
    "remark.directions.no days": "Les jours d’une partie des instructions de prise ne sont pas connus",
    "remark.directions.no sum": "Les parties des instructions de prise ne font pas la quantité",
    "remark.directions.parts": "Les parties des instructions de prise demandent {used} en {days}, mais la "
    "quantité délivrée est {amount} pour {whole}",
    "remark.directions.strength": "Les instructions de prise nomment ce dosage : {said}, mais avec le produit c’est "
    "{held}",
    "remark.directions.dose": "Les instructions de prise nomment cette dose : {said}, mais avec le produit c’est "
    "{held}",
    "remark.drug type": "Le type d’entrée ne dit pas si c’était prescrit, délivré ou pris",
    "remark.refills": "Des renouvellements sont nommés ({rows}) et ne sont pas comptés : les jours d’une ligne sont "
    "ceux d’une seule délivrance",
    "remark.taken back": "La quantité est négative, et il n’y a ce jour-là aucune délivrance égale qu’elle pourrait "
    "annuler",
    "remark.reversal": "La délivrance ({place}) et son annulation se compensent ; ni l’une ni l’autre n’est comptée",
    "remark.same row": "Cette ligne dit la même chose qu’une autre ({place}) ; elle n’est comptée qu’une fois",
    "remark.too many": "{number} unités par jour, c’est plus que {most} ; une faute de frappe est possible dans la "
    "quantité ou les jours couverts",
    "remark.too short": "Les jours couverts donnent {number} par jour, alors que la même quantité donne {beside} dans "
    "la délivrance voisine ; une faute de frappe est possible",
    "remark.up to the next": "Les {days} jours de cette ligne sont ceux jusqu’à la délivrance suivante, comme déclaré",
    "remark.averages": "Les doses sont des moyennes : une quantité sur les jours qu’elle devait couvrir ; c’est le "
    "maximum qui a pu être pris",
    "remark.averages.early": "Les doses sont des moyennes : une quantité sur les jours qu’elle devait couvrir ; c’est "
    "le maximum qui a pu être pris ; délivrances anticipées comptées à partir du jour qui suit la précédente : {count}",
    "remark.once": "{drug} {strength} : une seule délivrance, pour {days}, contre {longest} pour un autre "
    "dosage ; peut-être pour une prise au besoin",
    "remark.left over": "Reste ({drug} {strength}, {amount}) : une autre quantité par jour a remplacé cette "
    "délivrance le {day}",
    "remark.no supply": "Aucune délivrance pour {days} à partir du {day} ; {what}",
    "remark.no supply.gap": "plus de {gap:days} comptent comme un arrêt, selon l’intervalle déclaré",
    "remark.no supply.unknown": "une ligne non comprise peut les concerner ; on ne sait donc pas s’il y a eu arrêt",
    "remark.no supply.stopped": "plus de {gap:days} jusqu’à la fin des données comptent comme un arrêt, selon "
    "l’intervalle déclaré",
    "remark.no supply.too early": "pas plus de {gap:days} jusqu’à la fin des données : trop tôt pour dire s’il y a "
    "eu arrêt",
    "remark.event.no day": "Un événement n’a pas de jour",
    "remark.event.utc": "Un événement n’a pas de jour ; son heure est en UTC, et celle de son lieu n’est pas connue",
    "remark.event.repeats": "Un événement est répété ({rule}), ce qu’aucun événement d’un plan ne fait ; il n’a donc "
    "pas été lu",
    "remark.event.words": "Un événement n’est donné qu’en texte",
    "remark.medicament.no name": "Un médicament n’est pas nommé",
    "remark.medicament.code": "Un médicament est nommé par {code}, et son produit n’est pas connu ici",
    "remark.medicament.number": "Un médicament est nommé par un numéro de produit, et son produit n’est pas connu ici",
    "remark.medicament.none": "Un médicament n’a pas de posologie",
    "remark.medicament.instruction": "Un médicament porte une instruction",
    "remark.posology.days": "Les jours d’une posologie ne sont pas indiqués",
    "remark.posology.reserve": "Une dose est une réserve, à prendre au besoin",
    "remark.posology.cycles": "Une dose est prise par cycles de jours",
    "remark.posology.complex": "Une dose a des moments de prise complexes",
    "remark.posology.numbers": "Une dose n’est pas faite de quatre nombres pour le matin, midi, le soir et la nuit",
    "remark.posology.zero": "Une dose est égale à zéro et n’a pas de fin",
    "remark.posology.unit": "Une dose ne peut pas être convertie en mg : son unité, ou le dosage du produit, n’est "
    "pas connu",
    "remark.altered.no plan": "La prescription et son historique ne mènent à aucun plan ; ces étapes ne sont donc pas "
    "les leurs",
    "remark.altered.identifier": "L’identifiant n’est pas celui de la prescription : c’est celui d’un autre plan, ou "
    "la prescription a été changée",
    "remark.altered.number": "Le {day}, le numéro ou l’objectif de l’étape n’est pas celui auquel mènent la "
    "prescription et son historique",
    "remark.altered.steps": "À partir du {day}, les étapes ne sont pas celles auxquelles mènent la prescription et "
    "son historique",
    "remark.altered.stop": "Le premier jour sans médicament n’est pas celui auquel mène la prescription",
    "remark.altered.quote": "dans le document {found} ; selon la prescription {wanted}",
    "remark.altered.no such day": "pas de tel jour",
    "remark.altered.nothing": "rien",
    "remark.altered.none": "aucun",
    "remark.altered.intake": "{time} {drug} {dose}",
    "remark.altered.intake of": "{time} {drug} {dose} ({items})",
    "remark.altered.volume": "{volume} × {product}",
    "remark.altered.count": "{count} × {product}",
    "remark.of": "{amount} du produit {product}",
    "remark.for": "{amount} pour {days}",
    "remark.from to": "{first} à {last}",
}
