"""Spanish. A translation of the English text, not checked by a clinician."""

from __future__ import annotations

from types import MappingProxyType

from taper.paper.words.box_label import BOX_LABEL
from taper.paper.words.counting import Forms, counter
from taper.paper.words.en import ENGLISH
from taper.paper.words.language import Language, Noun, Sentence
from taper.paper.words.locales import LOCALES
from taper.paper.words.product_names import NAMES
from taper.paper.words.revision import REVISION
from taper.paper.words.several import SEVERAL
from taper.paper.words.sheets import words_of
from taper.paper.words.sheets.counts import COUNTS
from taper.paper.words.taking import TAKING
from taper.paper.words.tells import TELLS
from taper.paper.words.translation import Texts, translated


def forms_of(one: str, many: str, *, feminine: bool) -> Forms:
    """Return the forms of a noun, in Spanish."""
    half = "media" if feminine else "medio"
    return Forms(
        whole={"one": f"{{number}} {one}", "many": f"{{number}} de {many}", "other": f"{{number}} {many}"},
        alone=(f"un cuarto de {one}", f"{half} {one}", f"tres cuartos de {one}"),
        behind=(f"y un cuarto de {one}", f"y {half}", f"y tres cuartos de {one}"),
    )


NOUNS: dict[Noun, Forms] = {
    "tablet": forms_of("comprimido", "comprimidos", feminine=False),
    "capsule": forms_of("cápsula", "cápsulas", feminine=True),
    "film": forms_of("película", "películas", feminine=True),
    "piece": forms_of("unidad", "unidades", feminine=True),
}

_NO_DOSE_DAYS = (
    "Los días marcados con «{none}», no tome ninguna dosis. No se salte ninguna otra dosis ni tome más de lo "
    "indicado. Saltarse dosis puede empeorar los síntomas de abstinencia."
)

_WHAT_TO_DO: tuple[Texts, ...] = (
    (
        "No deje nunca el medicamento de golpe",
        (
            "No deje este medicamento de golpe, aunque se sienta bien. "
            "Si lo deja o baja la dosis demasiado rápido, puede tener una convulsión (un ataque epiléptico). "
            "Una convulsión puede poner su vida en peligro.",
            "Si se le acaba antes de tiempo o lo pierde, llame enseguida a su médico o farmacéutico.",
        ),
        (),
    ),
    (
        "Pida ayuda de inmediato: llame al número de emergencias",
        (),
        (
            "Tiene una convulsión (un ataque epiléptico).",
            "Tiene confusión y no sabe dónde está ni qué pasa.",
            "Usted ve, oye o cree cosas que no son reales.",
            "Tiene ideas de hacerse daño o de quitarse la vida.",
            "Tiene dolor en el pecho, o siente que el corazón le late muy fuerte y no se le pasa.",
            "Su respiración es muy lenta o superficial, o tiene tanto sueño que cuesta mucho que despierte.",
        ),
    ),
    (
        "Llame a su médico esta semana",
        (),
        (
            "Los síntomas le molestan, o no le dejan dormir o hacer su vida normal. "
            "El plan puede ir más lento o hacer una pausa.",
            "Se siente muy triste, u otras personas se preocupan por usted.",
            "Ha olvidado alguna dosis o ha tomado más de lo que indica el plan.",
            "Está embarazada, o quiere estarlo.",
            "Le recetan o le dan un medicamento nuevo.",
            "El medicamento se le va a acabar antes de que pueda recoger más en la farmacia.",
        ),
    ),
    (
        "Cada día",
        (),
        (
            "Tome cada dosis en el momento del día que indica el calendario y marque su casilla.",
            "No se salte ninguna dosis ni tome más de lo indicado. Saltarse dosis puede empeorar los síntomas "
            "de abstinencia.",
            TELLS["es"]["missed_day"],
            "No baje la dosis más rápido de lo que indica este plan, ni siquiera en los días buenos.",
            "No beba alcohol. No tome opioides (medicamentos fuertes para el dolor) ni otros medicamentos que den "
            "sueño sin consultar antes a su médico.",
            "No conduzca ni maneje máquinas si tiene sueño, lentitud o mareos.",
            "Lleve este plan a cada cita.",
        ),
    ),
    (
        "Qué puede notar: síntomas de abstinencia",
        (
            "Cada persona es distinta. Algunas notan poco y otras mucho, aunque bajen la dosis despacio.",
            "Los síntomas pueden tardar hasta una semana en empezar después de bajar la dosis. "
            "Pueden ser más fuertes hacia el final de la reducción.",
        ),
        (
            "Ansiedad, pánico, tristeza, inquietud o irritabilidad.",
            "Mal sueño, pesadillas o demasiado sueño.",
            "Dolor de cabeza, sudor, temblor, dolor o sacudidas musculares, problemas de equilibrio.",
            "Cólicos, diarrea, náuseas o vómitos.",
            "Problemas de memoria o de atención, zumbido en los oídos u hormigueo.",
            "Molestia con la luz, el ruido, el roce, los sabores o los olores. Puede parecer que el suelo se mueve.",
        ),
    ),
    (
        "Si se hace difícil",
        (
            "Puede pedir pasos más pequeños, más tiempo con la misma dosis o una pausa.",
            "A veces el médico propone volver por un tiempo a la dosis anterior.",
            "No cambie el plan por su cuenta: hable antes con su médico.",
            "Puede ayudar moverse un poco cada día, beber suficiente agua y relajar los músculos uno por uno.",
        ),
        (),
    ),
    (
        "Dormir sin medicamento",
        (
            "Puede dormir mal mientras baja la dosis.",
            "Pregunte por la TCC-I (terapia cognitivo-conductual para el insomnio): charlas y tareas que enseñan "
            "a dormir bien otra vez. Esta terapia actúa sobre los pensamientos y hábitos que le quitan el sueño.",
        ),
        (
            "Levántese a la misma hora cada día, también después de una mala noche.",
            "Por la mañana, salga al aire libre o siéntese junto a una luz intensa.",
            "Cerca de la hora de dormir, evite el café, el té, las bebidas energéticas, el alcohol, el tabaco "
            "y las comidas pesadas.",
            "Haga las mismas cosas tranquilas cada noche antes de acostarse.",
            "Acuéstese únicamente cuando tenga sueño. Use la cama únicamente para dormir y para las relaciones "
            "sexuales.",
            "Si pasan unos 20 minutos y no se duerme, levántese. Haga algo tranquilo y vuelva cuando tenga sueño. "
            "No mire el reloj.",
            "No duerma durante el día: evite la siesta.",
            "Haga ejercicio de día, pero no en las últimas horas antes de acostarse.",
            "Mantenga el dormitorio fresco, oscuro y en silencio.",
        ),
    ),
)

_PHRASES = {
    **BOX_LABEL["es"],
    "title": "Su plan de {medicine}",
    "or": " o ",
    "nor": " ni ",
    "comma": ", ",
    "unreviewed": "Este texto en {language} es una traducción que ningún profesional sanitario ha revisado.",
    "and": "{first} y {last}",
    "summary_stop": "De {first} al día hasta dejarlo del todo",
    "summary_goal": "De {first} al día a {last} al día",
    "summary_keep": "{first} al día",
    "summary_drugs": "{drugs}, paso a paso",
    "fact_now": "Primera dosis de este plan",
    "fact_next": "Primera dosis nueva",
    "fact_stop": "Primer día sin {medicine}",
    "fact_end": "Último día de este plan",
    "a_day": "{dose} al día",
    "on_date": "el {date}",
    "for_patient": "Para {name}",
    "prescriber": "Recetado por: {name}",
    "phone": "¿Preguntas? Llame al {phone}",
    "never": "Nunca deje este medicamento de golpe. En el apartado «Qué hacer» de este plan se explica cuándo llamar.",
    "stay": "Después del {date}, siga con esta dosis hasta que usted y su médico decidan juntos cómo seguir.",
    "steps": "Sus pasos",
    "chart": "Cómo cambia su dosis",
    "chart_title": "Dosis diaria: {drug}",
    "chart_alt": "Gráfico de escalones: {drug}, {first} al día desde el {start}, en {steps}; después {last}, desde el "
    "{end}.",
    "chart_alt_flat": "Gráfico de escalones: {drug}, {first} al día desde el {start}.",
    "chart_band": "La línea es su dosis media al día. La banda va de la dosis más baja de un día a la más alta.",
    "axis_day": "{day} {month}",
    "axis_year": "{month} {year}",
    "products": "Sus medicamentos",
    "products_note": "Los dibujos son símbolos, no fotos: su medicamento puede tener otra forma u otro color. Fíjese "
    "en el nombre y en los miligramos (mg) que indica la caja.",
    "sentence_stop": "Usted empieza con {first} al día, baja la dosis en {steps} y después no toma más. Empieza el "
    "{start}. El primer día sin {medicine} es el {end}.",
    "sentence_goal": "Usted pasa de {first} al día a {last} al día en {steps}. Empieza el {start}. "
    "Llega a {last} al día el {end}.",
    "sentence_keep": "Usted toma {first} al día, desde el {start} hasta el {end}.",
    "sentence_drugs": "Este plan es de {drugs}. Va desde el {start} hasta el {end}.",
    "only_weeks": "Esta hoja muestra únicamente los días del {start} al {end}. Pida a tiempo la parte siguiente.",
    "week_of": "Semana del {date}",
    "column_day": "Día",
    "column_notes": "Notas",
    "dateless": "día {number}",
    "dateless_alone": "Día {number}",
    "dateless_span": "Días {start} a {end}",
    "dateless_column": "Día {number} de la semana",
    "dateless_start": "El día 1 es: ____________________",
    "diary": "Diario de sueño y síntomas",
    "diary_note": "Complete una fila cada mañana. Escriba 0 si no hay nada, hasta 10 si es lo peor posible. Llévelo a "
    "cada cita. Fotocopie esta página antes de empezar.",
    "diary_date": "Fecha",
    "diary_sleep": "Horas de sueño",
    "diary_anxiety": "Ansiedad 0 a 10",
    "diary_muscles": "Sacudidas o calambres 0 a 10",
    "diary_legs": "Piernas inquietas 0 a 10",
    "diary_own": "Otro síntoma: __________ 0 a 10",
    "diary_notes": "Notas",
    "card": "Su dosis ahora",
    "card_next": "A partir del {date}: {dose} al día",
    "card_stop": "A partir del {date}: no tome más",
    "card_last": "Siga con esta dosis hasta que usted y su médico decidan cómo seguir.",
    "card_never": "No deje el medicamento de golpe. Convulsión, confusión, alucinaciones, respiración lenta, dolor en "
    "el pecho o ideas de suicidio: llame al número de emergencias.",
    "doses_only": "Este plan indica únicamente las dosis. Pregunte a su farmacéutico cómo preparar cada dosis.",
    "column_step": "Paso",
    "column_dates": "Fechas",
    "column_total": "Al día",
    "column_take": "Qué tomar",
    "column_change": "Cambio",
    "step_now": "Inicio",
    "step_stop": "Fin",
    "from_to": "{start} al\N{NO-BREAK SPACE}{end}",  # "del" would stand alone above a long date
    "one_day": "{start}",
    "from": "desde el {start}",
    "change_first": "primera dosis de este plan",
    "change_none": "sin cambio",
    "change_down": "{amount} menos ({current} de la dosis anterior, {start} de la primera dosis)",
    "change_up": "{amount} más ({current} de la dosis anterior)",
    "change_drug_down": "{drug} {amount} menos",
    "change_drug_up": "{drug} {amount} más",
    "about": "aproximadamente {percent}",
    "none": "ninguna dosis",
    "no_amount": "nada",
    "none_day": "Hoy, ninguna dosis",
    "take_of": "{count} de\N{NO-BREAK SPACE}{strength}",
    "take_each": "{count} de\N{NO-BREAK SPACE}{strength}",
    "take_mixed": "{count} de\N{NO-BREAK SPACE}{strength}",
    "take_quarter": "{count} de\N{NO-BREAK SPACE}{strength}",
    "take_half": "{count} de\N{NO-BREAK SPACE}{strength}",
    "take_three_quarters": "{count} de\N{NO-BREAK SPACE}{strength}",
    "take_named": "{count} ({name})",
    "take_other": "{count} de {name}",
    "take_volume": "{volume} ({dose}) de la solución oral de {strength}; mida con: {device}",
    "take_drops": "{volume} ({dose}); cuente con: {device}",
    "measured_first": "{measure} ({dose})",
    "powder": "{weight} de polvo",
    "take_powder": "{powder} ({dose}) de {name}; pese con: {device}",
    "shake": "{name}: agite el frasco antes de cada dosis.",
    "weight": "{name}: un comprimido entero pesa {weight}. La dosis se pesa en polvo. El peso del polvo no es "
    "la dosis en mg.",
    "discard": "{name}: cuando parta una unidad, tire la otra parte. No la guarde para la dosis siguiente.",
    "alt": "{time}: {words}",
    "milligrams": "miligramos",
    "milligram": "miligramo",
    "milliliters": "mililitros",
    "per_milliliter": "miligramos en 1 mililitro",
    "line": "{time} {dose}",
    "line_drug": "{time} {drug} {dose}",
    "month": "{month} de {year}",
    "mark_start": "Empieza el plan",
    "mark_new": "Dosis nueva",
    "mark_stop": "Fin: a partir de hoy no tome más",
    "mark_review": "Revisión",
    "mark_gap": "No está en este plan: pregunte a su médico",
    "calendar_note": "Marque cada casilla cuando haya tomado la dosis.",
    "weeks": "Semana a semana",
    "weeks_from": "Desde",
    "weeks_note": "Una casilla para cada toma del día, de arriba abajo. Márquela cuando haya tomado la dosis.",
    "key_new": "Dosis nueva: el primer día de un paso nuevo",
    "key_review": "Revisión: consulte o llame a su médico",
    "what_to_do": "Qué hacer",
    "who_to_call": "A quién llamar",
    "call_prescriber": "Médico",
    "call_phone": "Teléfono",
    "call_pharmacy": "Farmacia",
    "call_emergency": "Emergencias",
    "call_emergency_hint": "su número de emergencias",
    "days_list": "Día a día",
    "plan": "plan {plan}",
    "no_plan": "sin número de plan",
    "revision": "versión {number}",
    "printed": "impreso el {date}",
    "page": "página {page} de {pages}",
    "label_take": "tomar {doses}",
    "label_none": "no tomar nada de esto",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "por la mañana",
    "label_noon": "al mediodía",
    "label_evening": "por la noche, a la hora de la cena",
    "label_bedtime": "al acostarse",
    "label_dates": "{doses}, desde el {start} hasta el {end} ({days})",
    "label_date": "{doses}, el {start} ({days})",
    "label_days": "{doses}, durante {days}",
    "label_then": "{first}; después {next}",
    "label_stop": "{first}; después dejar de tomarlo",
    "event": "{medicine}: {text}",
    "event_discreet": "Medicamento, día {number}",
    "event_step": "Paso {number}",
    "on_days": "los {days}",
    "on_monday": "lunes",
    "on_tuesday": "martes",
    "on_wednesday": "miércoles",
    "on_thursday": "jueves",
    "on_friday": "viernes",
    "on_saturday": "sábados",
    "on_sunday": "domingos",
    "on_cycle": "{days} y después cada {cycle}",
    "on_other_days": "los demás días",
    "dose_on_days": "{days}:\N{NO-BREAK SPACE}{dose}",
    "colon": ": ",
    "semicolon": "; ",
    "dateless_on_days": "cada semana, {days}",
    "on_average": "en promedio {dose} al día",
    "summary_week": "De {first} al día a una dosis que depende del día de la semana",
    "sentence_week": "Usted pasa de {first} al día a una dosis que depende del día de la semana, en {steps}. "
    "Empieza el {start}. Llega a esa dosis el {end}.",
    "summary_cycle": "De {first} al día a una dosis que cambia de un día a otro",
    "sentence_cycle": "Usted pasa de {first} al día a una dosis que cambia de un "
    "día a otro, en {steps}. Empieza el {start}. Llega a esa dosis el {end}.",
    "change_cycle": "la dosis cambia ahora de un día a otro",
    "change_weekly": "la dosis depende ahora del día de la semana",
    "change_pattern": "otras dosis algunos días de la semana",
    "change_daily": "ahora la misma dosis cada día",
    "change_week_down": "{amount} menos por semana",
    "change_week_up": "{amount} más por semana",
    "card_next_week": "A partir del {date}: {dose}",
    "label_week": "{days}: {doses}",
    "label_week_and": "{first}; {next}",
    "label_week_none": "ninguna dosis",
    "label_week_take": "tomar: {doses}",
    "fact_line": "{label}: {value}, {detail}.",
    "shape_circle": "círculo",
    "shape_oval": "óvalo",
    "shape_square": "cuadrado",
    "shape_hexagon": "hexágono",
    "shape_diamond": "rombo",
    "shape_pentagon": "pentágono",
    "drug_shape": "{drug}: {shape}",
    "drugs_title": "Más de un medicamento: {drugs}",
    "drugs_apart": "Son medicamentos distintos. Mire el nombre de la caja cada vez que tome una dosis.",
    "drugs_drawn": "En los dibujos: {shapes}.",
    "drug_replaced": "Desde el {start} hasta el {end}, {new} sustituye a {old} paso a paso.",
    "drug_replaced_at_once": "Desde el {start}, {new} sustituye a {old}.",
    "drug_stays": "{drug} sigue igual: {dose} al día.",
    "drug_waits": "{drug} sigue igual hasta el {date}: {dose} al día.",
    "drug_last": "Último día de {drug}: {date}. No vuelva a tomar {drug} después de ese día.",
}

_ASLEEP = (
    "Hay una excepción. ¿Ha caminado, conducido, comido o hecho otras cosas medio en sueños? "
    "Entonces deje de tomar {medicine} y llame el mismo día a quien se lo receta."
)

SPANISH = Language(
    code="es",
    name="Spanish",
    own_name="español",
    reviewed_by="",
    locale=LOCALES["es"],
    times=MappingProxyType(
        {"morning": "Por la mañana", "noon": "Al mediodía", "evening": "Noche (cena)", "bedtime": "Al acostarse"}
    ),
    nouns=MappingProxyType({"tablet": "comprimido", "capsule": "cápsula", "film": "película", "piece": "unidad"}),
    count=counter("es", LOCALES["es"].decimal, NOUNS),
    forms=MappingProxyType(
        {
            **COUNTS["es"],
            "day": {"one": "{number} día", "many": "{number} de días", "other": "{number} días"},
            "drop": {"one": "{number} gota", "many": "{number} de gotas", "other": "{number} gotas"},
            "step": {"one": "{number} paso", "many": "{number} de pasos", "other": "{number} pasos"},
            "time": {"one": "{number} vez", "many": "{number} de veces", "other": "{number} veces"},
            "week": {"one": "{number} semana", "many": "{number} de semanas", "other": "{number} semanas"},
        }
    ),
    phrase=MappingProxyType(_PHRASES | NAMES["es"] | REVISION["es"] | TAKING["es"] | TELLS["es"] | SEVERAL["es"]),
    clinician=words_of("es"),
    what_to_do=translated(ENGLISH.what_to_do, _WHAT_TO_DO),
    no_dose_days=Sentence(_NO_DOSE_DAYS, ENGLISH.no_dose_days.sources),
    asleep=Sentence(_ASLEEP, ENGLISH.asleep.sources),
)
