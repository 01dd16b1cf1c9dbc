"""What the rules about pace say, in French."""

TEXTS: dict[str, str] = {
    "T107.what": "La dose augmente le {day}",
    "T107.what.doses": "La dose augmente le {day} ({rise})",
    "T107.rise": "{before} → {after}",
    "T107.first": "{what}, avant toute baisse.",
    "T107.returns": "{what}, sans dépasser la dose d’avant la dernière baisse.",
    "T107.above": "{what}, au-dessus de la dose d’avant la dernière baisse.",
    "T107.before": "Dose avant la dernière baisse : {doses}.",
    "T107.detail": "Avant : {before} ; après : {after}.",
    "T107.allowed by": "Admis par {titles}.",
    "T107.advised against by": "Déconseillé par {titles}.",
    "T107.advice": "Vérifier la dose ; si l’augmentation est voulue, en noter la raison.",
    "T107.returns.advice": "À partir de là, continuer avec des baisses plus petites ou plus espacées.",
    "T109.about": "durée du changement de médicament",
    "T109.message": "{new} remplace {old} en {days} ({span}). {guideline} : de préférence {limit} ou plus.",
    "T109.advice": "Remplacer une prise après l’autre, en une à deux semaines.",
    "T117.about": "rythme",
    "T117.changes": "Rythme non vérifié au changement de médicament : aucune table choisie ne contient {drugs}.",
    "T117.sizes": "Taille des baisses non vérifiée : {why}.",
    "T117.message": "Rythme non vérifié : {why}.",
    "T117.short": "Rythme non vérifié : aucune recommandation ou table choisie ne couvre ces substances.",
    "T117.advice": "Choisir une recommandation qui donne une limite, ou une table qui contient ces substances.",
    "T117.detail": "Seules ont été recherchées les baisses au-delà du double du plafond de l’ASAM 2025 (T101).",
    "T118.about": "durée prescrite",
    "T118.of drug": " pour {drug}",
    "T118.products": "les produits{of} ne permettent pas toutes les baisses prescrites ({step})",
    "T118.cut": "une baisse égale à {cut}{of} n’est pas réalisable, mais {possible} l’est",
    "T118.round": "les doses rondes{of} ({to}) et les produits ne permettent pas toutes les baisses prescrites "
    "({step})",
    "T118.message": "Plus lent que prescrit : {why} ; {cuts} en {days}, au lieu de {ordered} en {in_days}.",
    "T118.short": "Plus lent que prescrit : {cuts} en {days}, au lieu de {ordered} en {in_days}.",
    "T118.advice": "Si ce délai n’est pas acceptable, ajouter un produit, une façon de couper ou un dispositif de "
    "mesure qui permet la baisse.",
    "T118.detail": "Dose par jour au début : {before} ; à la fin : {after}. Les maintiens ne sont pas comptés.",
    "T103.about": "intervalle entre les baisses",
    "T103.message": "{count} baisses du {first} au {last}, dont une {days} seulement après la précédente. {guideline} "
    ": au moins {limit}.",
    "T103.stop": "L’arrêt du {first} vient {days} seulement après la dernière baisse. {guideline} : au moins {limit}.",
    "T103.one": "La baisse du {first} vient {days} seulement après la précédente. {guideline} : au moins {limit}.",
    "T103.divided": "Sur toute période de {days}, les baisses réunies ne dépassent pas une seule baisse de cette "
    "recommandation.",
    "T103.detail": "La plupart des recommandations lues ici espacent les baisses d’une semaine ou plus ; les RCP et "
    "les protocoles hospitaliers vont plus vite.",
    "T103.advice": "Garder chaque dose au moins {days}.",
    "cut.on": "le {day}",
    "cut.doses on": "{doses} le {day}",
    "in parentheses": " ({text})",
    "T102.about": "taille de la première baisse",
    "T102.message": "Première baisse : {measured} ({when}). {guideline} : en général jusqu’à {limit} {basis}.",
    "T102.short": "Première baisse : {measured} ({when}). {guideline} : en général jusqu’à {limit}.",
    "T102.advice": "Commencer par une baisse plus petite, ou noter pourquoi une plus grande convient ici.",
    "T102.detail": "Avant : {before} ; après : {after}. Base de la fourchette : {basis:nom} ({title}).",
    "T108.about": "taille d’une baisse",
    "T108.message": "Baisse le {day} : {measured}{doses}. {guideline} : baisses jusqu’à {limit}.",
    "T108.several": "{cuts} du {first} au {last}, la plus grande : {measured}{doses}. {guideline} : baisses jusqu’à "
    "{limit}.",
    "T108.detail": "Avant : {before} ; après : {after} ; jusqu’au {day}. Base de la limite : {basis:nom} ({title}).",
    "T108.example": "La source la montre dans un exemple et n’énonce pas de limite.",
    "T108.small": "Chaque baisse reste dans une marge de {allowance} en équivalent diazépam, observée dans des plans "
    "publiés ; ce n’est pas un seuil publié.",
    "T108.of start": "Lue comme une part de la dose de départ, la limite est respectée.",
    "T108.advice": "Faire des baisses plus petites, au besoin avec un dosage plus faible, des moitiés ou une solution "
    "buvable.",
    "halves of": "des moitiés ({product})",
    "T101.about": "baisse en quelques jours",
    "T101.overnight": "du jour au lendemain",
    "T101.in days": "en {days}",
    "T101.message": "Baisse {when} : {measured} ({doses}), atteinte le {day}. {guideline} : au plus {limit} en "
    "{window}.",
    "T101.short": "Baisse {when} : {measured}, atteinte le {day}. {guideline} : au plus {limit} en {window}.",
    "T101.week.advice": "Rapprocher entre elles les doses de la semaine, ou donner la même dose chaque jour.",
    "T101.detail": "Le {on} : {before} ; le {day} : {after}. Base de la limite : {basis:nom} ({title}).",
    "T101.table": "Substances comparées selon {title}.",
    "T101.strictest": "C’est ici la plus stricte des tables choisies ; T113 les compare toutes.",
    "T101.no value": "Aucune valeur en équivalent diazépam dans les sources lues : aucune marge n’est accordée vers "
    "la fin.",
    "T101.week": "C’est un jour d’un schéma hebdomadaire, dont les jours diffèrent à dessein.",
    "T101.week.change": "C’est un jour d’un schéma hebdomadaire, dont les jours diffèrent à dessein ; pour la semaine "
    "({doses}) : {change}.",
    "T101.advice": "Faire des baisses plus petites, ou ne pas atteindre cette dose avant le {day}. D’autres produits "
    "permettent peut-être des baisses plus petites.",
    "T101.tail": "À partir du {day}, {count} petites baisses (au plus {most} en équivalent diazépam chacune) "
    "dépassent {limit} en {window} ({guideline}) ; la plus grande : {measured}.",
    "T101.tail.short": "À partir du {day}, {count} petites baisses (au plus {most} éq. diazépam chacune) dépassent "
    "{limit} en {window} ({guideline}) ; maximum : {measured}.",
    "T101.tail.one": "À partir du {day}, 1 petite baisse (au plus {most} en équivalent diazépam) dépasse {limit} en "
    "{window} ({guideline}) : {measured}.",
    "T101.tail.one.short": "À partir du {day}, 1 petite baisse (au plus {most} éq. diazépam) dépasse {limit} en "
    "{window} ({guideline}) : {measured}.",
    "T101.tail.advice": "Demander à chaque étape s’il y a des symptômes ; s’il y en a, garder la dose plus longtemps.",
    "T101.tail.detail": "Base de la limite : {basis:nom} ({title}). Près de zéro, une baisse petite en mg est grande "
    "en pourcentage : tous les plans publiés que ce projet a examinés y dépassent 25 %. La marge vient de cette "
    "observation, ce n’est pas un seuil publié : la plus grande valeur entre {least} et la plus petite dose que "
    "permettent les produits, mais au plus {most} en équivalent diazépam selon la table la plus prudente.",
    "T101.finer": "Des baisses plus petites seraient possibles avec : {product}.",
    "T106.risk": "Le risque dépend de la durée, de la fréquence et de la quantité prise ; la prescription ne dit pas "
    "tout cela.",
    "T106.risk.rare": "Après une telle utilisation, un sevrage cliniquement significatif est rare ({source}).",
    "T106.risk.possible": "Après une telle utilisation, un sevrage cliniquement significatif est moins probable, mais "
    "possible ({source}).",
    "T106.risk.stands": "Une telle utilisation comporte un risque de sevrage cliniquement significatif, qui augmente "
    "avec la dose et la durée ({source}).",
    "T106.message": "Arrêt le {day}, sans décroissance ; avant : {doses}.",
    "T106.advice": "Diminuer progressivement ; si l’arrêt doit être immédiat, décider où il peut se faire sans danger.",
    "T106.detail": "Avant : {doses} par jour.",
    "T106.allowed.drug": "{title} l’admet pour {drug}.",
    "T106.allowed": "{title} l’admet après moins de {weeks} semaines.",
    "T106.break": "Aucune dose pendant {days} à partir du {day}, puis {doses} par jour.",
    "T106.break.back": "Aucune dose pendant {days} à partir du {day}, puis d’emblée {doses} par jour, soit la dose "
    "précédente ou plus.",
    "T106.supply": "Rien de délivré pour {days} à partir du {day}, puis {doses} par jour.",
    "T106.supply.back": "Rien de délivré pour {days} à partir du {day}, puis d’emblée {doses} par jour, soit la dose "
    "précédente ou plus.",
    "T106.break.advice": "Demander ce qui a été réellement pris, et décider à nouveau de la dose de reprise.",
    "T106.break.detail": "Avant : {before} par jour ; après : {after}. Ces jours équivalent à un arrêt brutal "
    "({drugs}). La tolérance peut être perdue : la dose précédente peut avoir un effet sédatif. Aucune source lue ici "
    "ne dit à quelle dose reprendre.",
    "T105.no value": "aucune valeur dans les sources lues pour l’équivalent diazépam ({drugs})",
    "T105.about": "dernière dose",
    "T105.single": "{drug} : arrêt le {day} ; avant : {dose} ({equivalent} en équivalent diazépam), alors que "
    "d’autres médicaments continuent.",
    "T105.single.advice": "Ajouter des baisses plus petites avant l’arrêt, ou prescrire le médicament de remplacement.",
    "T105.single.detail": "Les plans lents publiés s’arrêtent à {slow} en équivalent diazépam ou moins ; la dose "
    "totale relève de T101.",
    "T105.equivalent": " ({dose} éq. diazépam)",
    "T105.guideline": "Arrêt le {day} ; avant : {doses}{equivalent}. {guideline} : arrêt à {limit} de diazépam ou "
    "moins.",
    "T105.message": "Arrêt le {day} ; avant : {doses}{equivalent}. Plans lents publiés : arrêt à {limit} de diazépam "
    "ou moins.",
    "T105.detail": "Avant : {doses} par jour, soit {equivalent} de diazépam selon la table la plus prudente. Observé "
    "dans des plans publiés, ce n’est pas un seuil publié : les plans ambulatoires lents s’arrêtent à {slow} ou "
    "moins, les plus rapides à {fast} au plus, et à {label} selon le {name}.",
    "T105.stops from": "{title} : arrêt à {dose} ou moins.",
    "T105.stops from.regimen": "{title} (schéma {regimen}) : arrêt à {dose} ou moins.",
    "T105.kept": "Une des recommandations choisies fait des baisses de cette taille.",
    "T105.advice": "Ajouter des baisses plus petites avant l’arrêt.",
    "T110.about": "baisse en pourcentage de la dose",
    "T110.detail": "Avant : {doses} par jour. La limite vaut pour toute baisse ({title}). Même rapportée à la dose de "
    "départ, la base la moins stricte, cette baisse la dépasse.",
    "T110.message": "Arrêt le {day} ; avant : {doses}, soit {measured} de la dose de départ en une fois. {guideline} "
    ": au plus {limit} en {days}.",
    "T110.short": "Arrêt le {day} : {measured} de la dose de départ en une fois. {guideline} : au plus {limit} en "
    "{days}.",
    "T110.advice": "Ajouter des étapes entre la dernière dose et l’arrêt.",
    "T104.about": "baisses prescrites",
    "T104.the dose": "dose",
    "T104.the drug": "traitement",
    "T104.allows": "baisse permise par la prescription à cette dose : {cut}.",
    "T104.allows none": "la prescription ne permet aucune baisse à cette dose.",
    "T104.message": "Le {day}, {what} : {before} → {after} (baisse : {cut}) ; {limit}",
    "T104.shorter": "Le {day}, {what} : {before} → {after} ; {limit}",
    "T104.stops": "Le {day}, {what} : arrêt (dose précédente : {before}) ; {limit}",
    "T104.large": "Le {day}, une baisse est trop grande ; {limit}",
    "T104.short": "Le {day}, une baisse est trop grande.",
    "T104.advice": "Refaire le plan à partir de la prescription ou, si la baisse plus grande est voulue, changer la "
    "prescription.",
    "T112.about": "date de fin",
    "T112.of drug": "{what}, {drug}",
    "T112.early": "Objectif atteint le {day} ({what}), {days} avant la date prescrite ({finish}).",
    "T112.late": "Objectif atteint le {day} ({what}), {days} après la date prescrite ({finish}).",
    "T112.early.short": "Objectif atteint le {day} ({what}), {days} avant la date prescrite.",
    "T112.late.short": "Objectif atteint le {day} ({what}), {days} après la date prescrite.",
    "T112.early.advice": "Pour utiliser ce temps, prescrire un intervalle plus long ou un dosage plus faible.",
    "T112.late.advice": "Refaire le plan à partir de la prescription, ou prescrire une date plus tardive.",
    "T112.early.detail": "Ces produits ne permettent pas plus d’étapes à cet intervalle.",
    "T115.about": "doses prises",
    "T115.not planned": "rien n’était prévu les jours pour lesquels une révision note ce qui a été pris",
    "T115.revision": "révision {number} du {day}",
    "T115.advice": "Demander pourquoi ; continuer à partir de la dose réellement prise, ou revenir au plan.",
    "T115.detail": "Révision {number} du {day} : prévu {average} par jour ({drug}), pris {dose}{share}.",
    "T115.detail.average": "Révision {number} du {day} : prévu en moyenne {average} par jour ({drug}), pris "
    "{dose}{share}.",
    "T115.share": ", {change}",
    "T115.more": "{dose} de plus que prévu",
    "T115.less": "{dose} de moins que prévu",
    "T115.other days": "avec une répartition par jour autre que prévu",
    "T115.cut": " ; baisse permise par la prescription : {dose}",
    "T115.no cut": " ; la prescription ne permet aucune baisse",
    "T115.on": "le {span}",
    "T115.from": "{span}",
    "T115.of drug": "{drug} {dose}",
    "T115.of drug a day": "{drug} {dose} par jour",
    "T115.message": "Dose prise {when} : {dose}, {what}{limit}.",
    "T115.short": "La dose prise {when} n’est pas celle qui était prévue.",
    "T115.no product": "Aucun produit de la prescription pour {drug}.",
    "T115.makeable": "Les produits prescrits permettent cette dose.",
    "T115.not makeable": "Aucun produit prescrit ne permet de préparer {dose}.",
    "T115.divided": "Aucun produit prescrit ne permet de préparer {dose} avec cette répartition.",
    "T113.about": "dose totale",
    "T113.about own": "équivalence de la prescription",
    "T113.no table": "aucune valeur dans les sources lues : aucune table d’équivalence ne contient à la fois {old} et "
    "{new}",
    "T113.from to": "du {first} au {last}",
    "T113.detail": "{new} remplace {olds} {when}. Dose totale en équivalent diazépam, comparée au {day} : {most} ; "
    "{least}.",
    "T113.highest": "au plus haut selon {title}, {change}, le {day} ({before} → {total})",
    "T113.lowest": "au plus bas selon {title}, {change}, le {day} ({before} → {total})",
    "T113.surely": "Certains jours, toutes les tables donnent un total plus élevé.",
    "T113.half": "Selon la table la plus basse, le total tombe à la moitié ou moins : une baisse cachée.",
    "T113.tables": "{new} remplace {olds} {when} ; variation du total selon {tables} : {least} (minimum), {most} "
    "(maximum).",
    "T113.short": "{new} remplace {olds} {when}.",
    "T113.no change": "inchangé",
    "T113.higher": "{percent} de plus",
    "T113.lower": "{percent} de moins",
    "T113.doses on": "{doses} → {now} le {day} ; les tables donnent {range} ({new}).",
    "T113.doses": "{doses} → {now} ; les tables donnent {range} ({new}).",
    "T113.replaces": "{now} remplace {olds} ; les tables donnent {range}.",
    "T113.own": "Selon l’équivalence de la prescription ({equivalence}), le nouveau total par rapport au précédent : "
    "{span}.",
    "T113.own several": "Selon les équivalences de la prescription ({equivalences}), le nouveau total par rapport au "
    "précédent : {span}.",
    "T113.of drug": "{drug} : {equivalence}",
    "T113.between": "entre {low} et {high}",
    "T113.sets.less": "La prescription pose 1 mg ({old}) = {dose} ({new}) ; toutes les tables ici donnent moins : "
    "{range}.",
    "T113.sets.more": "La prescription pose 1 mg ({old}) = {dose} ({new}) ; toutes les tables ici donnent plus : "
    "{range}.",
    "T113.sets.detail": "La prescription indique {equivalence}.",
    "T113.sets.advice": "Vérifier que l’équivalence n’est pas une faute de frappe ; si elle est voulue, en noter la "
    "raison.",
    "T113.advice": "Surveiller la sédation et le sevrage ; ajuster le nouveau médicament à l’état de la personne, pas "
    "à la table seule.",
    "T114.unknown": "benzodiazépine ou apparenté inconnu : {drugs}",
    "T114.about": "deux substances par jour",
    "T114.about total": "total de deux substances",
    "T114.total": "Ensemble : {dose} en équivalent diazépam par jour ({title}, la plus haute des tables).",
    "T114.days": "{drugs} : prise les mêmes jours ({days}, {span}).",
    "T114.day": "{drugs} : prise le même jour ({day}).",
    "T114.detail": "{drugs}, jusqu’au {day}.",
    "T114.advice": "Vérifier que ces jours sont voulus et que les produits ne peuvent pas être confondus.",
    "T116.unrecorded": "jours sans donnée entre deux doses : on ne sait pas quelle substance a été baissée en premier",
    "T116.about": "deux baisses",
    "T116.times": "{count} fois, {span}",
    "T116.ordered": "{drugs} : baisse le même jour ({when}), comme prescrit.",
    "T116.not ordered": "{drugs} : baisse le même jour ({when}) ; la prescription ne le demande pas.",
    "T116.no order": "{drugs} : baisse le même jour ({when}) ; aucune prescription ne le demande.",
    "T116.ordered.advice": "Demander s’il y a des symptômes après chacun de ces jours ; personne ne peut dire de "
    "quelle baisse ils viennent.",
    "T116.advice": "Baisser un médicament et maintenir l’autre, ou prescrire la baisse simultanée des deux.",
    "T111.about": "durée totale",
    "T111.message": "La décroissance dure {days} ({when}). {guideline} : en général au moins {limit}{condition}.",
    "T111.to": "jusqu’au {day}",
    "T111.weeks between": " après {first} à {last} semaines d’utilisation",
    "T111.weeks from": " après {weeks} semaines d’utilisation ou plus",
    "T111.weeks below": " même après moins de {weeks} semaines d’utilisation",
    "T111.advice": "Faire des baisses plus petites ou plus espacées, ou noter pourquoi une décroissance courte "
    "convient ici.",
    "T111.detail": "Du {day} à l’arrêt ({title}).",
}
