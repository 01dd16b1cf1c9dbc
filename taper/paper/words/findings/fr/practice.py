"""What the rules about practice say, those about splitting aside, in French."""

TEXTS: dict[str, str] = {
    "days with less": "Les sources parlent de jours sans dose, non de jours avec une dose plus faible.",
    "T201.skipped": "{drug} : aucune prise pendant {days} ({span}), puis reprise.",
    "T201.skipped.advice": "Donner une dose chaque jour, au besoin avec un dosage plus faible, des moitiés ou une "
    "solution buvable.",
    "T201.alternates": "La dose alterne chaque jour entre {one} et {other}, {span}.",
    "T201.alternates.advice": "Donner la même dose chaque jour, au besoin avec un dosage plus faible, des moitiés ou "
    "une solution buvable.",
    "T213.by weekday": "selon le jour de la semaine",
    "T213.from day to day": "d’un jour à l’autre",
    "T213.steps": "Doses variables {how} (étapes : {count} sur {steps:nombre})",
    "T213.all": "Doses variables {how}",
    "T213.none without": "{what} ; aucun jour n’est sans dose.",
    "T213.any": "médicament",
    "T213.nights without": "{what} ; nuits sans {drugs} : {leave}.",
    "T213.days without": "{what} ; jours sans {drugs} : {leave}.",
    "T213.the last leaves": "la dernière étape",
    "T213.one leaves": "1 étape",
    "T213.the last leave": "les {count} dernières étapes",
    "T213.leave": "{count} étapes",
    "T213.average": "{doses}{change}",
    "T213.pattern": "Doses {span} : {days} ; {average}.",
    "T213.days": "Doses {span} : {days}.",
    "T213.short": "Doses {span} : variables {how}.",
    "T213.detail": "{days} ; {average}.",
    "T213.dose on days": "{dose} ({days})",
    "T213.dose on": "{dose} ({weekdays})",
    "T213.in turn": "tour à tour {turns}",
    "T213.advice": "Donner la même dose chaque jour, au besoin avec un dosage plus faible, des moitiés ou une "
    "solution buvable ; si le schéma est voulu, en noter la raison.",
    "T207.about": "consultations de suivi",
    "T207.about limit": "intervalle entre les consultations de suivi",
    "T207.at least": "{guideline} : consultation de suivi au moins {every}.",
    "T207.with each cut": "{guideline} : consultation de suivi à chaque baisse.",
    "T207.none": "Aucune consultation de suivi prévue.",
    "T207.planned": "Consultations de suivi {every}.",
    "T207.planned and cuts": "Consultations de suivi {every}, baisses {cuts}.",
    "T207.advice": "Prévoir une consultation de suivi {every} ou plus souvent, ou noter où le suivi est organisé.",
    "T207.advice.each cut": "Prévoir une consultation de suivi à chaque baisse, ou noter où le suivi est organisé.",
    "T218.about": "durée d’une délivrance",
    "T218.about drug": "durée d’une délivrance : {drug}",
    "T218.not ordered": "la prescription ne donne pas de durée de délivrance",
    "T218.not read": "aucune durée maximale de délivrance dans les sources lues ({country})",
    "T218.read": "aucune durée maximale de délivrance dans les sources lues ({country} ; lu : {read})",
    "T218.message": "Une délivrance couvre {days} à partir du {day} ; {where} : {limit}.",
    "T218.several": "{count} délivrances dépassent {length}, dont une de {days} à partir du {day} ; {where} : {limit}.",
    "T218.by law": "{length} selon la loi",
    "T218.by guidance": "{length} selon les recommandations",
    "T218.longer": "{limit}, plus sous condition",
    "T218.condition": "{limit}, {longer} sous condition",
    "T218.advice.longer": "Prescrire des délivrances plus courtes, ou écrire sur l’ordonnance ce qu’exige une plus "
    "longue.",
    "T218.advice": "Prescrire des délivrances plus courtes : {every} ou {most} sous {where}.",
    "T218.detail": "{where} : {says}.",
    "T215.about": "remplissages d’une seringue",
    "T215.message": "{product} : jusqu’à {count} remplissages d’un dispositif de {capacity} ({days} à partir du "
    "{day}).",
    "T215.short": "Solution buvable : jusqu’à {count} remplissages d’un dispositif de {capacity} ({days} à partir du "
    "{day}).",
    "T215.advice": "Prescrire un dispositif qui contient la dose ou, pour les doses plus fortes, des comprimés ou une "
    "solution plus concentrée.",
    "T215.detail": "À mesurer avec : {device}.",
    "T216.about": "poudre",
    "T216.message": "{product} : pesée de la poudre ({days} à partir du {day}) ; aucun RCP lu ici ne le prévoit.",
    "T216.short": "Pesée de la poudre d’un comprimé ({days} à partir du {day}) ; aucun RCP lu ici ne le prévoit.",
    "T216.detail": "Un comprimé pèse {weight} selon la prescription ; la balance a pour échelon {scale}, soit chaque "
    "fois {step} ({drug}) si la poudre est homogène. À peser avec : {device}.",
    "T216.of powder": "{amount} de poudre",
    "T216.advice": "Prescrire un dosage plus faible, une solution buvable ou une suspension préparée en pharmacie.",
    "T214.about": "médicament d’action courte une fois par jour",
    "T214.no times": "les moments de prise ne sont pas indiqués",
    "T214.no half-life": "aucune valeur dans les sources lues pour la demi-vie de la substance elle-même ({drug})",
    "T214.message": "{drug} : une prise par jour à partir du {day} ({days}), mais la demi-vie est d’au plus {hours} "
    "heures.",
    "T214.gathered": "{drug} : doses réunies en une prise par jour à partir du {day} ({days}), mais la demi-vie peut "
    "n’atteindre que {hours} heures.",
    "T214.advice": "Demander s’il y a des symptômes avant la prise suivante ; s’il y en a, répartir la dose sur la "
    "journée.",
    "T214.detail": "Selon les demi-vies lues ici, au moins {percent} de chaque dose a disparu avant la suivante, "
    "{hours} heures plus tard.",
    "T208.about": "unités par prise",
    "T208.message": "Jusqu’à {count} comprimés ou gélules à la fois ({days} à partir du {day}) ; la prescription en "
    "permet {most}.",
    "T208.measures": "Jusqu’à {count} unités ou mesures à la fois ({days} à partir du {day}) ; la prescription en "
    "permet {most}.",
    "T208.advice": "Ajouter un dosage plus fort ou, si c’est voulu, permettre plus d’unités à la fois.",
    "T209.about": "quarts",
    "T209.one": "{product} : {parts} ({dose}), {days}, {span}.",
    "T209.advice": "Faire essayer d’abord à la personne ; si cela ne va pas, prescrire un dosage plus faible ou une "
    "solution buvable.",
    "T209.detail": "Aucune dimension publiée de ce comprimé dans les sources lues.",
    "T209.small parts": "petites fractions",
    "T209.message": "{product} : à prendre en {parts} ({dose} par partie), {days} à partir du {day}.",
    "T209.short": "1 produit est à prendre en {parts} à partir du {day}.",
    "T209.several": "{count} produits sont à prendre en {parts} ({products}) à partir du {day}.",
    "T209.several.short": "{count} produits sont à prendre en {parts} à partir du {day}.",
    "T210.about": "produits ressemblants",
    "T210.message": "{weak} et {strong} figurent ensemble dans le plan à partir du {day} : {why}.",
    "T210.both": "{weak} et {strong} figurent ensemble dans le plan : {why}.",
    "T210.short": "Deux produits figurent ensemble dans le plan à partir du {day} : {why}.",
    "T210.volume": "le même volume contient {times} la dose",
    "T210.forms": "même dosage, autre forme ({one}, {other})",
    "T210.digits": "mêmes chiffres, {times} la dose",
    "T210.advice": "Renoncer à l’un des deux, ou signaler la différence sur la feuille du patient et à la pharmacie.",
    "T211.about": "volumes à mesurer",
    "T211.message": "{product} : {volume} tombe entre deux graduations (une tous les {line}), {days} à partir du "
    "{day}.",
    "T211.short": "Solution buvable : {volume} tombe entre deux graduations (une tous les {line}), {days} à partir du "
    "{day}.",
    "T211.drops": "{product} : {volume} ne fait pas un nombre entier de gouttes ({line} par goutte), {days} à partir "
    "du {day}.",
    "T211.drops.short": "Solution buvable : {volume} ne fait pas un nombre entier de gouttes ({line} par goutte), "
    "{days} à partir du {day}.",
    "T211.advice": "Choisir une dose sur une graduation, ou un dispositif aux graduations plus fines.",
    "T211.detail": "{product} ; à mesurer avec : {device}. Entre deux graduations, le volume est estimé à l’œil.",
    "T211.drops.detail": "{product} ; à mesurer avec : {device}.",
    "T212.about": "gouttes",
    "T212.message": "{product} : mesure en mL ({days} à partir du {day}), alors que le RCP compte en gouttes ({drops} "
    "dans 1 mL).",
    "T212.short": "Solution buvable : mesure en mL ({days} à partir du {day}), alors que le RCP compte en gouttes "
    "({drops} dans 1 mL).",
    "T212.advice": "La prescrire en gouttes, à compter avec le compte-gouttes du flacon.",
}
