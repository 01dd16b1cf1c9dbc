"""What the rules about splitting say, in French."""

TEXTS: dict[str, str] = {
    "splitting.about": "produits à couper",
    "splitting.one": "{product} : {parts}, {days}, {span}.",
    "splitting.thrown away": "L’autre partie est jetée ; chaque partie consomme donc une unité entière.",
    "splitting.unscored.message": "{product} : à couper en {parts}, {days} à partir du {day}, mais sans barre de "
    "cassure.",
    "splitting.unscored.shorter": "{product} : à couper en {parts} à partir du {day}, mais sans barre de cassure.",
    "splitting.unscored.short": "Un comprimé est à couper en {parts}, {days} à partir du {day}, mais sans barre de "
    "cassure.",
    "splitting.unscored.several": "{count} à couper en {parts} à partir du {day}, mais sans barre de cassure "
    "({products}).",
    "splitting.unscored.several.short": "{count} à couper en {parts}, {days} à partir du {day}, mais sans barre de "
    "cassure.",
    "splitting.unscored.why": "Le comprimé n’a pas de barre de cassure.",
    "splitting.unscored.advice": "Prescrire un comprimé sécable, un dosage plus faible ou une solution buvable.",
    "splitting.quartered.message": "{product} : à couper en {parts}, {days} à partir du {day}, mais sécable en deux "
    "seulement.",
    "splitting.quartered.shorter": "{product} : à couper en {parts} à partir du {day}, mais sécable en deux seulement.",
    "splitting.quartered.short": "Un comprimé est à couper en {parts}, {days} à partir du {day}, mais sécable en deux "
    "seulement.",
    "splitting.quartered.several": "{count} à couper en {parts} à partir du {day}, mais sécables en deux seulement "
    "({products}).",
    "splitting.quartered.several.short": "{count} à couper en {parts}, {days} à partir du {day}, mais sécables en "
    "deux seulement.",
    "splitting.quartered.why": "C’est plus fin que ne le permet la barre de cassure. Des plans publiés prévoient des "
    "quarts : EMPOWER montre un quart de comprimé, et le RCP allemand du bromazépam 6 mg aussi.",
    "splitting.quartered.advice": "Faire essayer d’abord à la personne ; si cela ne va pas, prescrire un dosage plus "
    "faible ou une solution buvable.",
    "splitting.lined.message": "{product} : à couper en {parts}, {days} à partir du {day}, mais aucune source lue ne "
    "dit que la barre est pour des quarts.",
    "splitting.lined.shorter": "{product} : à couper en {parts} à partir du {day}, mais aucune source lue ne dit que "
    "la barre est pour des quarts.",
    "splitting.lined.short": "Un comprimé est à couper en {parts}, {days} à partir du {day}, mais aucune source lue "
    "ne dit que la barre est pour des quarts.",
    "splitting.lined.several": "{count} à couper en {parts} à partir du {day}, mais aucune source lue ne dit que la "
    "barre est pour des quarts ({products}).",
    "splitting.lined.several.short": "{count} à couper en {parts}, {days} à partir du {day}, mais aucune source lue "
    "ne dit que la barre est pour des quarts.",
    "splitting.lined.why": "Il a une barre de cassure, mais aucune source lue ici ne dit pour combien de parties. Des "
    "plans publiés prévoient des quarts : EMPOWER montre un quart de comprimé, et le RCP allemand du bromazépam 6 mg "
    "aussi.",
    "splitting.lined.advice": "Demander à la pharmacie de quel fabricant est le comprimé, et vérifier son RCP.",
    "splitting.too fine.message": "{product} : à couper en {parts}, {days} à partir du {day}, plus finement que ne le "
    "permet sa barre de cassure.",
    "splitting.too fine.shorter": "{product} : à couper en {parts} à partir du {day}, plus finement que ne le permet "
    "sa barre de cassure.",
    "splitting.too fine.short": "Un comprimé est à couper en {parts}, {days} à partir du {day}, plus finement que ne "
    "le permet sa barre de cassure.",
    "splitting.too fine.several": "{count} à couper en {parts} à partir du {day}, plus finement que ne le permet leur "
    "barre de cassure ({products}).",
    "splitting.too fine.several.short": "{count} à couper en {parts}, {days} à partir du {day}, plus finement que ne "
    "le permet leur barre de cassure.",
    "splitting.too fine.why": "C’est plus fin que ne le permet la barre de cassure.",
    "splitting.too fine.advice": "Prescrire un comprimé sécable, un dosage plus faible ou une solution buvable.",
    "splitting.forbidden.message": "{product} : à couper en {parts}, {days} à partir du {day}, mais selon le RCP la "
    "barre de cassure ne sert pas à diviser la dose.",
    "splitting.forbidden.shorter": "{product} : à couper en {parts} à partir du {day}, mais selon le RCP la barre de "
    "cassure ne sert pas à diviser la dose.",
    "splitting.forbidden.short": "Un comprimé est à couper en {parts}, {days} à partir du {day}, mais selon le RCP la "
    "barre de cassure ne sert pas à diviser la dose.",
    "splitting.forbidden.several": "{count} à couper en {parts} à partir du {day}, mais selon le RCP la barre de "
    "cassure ne sert pas à diviser la dose ({products}).",
    "splitting.forbidden.several.short": "{count} à couper en {parts}, {days} à partir du {day}, mais selon le RCP la "
    "barre de cassure ne sert pas à diviser la dose.",
    "splitting.forbidden.why": "Selon le RCP, la barre de cassure ne sert pas à diviser le comprimé en doses égales.",
    "splitting.forbidden.advice": "Prescrire le comprimé d’un autre fabricant, un dosage plus faible ou une solution "
    "buvable.",
    "splitting.not known.message": "{product} : à couper en {parts}, {days} à partir du {day}, mais sécabilité "
    "inconnue.",
    "splitting.not known.shorter": "{product} : à couper en {parts} à partir du {day}, mais sécabilité inconnue.",
    "splitting.not known.short": "Un comprimé est à couper en {parts}, {days} à partir du {day}, mais sécabilité "
    "inconnue.",
    "splitting.not known.several": "{count} à couper en {parts} à partir du {day}, mais sécabilité inconnue "
    "({products}).",
    "splitting.not known.several.short": "{count} à couper en {parts}, {days} à partir du {day}, mais sécabilité "
    "inconnue.",
    "splitting.not known.why": "La sécabilité est inconnue ou diffère selon le fabricant.",
    "splitting.not known.advice": "Demander à la pharmacie de quel fabricant est le comprimé, et vérifier son RCP.",
    "splitting.not said.message": "{product} : à couper en {parts}, {days} à partir du {day}, mais aucune source lue "
    "ne dit que les parties sont égales.",
    "splitting.not said.shorter": "{product} : à couper en {parts} à partir du {day}, mais aucune source lue ne dit "
    "que les parties sont égales.",
    "splitting.not said.short": "Un comprimé est à couper en {parts}, {days} à partir du {day}, mais aucune source "
    "lue ne dit que les parties sont égales.",
    "splitting.not said.several": "{count} à couper en {parts} à partir du {day}, mais aucune source lue ne dit que "
    "les parties sont égales ({products}).",
    "splitting.not said.several.short": "{count} à couper en {parts}, {days} à partir du {day}, mais aucune source "
    "lue ne dit que les parties sont égales.",
    "splitting.not said.why": "Il a une barre de cassure, mais aucune source lue ici ne dit que les parties sont des "
    "doses égales.",
    "splitting.not said.advice": "Demander à la pharmacie de quel fabricant est le comprimé, et vérifier son RCP.",
    "splitting.either.message": "{product} : à couper en {parts}, {days} à partir du {day}, mais sécabilité en doses "
    "égales non établie.",
    "splitting.either.shorter": "{product} : à couper en {parts} à partir du {day}, mais sécabilité en doses égales "
    "non établie.",
    "splitting.either.short": "Un comprimé est à couper en {parts}, {days} à partir du {day}, mais sécabilité en "
    "doses égales non établie.",
    "splitting.either.several": "{count} à couper en {parts} à partir du {day}, mais sécabilité en doses égales non "
    "établie ({products}).",
    "splitting.either.several.short": "{count} à couper en {parts}, {days} à partir du {day}, mais sécabilité en "
    "doses égales non établie.",
    "splitting.either.why": "La sécabilité est inconnue, diffère selon le fabricant, ou il y a une barre de cassure "
    "dont aucune source lue ici ne dit que les parties sont des doses égales.",
    "splitting.either.advice": "Demander à la pharmacie de quel fabricant est le comprimé, et vérifier son RCP.",
    "splitting.extended.message": "{product} : à couper en {parts}, {days} à partir du {day}, mais à libération "
    "prolongée.",
    "splitting.extended.shorter": "{product} : à couper en {parts} à partir du {day}, mais à libération prolongée.",
    "splitting.extended.short": "Un produit est à couper en {parts}, {days} à partir du {day}, mais à libération "
    "prolongée.",
    "splitting.extended.several": "{count} à couper en {parts} à partir du {day}, mais à libération prolongée "
    "({products}).",
    "splitting.extended.several.short": "{count} à couper en {parts}, {days} à partir du {day}, mais à libération "
    "prolongée.",
    "splitting.extended.why": "Les RCP des formes à libération prolongée lus ici disent de ne pas écraser ni croquer "
    "; aucun ne permet de couper.",
    "splitting.extended.advice": "Passer à une forme à libération immédiate ; la dose et les moments de prise sont "
    "alors à décider à nouveau.",
    "splitting.never.message": "{product} : à couper en {parts}, {days} à partir du {day}, mais impossible à couper.",
    "splitting.never.shorter": "{product} : à couper en {parts} à partir du {day}, mais impossible à couper.",
    "splitting.never.short": "Un produit est à couper en {parts}, {days} à partir du {day}, mais impossible à couper.",
    "splitting.never.several": "{count} à couper en {parts} à partir du {day}, mais impossibles à couper ({products}).",
    "splitting.never.several.short": "{count} à couper en {parts}, {days} à partir du {day}, mais impossibles à "
    "couper.",
    "splitting.never.why": "Les parties ne peuvent pas être préparées, ou pas conservées jusqu’à la dose suivante.",
    "splitting.never.advice": "Prescrire un comprimé ou une solution buvable.",
}
