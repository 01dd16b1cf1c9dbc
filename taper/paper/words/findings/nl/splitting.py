"""What the rules about splitting say, in Dutch."""

TEXTS: dict[str, str] = {
    "splitting.about": "delen",
    "splitting.one": "{product}: {parts} op {days}, {span}.",
    "splitting.thrown away": "Het andere deel wordt weggegooid; elk deel verbruikt dus een heel stuk.",
    "splitting.unscored.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, maar heeft geen "
    "breukstreep.",
    "splitting.unscored.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, maar heeft geen breukstreep.",
    "splitting.unscored.short": "Een tablet zonder breukstreep wordt vanaf {day} ({days}) in {parts} gedeeld.",
    "splitting.unscored.several": "{count} zonder breukstreep ({products}) worden vanaf {day} in {parts} gedeeld.",
    "splitting.unscored.several.short": "{count} zonder breukstreep worden vanaf {day} ({days}) in {parts} gedeeld.",
    "splitting.unscored.why": "De tablet heeft geen breukstreep.",
    "splitting.unscored.advice": "Schrijf een tablet met breukstreep, een lagere sterkte of een drank voor.",
    "splitting.quartered.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, maar heeft alleen een "
    "breukstreep voor helften.",
    "splitting.quartered.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, maar heeft alleen een breukstreep "
    "voor helften.",
    "splitting.quartered.short": "Een tablet met een breukstreep voor alleen helften wordt vanaf {day} ({days}) in "
    "{parts} gedeeld.",
    "splitting.quartered.several": "{count} met een breukstreep voor alleen helften ({products}) worden vanaf {day} "
    "in {parts} gedeeld.",
    "splitting.quartered.several.short": "{count} met een breukstreep voor alleen helften worden vanaf {day} ({days}) "
    "in {parts} gedeeld.",
    "splitting.quartered.why": "Dit is fijner dan de breukstreep toelaat. Gepubliceerde schema’s gebruiken kwarten: "
    "EMPOWER beeldt een kwart tablet af, en de Duitse productinformatie van bromazepam 6 mg ook.",
    "splitting.quartered.advice": "Laat de patiënt het vooraf proberen; lukt het niet, schrijf dan een lagere sterkte "
    "of een drank voor.",
    "splitting.lined.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, maar geen gelezen bron zegt "
    "dat de streep voor kwarten is.",
    "splitting.lined.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, maar geen gelezen bron zegt dat de "
    "streep voor kwarten is.",
    "splitting.lined.short": "Een tablet wordt vanaf {day} ({days}) in {parts} gedeeld; geen gelezen bron zegt dat de "
    "streep voor kwarten is.",
    "splitting.lined.several": "{count} worden vanaf {day} in {parts} gedeeld; geen gelezen bron zegt dat de streep "
    "voor kwarten is ({products}).",
    "splitting.lined.several.short": "{count} worden vanaf {day} ({days}) in {parts} gedeeld; geen gelezen bron zegt "
    "dat de streep voor kwarten is.",
    "splitting.lined.why": "De tablet heeft een streep, maar geen hier gelezen bron zegt voor hoeveel delen. "
    "Gepubliceerde schema’s gebruiken kwarten: EMPOWER beeldt een kwart tablet af, en de Duitse productinformatie van "
    "bromazepam 6 mg ook.",
    "splitting.lined.advice": "Vraag de apotheek van welke fabrikant de tablet is, en controleer de productinformatie.",
    "splitting.too fine.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, fijner dan de breukstreep "
    "toelaat.",
    "splitting.too fine.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, fijner dan de breukstreep toelaat.",
    "splitting.too fine.short": "Een tablet met een breukstreep voor grotere delen wordt vanaf {day} ({days}) in "
    "{parts} gedeeld.",
    "splitting.too fine.several": "{count} met een breukstreep voor grotere delen ({products}) worden vanaf {day} in "
    "{parts} gedeeld.",
    "splitting.too fine.several.short": "{count} met een breukstreep voor grotere delen worden vanaf {day} ({days}) "
    "in {parts} gedeeld.",
    "splitting.too fine.why": "Dit is fijner dan de breukstreep toelaat.",
    "splitting.too fine.advice": "Schrijf een tablet met breukstreep, een lagere sterkte of een drank voor.",
    "splitting.forbidden.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, maar volgens de "
    "productinformatie is de streep niet bedoeld om doses te delen.",
    "splitting.forbidden.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, maar volgens de productinformatie "
    "is de streep niet bedoeld om doses te delen.",
    "splitting.forbidden.short": "Een tablet wordt vanaf {day} ({days}) in {parts} gedeeld; volgens de "
    "productinformatie is de streep niet bedoeld om doses te delen.",
    "splitting.forbidden.several": "{count} worden vanaf {day} in {parts} gedeeld; volgens de productinformatie is de "
    "streep niet bedoeld om doses te delen ({products}).",
    "splitting.forbidden.several.short": "{count} worden vanaf {day} ({days}) in {parts} gedeeld; volgens de "
    "productinformatie is de streep niet bedoeld om doses te delen.",
    "splitting.forbidden.why": "Volgens de productinformatie is de streep niet bedoeld om de tablet in gelijke doses "
    "te verdelen.",
    "splitting.forbidden.advice": "Schrijf de tablet van een andere fabrikant, een lagere sterkte of een drank voor.",
    "splitting.not known.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, maar de breukstreep is "
    "niet bekend.",
    "splitting.not known.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, maar de breukstreep is niet "
    "bekend.",
    "splitting.not known.short": "Een tablet met onbekende breukstreep wordt vanaf {day} ({days}) in {parts} gedeeld.",
    "splitting.not known.several": "{count} met onbekende breukstreep ({products}) worden vanaf {day} in {parts} "
    "gedeeld.",
    "splitting.not known.several.short": "{count} met onbekende breukstreep worden vanaf {day} ({days}) in {parts} "
    "gedeeld.",
    "splitting.not known.why": "De breukstreep is onbekend of verschilt per fabrikant.",
    "splitting.not known.advice": "Vraag de apotheek van welke fabrikant de tablet is, en controleer de "
    "productinformatie.",
    "splitting.not said.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, maar geen gelezen bron "
    "noemt de delen gelijk.",
    "splitting.not said.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, maar geen gelezen bron noemt de "
    "delen gelijk.",
    "splitting.not said.short": "Een tablet wordt vanaf {day} ({days}) in {parts} gedeeld; geen gelezen bron noemt de "
    "delen gelijk.",
    "splitting.not said.several": "{count} worden vanaf {day} in {parts} gedeeld; geen gelezen bron noemt de delen "
    "gelijk ({products}).",
    "splitting.not said.several.short": "{count} worden vanaf {day} ({days}) in {parts} gedeeld; geen gelezen bron "
    "noemt de delen gelijk.",
    "splitting.not said.why": "De tablet heeft een streep, maar geen hier gelezen bron zegt dat de delen gelijke "
    "doses zijn.",
    "splitting.not said.advice": "Vraag de apotheek van welke fabrikant de tablet is, en controleer de "
    "productinformatie.",
    "splitting.either.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, maar een breukstreep voor "
    "gelijke doses is niet bekend.",
    "splitting.either.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, maar een breukstreep voor gelijke "
    "doses is niet bekend.",
    "splitting.either.short": "Een tablet zonder bekende breukstreep voor gelijke doses wordt vanaf {day} ({days}) in "
    "{parts} gedeeld.",
    "splitting.either.several": "{count} zonder bekende breukstreep voor gelijke doses ({products}) worden vanaf "
    "{day} in {parts} gedeeld.",
    "splitting.either.several.short": "{count} zonder bekende breukstreep voor gelijke doses worden vanaf {day} "
    "({days}) in {parts} gedeeld.",
    "splitting.either.why": "De breukstreep is niet bekend, verschilt per fabrikant, of is een streep waarvan geen "
    "hier gelezen bron zegt dat de delen gelijke doses zijn.",
    "splitting.either.advice": "Vraag de apotheek van welke fabrikant de tablet is, en controleer de "
    "productinformatie.",
    "splitting.extended.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, maar heeft verlengde "
    "afgifte.",
    "splitting.extended.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, maar heeft verlengde afgifte.",
    "splitting.extended.short": "Een product met verlengde afgifte wordt vanaf {day} ({days}) in {parts} gedeeld.",
    "splitting.extended.several": "{count} met verlengde afgifte ({products}) worden vanaf {day} in {parts} gedeeld.",
    "splitting.extended.several.short": "{count} met verlengde afgifte worden vanaf {day} ({days}) in {parts} gedeeld.",
    "splitting.extended.why": "De hier gelezen productinformatie van vormen met verlengde afgifte zegt: niet "
    "fijnmaken of kauwen; nergens wordt delen toegestaan.",
    "splitting.extended.advice": "Stap over op een product met directe afgifte; over dosis en tijdstippen is dan "
    "opnieuw te beslissen.",
    "splitting.never.message": "{product} wordt vanaf {day} ({days}) in {parts} gedeeld, maar is niet deelbaar.",
    "splitting.never.shorter": "{product} wordt vanaf {day} in {parts} gedeeld, maar is niet deelbaar.",
    "splitting.never.short": "Een product wordt vanaf {day} ({days}) in {parts} gedeeld, maar is niet deelbaar.",
    "splitting.never.several": "{count} worden vanaf {day} in {parts} gedeeld, maar zijn niet deelbaar ({products}).",
    "splitting.never.several.short": "{count} worden vanaf {day} ({days}) in {parts} gedeeld, maar zijn niet deelbaar.",
    "splitting.never.why": "De delen zijn niet te maken, of niet te bewaren tot de volgende dosis.",
    "splitting.never.advice": "Schrijf een tablet of een drank voor.",
}
