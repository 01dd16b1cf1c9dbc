"""What the rules about splitting say, in Spanish."""

TEXTS: dict[str, str] = {
    "splitting.about": "partición",
    "splitting.one": "{product}: {parts} durante {days}, {span}.",
    "splitting.thrown away": "La otra parte se tira, así que cada una gasta una unidad entera.",
    "splitting.unscored.message": "Se parte en {parts} durante {days} desde el {day}, pero no tiene ranura: {product}.",
    "splitting.unscored.shorter": "Se parte en {parts} desde el {day}, pero no tiene ranura: {product}.",
    "splitting.unscored.short": "Un producto sin ranura se parte en {parts} durante {days} desde el {day}.",
    "splitting.unscored.several": "{count} sin ranura se parten en {parts} desde el {day} ({products}).",
    "splitting.unscored.several.short": "{count} sin ranura se parten en {parts} durante {days} desde el {day}.",
    "splitting.unscored.why": "El comprimido no tiene ranura.",
    "splitting.unscored.advice": "Prescribir un comprimido ranurado, una presentación de menos mg o una forma líquida.",
    "splitting.quartered.message": "Se parte en {parts} durante {days} desde el {day}, pero su ranura es solo para "
    "mitades: {product}.",
    "splitting.quartered.shorter": "Se parte en {parts} desde el {day}, pero su ranura es solo para mitades: "
    "{product}.",
    "splitting.quartered.short": "Un producto con ranura solo para mitades se parte en {parts} durante {days} desde "
    "el {day}.",
    "splitting.quartered.several": "{count} con ranura solo para mitades se parten en {parts} desde el {day} "
    "({products}).",
    "splitting.quartered.several.short": "{count} con ranura solo para mitades se parten en {parts} durante {days} "
    "desde el {day}.",
    "splitting.quartered.why": "Son partes más finas de lo que permite la ranura. Hay pautas publicadas con cuartos: "
    "EMPOWER imprime un cuarto de comprimido, y también la ficha técnica alemana de bromazepam 6\N{NO-BREAK SPACE}mg.",
    "splitting.quartered.advice": "Pedir a la persona que lo pruebe antes; si no le sale bien, prescribir una "
    "presentación de menos mg o una forma líquida.",
    "splitting.lined.message": "Se parte en {parts} durante {days} desde el {day}, pero ninguna fuente leída dice que "
    "su ranura sea para cuartos: {product}.",
    "splitting.lined.shorter": "Se parte en {parts} desde el {day}, pero ninguna fuente leída dice que su ranura sea "
    "para cuartos: {product}.",
    "splitting.lined.short": "Un producto cuya ranura no se sabe si es para cuartos se parte en {parts} durante "
    "{days} desde el {day}.",
    "splitting.lined.several": "{count} cuya ranura no se sabe si es para cuartos se parten en {parts} desde el {day} "
    "({products}).",
    "splitting.lined.several.short": "{count} cuya ranura no se sabe si es para cuartos se parten en {parts} durante "
    "{days} desde el {day}.",
    "splitting.lined.why": "Tiene una ranura, pero ninguna fuente leída aquí dice en cuántas partes. Hay pautas "
    "publicadas con cuartos: EMPOWER imprime un cuarto de comprimido, y también la ficha técnica alemana de "
    "bromazepam 6\N{NO-BREAK SPACE}mg.",
    "splitting.lined.advice": "Preguntar en la farmacia de qué fabricante es el comprimido, y comprobar su ficha "
    "técnica.",
    "splitting.too fine.message": "Se parte en {parts} durante {days} desde el {day}, más de lo que permite su "
    "ranura: {product}.",
    "splitting.too fine.shorter": "Se parte en {parts} desde el {day}, más de lo que permite su ranura: {product}.",
    "splitting.too fine.short": "Un producto con ranura para partes mayores se parte en {parts} durante {days} desde "
    "el {day}.",
    "splitting.too fine.several": "{count} con ranura para partes mayores se parten en {parts} desde el {day} "
    "({products}).",
    "splitting.too fine.several.short": "{count} con ranura para partes mayores se parten en {parts} durante {days} "
    "desde el {day}.",
    "splitting.too fine.why": "Son partes más finas de lo que permite la ranura.",
    "splitting.too fine.advice": "Prescribir un comprimido ranurado, una presentación de menos mg o una forma líquida.",
    "splitting.forbidden.message": "Se parte en {parts} durante {days} desde el {day}, pero según su ficha técnica la "
    "ranura no es para dividir dosis: {product}.",
    "splitting.forbidden.shorter": "Se parte en {parts} desde el {day}, pero según su ficha técnica la ranura no es "
    "para dividir dosis: {product}.",
    "splitting.forbidden.short": "Se parte en {parts} durante {days} desde el {day}: un producto cuya ranura, según "
    "su ficha técnica, no es para dividir dosis.",
    "splitting.forbidden.several": "{count} cuya ranura, según su ficha técnica, no es para dividir dosis se parten "
    "en {parts} desde el {day} ({products}).",
    "splitting.forbidden.several.short": "{count} cuya ranura, según su ficha técnica, no es para dividir dosis se "
    "parten en {parts} durante {days} desde el {day}.",
    "splitting.forbidden.why": "Según la ficha técnica, la ranura no es para dividir el comprimido en dosis iguales.",
    "splitting.forbidden.advice": "Prescribir el comprimido de otro fabricante, una presentación de menos mg o una "
    "forma líquida.",
    "splitting.not known.message": "Se parte en {parts} durante {days} desde el {day}, pero no se sabe si tiene "
    "ranura: {product}.",
    "splitting.not known.shorter": "Se parte en {parts} desde el {day}, pero no se sabe si tiene ranura: {product}.",
    "splitting.not known.short": "Un producto del que no se sabe si tiene ranura se parte en {parts} durante {days} "
    "desde el {day}.",
    "splitting.not known.several": "{count} de los que no se sabe si tienen ranura se parten en {parts} desde el "
    "{day} ({products}).",
    "splitting.not known.several.short": "{count} de los que no se sabe si tienen ranura se parten en {parts} durante "
    "{days} desde el {day}.",
    "splitting.not known.why": "La ranura no se conoce o cambia según el fabricante.",
    "splitting.not known.advice": "Preguntar en la farmacia de qué fabricante es el comprimido, y comprobar su ficha "
    "técnica.",
    "splitting.not said.message": "Se parte en {parts} durante {days} desde el {day}, pero ninguna fuente leída dice "
    "que las partes sean iguales: {product}.",
    "splitting.not said.shorter": "Se parte en {parts} desde el {day}, pero ninguna fuente leída dice que las partes "
    "sean iguales: {product}.",
    "splitting.not said.short": "Se parte en {parts} durante {days} desde el {day}: un producto cuya ficha técnica no "
    "dice que las partes sean iguales.",
    "splitting.not said.several": "{count} cuya ficha técnica no dice que las partes sean iguales se parten en "
    "{parts} desde el {day} ({products}).",
    "splitting.not said.several.short": "{count} cuya ficha técnica no dice que las partes sean iguales se parten en "
    "{parts} durante {days} desde el {day}.",
    "splitting.not said.why": "Tiene una ranura, pero ninguna fuente leída aquí dice que las partes sean dosis "
    "iguales.",
    "splitting.not said.advice": "Preguntar en la farmacia de qué fabricante es el comprimido, y comprobar su ficha "
    "técnica.",
    "splitting.either.message": "Se parte en {parts} durante {days} desde el {day}, pero no se sabe si su ranura es "
    "para dosis iguales: {product}.",
    "splitting.either.shorter": "Se parte en {parts} desde el {day}, pero no se sabe si su ranura es para dosis "
    "iguales: {product}.",
    "splitting.either.short": "Se parte en {parts} durante {days} desde el {day}: un producto del que no se sabe si "
    "tiene ranura para dosis iguales.",
    "splitting.either.several": "{count} de los que no se sabe si tienen ranura para dosis iguales se parten en "
    "{parts} desde el {day} ({products}).",
    "splitting.either.several.short": "{count} de los que no se sabe si tienen ranura para dosis iguales se parten en "
    "{parts} durante {days} desde el {day}.",
    "splitting.either.why": "La ranura no se conoce, cambia según el fabricante, o ninguna fuente leída aquí dice de "
    "ella que las partes sean dosis iguales.",
    "splitting.either.advice": "Preguntar en la farmacia de qué fabricante es el comprimido, y comprobar su ficha "
    "técnica.",
    "splitting.extended.message": "Se parte en {parts} durante {days} desde el {day}, pero es de liberación "
    "prolongada: {product}.",
    "splitting.extended.shorter": "Se parte en {parts} desde el {day}, pero es de liberación prolongada: {product}.",
    "splitting.extended.short": "Un producto de liberación prolongada se parte en {parts} durante {days} desde el "
    "{day}.",
    "splitting.extended.several": "{count} de liberación prolongada se parten en {parts} desde el {day} ({products}).",
    "splitting.extended.several.short": "{count} de liberación prolongada se parten en {parts} durante {days} desde "
    "el {day}.",
    "splitting.extended.why": "Las fichas técnicas de liberación prolongada leídas aquí dicen que no se deben "
    "triturar ni masticar; ninguna permite partirlos.",
    "splitting.extended.advice": "Cambiar a un producto de liberación inmediata; la dosis y los horarios exigen "
    "entonces una nueva decisión.",
    "splitting.never.message": "Se parte en {parts} durante {days} desde el {day}, pero no se puede partir: {product}.",
    "splitting.never.shorter": "Se parte en {parts} desde el {day}, pero no se puede partir: {product}.",
    "splitting.never.short": "Un producto que no se puede partir se parte en {parts} durante {days} desde el {day}.",
    "splitting.never.several": "{count} que no se pueden partir se parten en {parts} desde el {day} ({products}).",
    "splitting.never.several.short": "{count} que no se pueden partir se parten en {parts} durante {days} desde el "
    "{day}.",
    "splitting.never.why": "Las partes no se pueden hacer, o no se conservan hasta la dosis siguiente.",
    "splitting.never.advice": "Prescribir un comprimido o una forma líquida.",
}
