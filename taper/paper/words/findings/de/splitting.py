"""What the rules about splitting say, in German."""

TEXTS: dict[str, str] = {
    "splitting.about": "Teilen",
    "splitting.one": "{product}: {parts} an {days:dat}, {span}.",
    "splitting.thrown away": "Der andere Teil wird weggeworfen; jeder verbraucht also ein ganzes Stück.",
    "splitting.unscored.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), hat aber keine Bruchrille.",
    "splitting.unscored.shorter": "{product} wird ab {day} geteilt ({parts}), hat aber keine Bruchrille.",
    "splitting.unscored.short": "Eine Tablette wird an {days:dat} ab {day} geteilt ({parts}), hat aber keine "
    "Bruchrille.",
    "splitting.unscored.several": "{count}, ab {day} geteilt ({parts}): ohne Bruchrille ({products}).",
    "splitting.unscored.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): ohne Bruchrille.",
    "splitting.unscored.why": "Die Tablette hat keine Bruchrille.",
    "splitting.unscored.advice": "Eine Tablette mit Bruchrille, eine geringere Stärke oder eine Lösung anordnen.",
    "splitting.quartered.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), hat aber nur eine "
    "Bruchrille für Hälften.",
    "splitting.quartered.shorter": "{product} wird ab {day} geteilt ({parts}), hat aber nur eine Bruchrille für "
    "Hälften.",
    "splitting.quartered.short": "Eine Tablette wird an {days:dat} ab {day} geteilt ({parts}), hat aber nur eine "
    "Bruchrille für Hälften.",
    "splitting.quartered.several": "{count}, ab {day} geteilt ({parts}): Bruchrille nur für Hälften ({products}).",
    "splitting.quartered.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): Bruchrille nur für "
    "Hälften.",
    "splitting.quartered.why": "Das ist feiner, als die Bruchrille erlaubt. Publizierte Pläne sehen Viertel vor: "
    "EMPOWER druckt eine Vierteltablette ab, ebenso die deutsche Fachinformation von Bromazepam 6 mg.",
    "splitting.quartered.advice": "Vorher ausprobieren lassen; falls es nicht gelingt, eine geringere Stärke oder "
    "eine Lösung anordnen.",
    "splitting.lined.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), keine gelesene Quelle nennt "
    "die Rille aber eine für Viertel.",
    "splitting.lined.shorter": "{product} wird ab {day} geteilt ({parts}), keine gelesene Quelle nennt die Rille aber "
    "eine für Viertel.",
    "splitting.lined.short": "Eine Tablette wird an {days:dat} ab {day} geteilt ({parts}), keine gelesene Quelle "
    "nennt die Rille aber eine für Viertel.",
    "splitting.lined.several": "{count}, ab {day} geteilt ({parts}): keine gelesene Quelle nennt die Rille eine für "
    "Viertel ({products}).",
    "splitting.lined.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): keine gelesene Quelle nennt "
    "die Rille eine für Viertel.",
    "splitting.lined.why": "Sie hat eine Rille, aber keine hier gelesene Quelle sagt, für wie viele Teile. "
    "Publizierte Pläne sehen Viertel vor: EMPOWER druckt eine Vierteltablette ab, ebenso die deutsche Fachinformation "
    "von Bromazepam 6 mg.",
    "splitting.lined.advice": "In der Apotheke fragen, von welchem Hersteller die Tablette ist, und deren "
    "Fachinformation prüfen.",
    "splitting.too fine.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), feiner, als die "
    "Bruchrille erlaubt.",
    "splitting.too fine.shorter": "{product} wird ab {day} geteilt ({parts}), feiner, als die Bruchrille erlaubt.",
    "splitting.too fine.short": "Eine Tablette wird an {days:dat} ab {day} geteilt ({parts}), feiner, als die "
    "Bruchrille erlaubt.",
    "splitting.too fine.several": "{count}, ab {day} geteilt ({parts}): Bruchrille nur für größere Teile ({products}).",
    "splitting.too fine.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): Bruchrille nur für "
    "größere Teile.",
    "splitting.too fine.why": "Das ist feiner, als die Bruchrille erlaubt.",
    "splitting.too fine.advice": "Eine Tablette mit Bruchrille, eine geringere Stärke oder eine Lösung anordnen.",
    "splitting.forbidden.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), nach der Fachinformation "
    "dient die Rille aber nicht zum Teilen in Dosen.",
    "splitting.forbidden.shorter": "{product} wird ab {day} geteilt ({parts}), nach der Fachinformation dient die "
    "Rille aber nicht zum Teilen in Dosen.",
    "splitting.forbidden.short": "Eine Tablette wird an {days:dat} ab {day} geteilt ({parts}), nach der "
    "Fachinformation dient die Rille aber nicht zum Teilen in Dosen.",
    "splitting.forbidden.several": "{count}, ab {day} geteilt ({parts}): nach der Fachinformation dient die Rille "
    "nicht zum Teilen in Dosen ({products}).",
    "splitting.forbidden.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): nach der Fachinformation "
    "dient die Rille nicht zum Teilen in Dosen.",
    "splitting.forbidden.why": "Nach der Fachinformation dient die Rille nicht dazu, die Tablette in gleiche Dosen zu "
    "teilen.",
    "splitting.forbidden.advice": "Die Tablette eines anderen Herstellers, eine geringere Stärke oder eine Lösung "
    "anordnen.",
    "splitting.not known.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), die Bruchrille ist aber "
    "nicht bekannt.",
    "splitting.not known.shorter": "{product} wird ab {day} geteilt ({parts}), die Bruchrille ist aber nicht bekannt.",
    "splitting.not known.short": "Eine Tablette wird an {days:dat} ab {day} geteilt ({parts}), die Bruchrille ist "
    "aber nicht bekannt.",
    "splitting.not known.several": "{count}, ab {day} geteilt ({parts}): Bruchrille nicht bekannt ({products}).",
    "splitting.not known.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): Bruchrille nicht bekannt.",
    "splitting.not known.why": "Die Bruchrille ist nicht bekannt oder je nach Hersteller verschieden.",
    "splitting.not known.advice": "In der Apotheke fragen, von welchem Hersteller die Tablette ist, und deren "
    "Fachinformation prüfen.",
    "splitting.not said.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), keine gelesene Quelle "
    "nennt die Teile aber gleich.",
    "splitting.not said.shorter": "{product} wird ab {day} geteilt ({parts}), keine gelesene Quelle nennt die Teile "
    "aber gleich.",
    "splitting.not said.short": "Eine Tablette wird an {days:dat} ab {day} geteilt ({parts}), keine gelesene Quelle "
    "nennt die Teile aber gleich.",
    "splitting.not said.several": "{count}, ab {day} geteilt ({parts}): keine gelesene Quelle nennt die Teile gleich "
    "({products}).",
    "splitting.not said.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): keine gelesene Quelle "
    "nennt die Teile gleich.",
    "splitting.not said.why": "Sie hat eine Rille, aber keine hier gelesene Quelle sagt, dass die Teile gleiche Dosen "
    "sind.",
    "splitting.not said.advice": "In der Apotheke fragen, von welchem Hersteller die Tablette ist, und deren "
    "Fachinformation prüfen.",
    "splitting.either.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), eine Bruchrille für gleiche "
    "Dosen ist aber nicht bekannt.",
    "splitting.either.shorter": "{product} wird ab {day} geteilt ({parts}), eine Bruchrille für gleiche Dosen ist "
    "aber nicht bekannt.",
    "splitting.either.short": "Eine Tablette wird an {days:dat} ab {day} geteilt ({parts}), eine Bruchrille für "
    "gleiche Dosen ist aber nicht bekannt.",
    "splitting.either.several": "{count}, ab {day} geteilt ({parts}): Bruchrille für gleiche Dosen nicht bekannt "
    "({products}).",
    "splitting.either.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): Bruchrille für gleiche "
    "Dosen nicht bekannt.",
    "splitting.either.why": "Die Bruchrille ist nicht bekannt, je nach Hersteller verschieden oder eine Rille, von "
    "der keine hier gelesene Quelle sagt, dass die Teile gleiche Dosen sind.",
    "splitting.either.advice": "In der Apotheke fragen, von welchem Hersteller die Tablette ist, und deren "
    "Fachinformation prüfen.",
    "splitting.extended.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), ist aber retardiert.",
    "splitting.extended.shorter": "{product} wird ab {day} geteilt ({parts}), ist aber retardiert.",
    "splitting.extended.short": "Ein Präparat wird an {days:dat} ab {day} geteilt ({parts}), ist aber retardiert.",
    "splitting.extended.several": "{count}, ab {day} geteilt ({parts}): retardiert ({products}).",
    "splitting.extended.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): retardiert.",
    "splitting.extended.why": "Nach den hier gelesenen Fachinformationen retardierter Formen darf man sie nicht "
    "zerdrücken oder kauen; keine erlaubt das Teilen.",
    "splitting.extended.advice": "Auf ein nicht retardiertes Präparat wechseln; Dosis und Zeiten sind dann neu zu "
    "entscheiden.",
    "splitting.never.message": "{product} wird an {days:dat} ab {day} geteilt ({parts}), ist aber nicht teilbar.",
    "splitting.never.shorter": "{product} wird ab {day} geteilt ({parts}), ist aber nicht teilbar.",
    "splitting.never.short": "Ein Präparat wird an {days:dat} ab {day} geteilt ({parts}), ist aber nicht teilbar.",
    "splitting.never.several": "{count}, ab {day} geteilt ({parts}): nicht teilbar ({products}).",
    "splitting.never.several.short": "{count}, an {days:dat} ab {day} geteilt ({parts}): nicht teilbar.",
    "splitting.never.why": "Die Teile sind nicht herstellbar oder nicht bis zur nächsten Dosis haltbar.",
    "splitting.never.advice": "Eine Tablette oder eine Lösung anordnen.",
}
