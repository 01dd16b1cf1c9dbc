"""What the rules about practice say, those about splitting aside, in Spanish."""

TEXTS: dict[str, str] = {
    "days with less": "Las fuentes hablan de días sin dosis, no de días con menos dosis.",
    "T201.skipped": "Se omite {drug} durante {days} ({span}) y después se vuelve a tomar.",
    "T201.skipped.advice": "Dar una dosis todos los días; si hace falta, con una presentación de menos mg, mitades o "
    "una forma líquida.",
    "T201.alternates": "La dosis alterna cada día: {one} y {other}, {span}.",
    "T201.alternates.advice": "Dar la misma dosis todos los días; si hace falta, con una presentación de menos mg, "
    "mitades o una forma líquida.",
    "T213.by weekday": "según el día de la semana",
    "T213.from day to day": "de un día a otro",
    "T213.steps": "En {count} de {steps}, las dosis varían {how}",
    "T213.all": "Las dosis varían {how}",
    "T213.none without": "{what}; ningún día queda sin dosis.",
    "T213.any": "dosis",
    "T213.nights without": "{what}; {leave} noches sin {drugs}.",
    "T213.days without": "{what}; {leave} días sin {drugs}.",
    "T213.the last leaves": "el último deja",
    "T213.one leaves": "1 deja",
    "T213.the last leave": "los últimos {count} dejan",
    "T213.leave": "{count} dejan",
    "T213.average": "{doses}{change}",
    "T213.pattern": "Dosis {span}: {days}; {average}.",
    "T213.days": "Dosis {span}: {days}.",
    "T213.short": "Dosis {span}: varían {how}.",
    "T213.detail": "{days}; {average}.",
    "T213.dose on days": "{dose} ({days})",
    "T213.dose on": "{dose} ({weekdays})",
    "T213.in turn": "sucesivamente {turns}",
    "T213.advice": "Dar la misma dosis todos los días; si hace falta, con una presentación de menos mg, mitades o una "
    "forma líquida; si la pauta es intencionada, anotar el motivo.",
    "T207.about": "revisiones",
    "T207.about limit": "tiempo entre revisiones",
    "T207.at least": "{guideline}: una revisión al menos {every}.",
    "T207.with each cut": "{guideline}: una revisión con cada reducción.",
    "T207.none": "No hay ninguna revisión prevista.",
    "T207.planned": "Revisiones {every}.",
    "T207.planned and cuts": "Revisiones {every}, reducciones {cuts}.",
    "T207.advice": "Prever una revisión {every} o antes, o anotar dónde están acordadas las revisiones.",
    "T207.advice.each cut": "Prever una revisión con cada reducción, o anotar dónde están acordadas las revisiones.",
    "T218.about": "duración de una dispensación",
    "T218.about drug": "duración de una dispensación: {drug}",
    "T218.not ordered": "la prescripción no indica la duración de una dispensación",
    "T218.not read": "no se leyó ninguna duración máxima de dispensación para {country}",
    "T218.read": "no se leyó ninguna duración máxima de dispensación para {country} (leído: {read})",
    "T218.message": "Una dispensación es para {days}, desde el {day}; {where}: {limit}.",
    "T218.several": "{count} dispensaciones duran más de {length}, una de ellas {days}, desde el {day}; {where}: "
    "{limit}.",
    "T218.by law": "{length} por ley",
    "T218.by guidance": "{length} por recomendación",
    "T218.longer": "{limit}, más con una condición",
    "T218.condition": "{limit}, {longer} con una condición",
    "T218.advice.longer": "Prescribir dispensaciones más cortas, o escribir en la receta lo que exige una más larga.",
    "T218.advice": "Prescribir dispensaciones más cortas: {every} o {most} en {where}.",
    "T218.detail": "{where}: {says}.",
    "T215.about": "cargas de una jeringa",
    "T215.message": "Hasta {count} cargas de un dispositivo de {capacity} por toma durante {days} desde el {day}: "
    "{product}.",
    "T215.short": "Un líquido: hasta {count} cargas de un dispositivo de {capacity} por toma durante {days} desde el "
    "{day}.",
    "T215.advice": "Prescribir un dispositivo en el que quepa la dosis o, para las dosis mayores, comprimidos o un "
    "líquido más concentrado.",
    "T215.detail": "Medido con: {device}.",
    "T216.about": "polvo",
    "T216.message": "Se pesa el polvo de {product} durante {days} desde el {day}; ninguna ficha técnica leída aquí lo "
    "respalda.",
    "T216.short": "Se pesa el polvo de un comprimido durante {days} desde el {day}; ninguna ficha técnica leída aquí "
    "lo respalda.",
    "T216.detail": "Un comprimido pesa {weight} según la prescripción; la balanza marca saltos de {scale}, cada uno "
    "con {step} de {drug} si el polvo es homogéneo. Pesado con: {device}.",
    "T216.advice": "Prescribir una presentación de menos mg, una forma líquida o una suspensión preparada en farmacia.",
    "T214.about": "medicamento de acción corta una vez al día",
    "T214.no times": "no constan los momentos del día",
    "T214.no half-life": "no se leyó ningún valor para la vida media del propio medicamento: {drug}",
    "T214.message": "Una sola toma al día de {drug} desde el {day} ({days}), pero su vida media es como máximo de "
    "{hours} horas.",
    "T214.gathered": "Se agrupa {drug} en una sola toma al día desde el {day} ({days}), pero su vida media puede ser "
    "de apenas {hours} horas.",
    "T214.advice": "Preguntar por los síntomas antes de la dosis siguiente; si los hay, repartir la dosis a lo largo "
    "del día.",
    "T214.detail": "Según las vidas medias leídas aquí, antes de la dosis siguiente, {hours} horas después, ha "
    "desaparecido al menos {percent:un} de cada dosis.",
    "T208.about": "unidades por toma",
    "T208.message": "Hasta {count} comprimidos o cápsulas a la vez durante {days} desde el {day}; la prescripción "
    "permite {most}.",
    "T208.measures": "Hasta {count} unidades o medidas a la vez durante {days} desde el {day}; la prescripción "
    "permite {most}.",
    "T208.advice": "Añadir una presentación de más mg, o permitir más a la vez si es intencionado.",
    "T209.about": "cuartos",
    "T209.one": "{product}: {parts} ({dose}) durante {days}, {span}.",
    "T209.advice": "Pedir a la persona que lo pruebe antes; si no le sale bien, prescribir una presentación de menos "
    "mg o una forma líquida.",
    "T209.detail": "No se leyó ningún tamaño publicado de este comprimido.",
    "T209.small parts": "partes pequeñas",
    "T209.message": "Tomas en {parts} ({dose} cada parte) durante {days} desde el {day}: {product}.",
    "T209.short": "1 producto se toma en {parts} desde el {day}.",
    "T209.several": "{count} productos se toman en {parts} desde el {day} ({products}).",
    "T209.several.short": "{count} productos se toman en {parts} desde el {day}.",
    "T210.about": "productos parecidos",
    "T210.message": "El plan incluye {weak} y {strong} desde el {day}: {why}.",
    "T210.both": "El plan incluye {weak} y {strong}: {why}.",
    "T210.short": "El plan incluye dos productos desde el {day}: {why}.",
    "T210.volume": "el mismo volumen contiene {times} la dosis",
    "T210.forms": "mismos mg, distinta forma ({one}, {other})",
    "T210.digits": "las mismas cifras, {times} la dosis",
    "T210.advice": "Quitar uno, o señalar la diferencia en la hoja para la persona y en la farmacia.",
    "T211.about": "volúmenes que hay que medir",
    "T211.message": "{volume} de {product} queda entre dos marcas (una cada {line}) durante {days} desde el {day}.",
    "T211.short": "{volume} de un líquido queda entre dos marcas (una cada {line}) durante {days} desde el {day}.",
    "T211.drops": "{volume} de {product} no es un número entero de gotas ({line} cada una) durante {days} desde el "
    "{day}.",
    "T211.drops.short": "{volume} de un líquido no es un número entero de gotas ({line} cada una) durante {days} "
    "desde el {day}.",
    "T211.advice": "Elegir una dosis que caiga en una marca, o un dispositivo con marcas más finas.",
    "T211.detail": "{product}; medido con: {device}. Entre dos marcas, el volumen se calcula a ojo.",
    "T211.drops.detail": "{product}; medido con: {device}.",
    "T212.about": "gotas",
    "T212.message": "Se mide en mL durante {days} desde el {day}, pero su ficha técnica cuenta gotas ({drops} en 1 "
    "mL): {product}.",
    "T212.short": "Un líquido se mide en mL durante {days} desde el {day}, pero su ficha técnica cuenta gotas "
    "({drops} en 1 mL).",
    "T212.advice": "Prescribirlo en gotas, contadas con el cuentagotas del frasco.",
    "T216.of powder": "{amount} de polvo",
}
