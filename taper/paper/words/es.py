"""Spanish. A translation of the English text, not checked by a clinician."""

from __future__ import annotations

from types import MappingProxyType

from taper.paper.words.box_label import BOX_LABEL
from taper.paper.words.counting import Forms, counter
from taper.paper.words.en import ENGLISH
from taper.paper.words.language import Language, Noun, Sentence
from taper.paper.words.locales import LOCALES
from taper.paper.words.revision import REVISION
from taper.paper.words.taking import TAKING
from taper.paper.words.tells import TELLS
from taper.paper.words.translation import Texts, translated


def _forms(one: str, many: str, *, feminine: bool) -> Forms:
    half = "media" if feminine else "medio"
    return Forms(
        whole={"one": f"{{number}} {one}", "many": f"{{number}} de {many}", "other": f"{{number}} {many}"},
        alone=(f"un cuarto de {one}", f"{half} {one}", f"tres cuartos de {one}"),
        behind=("y un cuarto", f"y {half}", "y tres cuartos"),
        decimal=f"{{number}} {one}",
    )


_NOUNS: dict[Noun, Forms] = {
    "tablet": _forms("comprimido", "comprimidos", feminine=False),
    "capsule": _forms("cápsula", "cápsulas", feminine=True),
    "film": _forms("película", "películas", feminine=True),
    "piece": _forms("unidad", "unidades", feminine=True),
}

_NO_DOSE_DAYS = (
    "Los días marcados con «{none}», no tome ninguna dosis. No se salte ninguna otra dosis ni tome de más. "
    "Saltarse dosis puede empeorar la abstinencia."
)

_WHAT_TO_DO: tuple[Texts, ...] = (
    (
        "Nunca lo deje de golpe",
        (
            "No deje este medicamento de golpe, aunque se sienta bien. "
            "Si lo deja o lo baja demasiado rápido, puede tener una convulsión (un ataque epiléptico). "
            "Una convulsión puede poner su vida en peligro.",
            "Si se le acaba antes de tiempo o lo pierde, llame enseguida a su médico o farmacéutico.",
        ),
        (),
    ),
    (
        "Pida ayuda de inmediato: llame a emergencias",
        (),
        (
            "Tiene una convulsión (un ataque epiléptico).",
            "Está confundido y no sabe dónde está ni qué pasa.",
            "Ve, oye o cree cosas que no son reales.",
            "Piensa en hacerse daño o en quitarse la vida.",
            "Tiene dolor en el pecho, o el corazón le late muy fuerte y no se calma.",
            "Respira despacio o con poca fuerza, o tiene tanto sueño que otros apenas pueden despertarlo.",
        ),
    ),
    (
        "Llame a su médico esta semana",
        (),
        (
            "Los síntomas le molestan, o no le dejan dormir o seguir con su vida diaria. "
            "El plan puede ir más lento o hacer una pausa.",
            "Se siente muy triste, u otras personas se preocupan por usted.",
            "Olvidó dosis, o tomó más de lo que dice el plan.",
            "Está embarazada, o quiere estarlo.",
            "Alguien le da un medicamento nuevo.",
            "Se le va a acabar antes de la próxima recogida en la farmacia.",
        ),
    ),
    (
        "Cada día",
        (),
        (
            "Tome cada dosis a la hora del día que muestra el calendario y marque su casilla.",
            "No se salte ninguna dosis ni tome de más. Saltarse dosis puede empeorar la abstinencia.",
            TELLS["es"]["missed_day"],
            "No baje más rápido que este plan, ni siquiera en los días buenos.",
            "No beba alcohol. No tome opioides (medicamentos fuertes para el dolor) ni otros medicamentos que den "
            "sueño sin que su médico lo sepa.",
            "No conduzca ni use máquinas si siente sueño, lentitud o mareo.",
            "Lleve este plan a cada visita.",
        ),
    ),
    (
        "Cómo se puede sentir la abstinencia",
        (
            "Cada persona es distinta. Unas sienten poco, otras mucho, aunque bajen despacio.",
            "Los síntomas pueden tardar hasta una semana en empezar después de bajar la dosis. "
            "Pueden ser más fuertes cuando se acerca el final.",
        ),
        (
            "Sentirse ansioso, con pánico, triste, inquieto o molesto por todo.",
            "Dormir mal, tener malos sueños o dormir demasiado.",
            "Dolor de cabeza, sudor, temblor, dolor o tirones en los músculos, mal equilibrio.",
            "Cólicos en el vientre, heces blandas, náuseas o vómitos.",
            "Mala memoria o poca atención, zumbido en los oídos u hormigueo.",
            "Luz, ruidos, roces, sabores u olores que parecen demasiado fuertes. Puede parecer que el suelo se mueve.",
        ),
    ),
    (
        "Si se hace difícil",
        (
            "Puede pedir pasos más pequeños, más tiempo con una dosis o una pausa.",
            "A veces se vuelve por un tiempo a la dosis anterior.",
            "Cambie el plan solo junto con su médico.",
            "Puede ayudar moverse un poco cada día, beber suficiente agua y relajar los músculos uno por uno.",
        ),
        (),
    ),
    (
        "Dormir sin medicamento",
        (
            "Puede dormir mal mientras baja la dosis.",
            "Pregunte por la TCC-I: charlas y tareas que enseñan a dormir bien otra vez. "
            "Trabaja con los pensamientos y hábitos que le quitan el sueño.",
        ),
        (
            "Levántese a la misma hora cada día, también después de una mala noche.",
            "Por la mañana, salga o siéntese con luz fuerte.",
            "Cerca de la hora de dormir, evite el café, el té, las bebidas energéticas, el alcohol, el tabaco "
            "y las comidas pesadas.",
            "Haga las mismas cosas tranquilas cada noche antes de acostarse.",
            "Vaya a la cama solo cuando tenga sueño. Use la cama solo para dormir y para el sexo.",
            "Si pasa unos 20 minutos despierto, levántese. Haga algo tranquilo y vuelva cuando tenga sueño. "
            "No mire el reloj.",
            "No duerma siesta durante el día.",
            "Haga ejercicio de día, pero no en las últimas horas antes de acostarse.",
            "Mantenga el dormitorio fresco, oscuro y en silencio.",
        ),
    ),
)

_PHRASES = {
    **BOX_LABEL["es"],
    "title": "Su plan para {medicine}",
    "or": " o ",
    "comma": ", ",
    "unreviewed": "Este texto en {language} es una traducción que ningún médico ha revisado.",
    "and": "{first} y {last}",
    "summary_stop": "De {first} al día hasta dejarlo",
    "summary_goal": "De {first} al día a {last} al día",
    "summary_keep": "{first} al día",
    "summary_drugs": "{drugs}, paso a paso",
    "fact_now": "Primera dosis de este plan",
    "fact_next": "Primera dosis nueva",
    "fact_stop": "Primer día sin dosis",
    "fact_end": "Último día de este plan",
    "a_day": "{dose} al día",
    "on_date": "el {date}",
    "for_patient": "Para {name}",
    "prescriber": "Recetado por: {name}",
    "phone": "¿Preguntas? Llame al {phone}",
    "never": "Nunca deje este medicamento de golpe. En «Qué hacer» de este plan se indica cuándo llamar.",
    "stay": "Después del {date}, siga con esta dosis hasta que usted y su médico decidan juntos cómo seguir.",
    "steps": "Sus pasos",
    "chart": "Su dosis con el tiempo",
    "chart_title": "{drug} al día",
    "chart_alt": "Gráfico de escalones: {drug}, {first} al día desde el {start}, en {steps}, "
    "hasta: {last}, desde el {end}.",
    "chart_alt_flat": "Gráfico de escalones: {drug}, {first} al día desde el {start}.",
    "chart_band": "La línea es su dosis media al día. La banda va de la dosis más baja de un día a la más alta.",
    "axis_day": "{day} {month}",
    "axis_year": "{month} {year}",
    "products": "Lo que toma",
    "products_note": "Los dibujos son signos, no fotos: los suyos pueden tener otra forma u otro color. "
    "Fíjese en el nombre y en los mg que pone en la caja.",
    "sentence_stop": "Usted empieza con {first} al día, baja en {steps} y después no toma más. Empieza el {start}. "
    "El primer día sin dosis es el {end}.",
    "sentence_goal": "Usted pasa de {first} al día a {last} al día en {steps}. Empieza el {start}. "
    "Llega a {last} al día el {end}.",
    "sentence_keep": "Usted toma {first} al día, desde el {start} hasta el {end}.",
    "sentence_drugs": "Este plan es para {drugs}. Va desde el {start} hasta el {end}.",
    "only_weeks": "Este papel muestra solo desde el {start} hasta el {end}. Pida a tiempo la parte siguiente.",
    "week_of": "Semana del {date}",
    "column_day": "Día",
    "column_notes": "Notas",
    "dateless": "día {number}",
    "dateless_alone": "Día {number}",
    "dateless_span": "Días {start} a {end}",
    "dateless_column": "Día {number} de la semana",
    "dateless_start": "El día 1 es: ____________________",
    "diary": "Diario de sueño y síntomas",
    "diary_note": "Llene una fila cada mañana. Escriba 0 si no hay nada, hasta 10 si es lo peor posible. "
    "Llévelo a cada visita. Copie esta página cuando esté llena.",
    "diary_date": "Fecha",
    "diary_sleep": "Horas de sueño",
    "diary_anxiety": "Ansiedad 0 a 10",
    "diary_muscles": "Tirones o calambres 0 a 10",
    "diary_legs": "Piernas inquietas 0 a 10",
    "diary_own": "Otro síntoma: __________ 0 a 10",
    "diary_notes": "Notas",
    "card": "Su dosis ahora",
    "card_next": "Desde el {date}: {dose} al día",
    "card_stop": "Desde el {date}: nada",
    "card_last": "Siga con esta dosis hasta que usted y su médico decidan.",
    "card_never": "No lo deje de golpe. Convulsión, confusión, alucinaciones, respiración lenta, dolor en el pecho "
    "o ideas de suicidio: llame a emergencias.",
    "doses_only": "Este plan da solo las dosis. Pregunte a su farmacéutico cómo preparar cada dosis.",
    "column_step": "Paso",
    "column_dates": "Fechas",
    "column_total": "Al día",
    "column_take": "Qué tomar",
    "column_change": "Cambio",
    "step_now": "Inicio",
    "step_stop": "Fin",
    "from_to": "{start} al {end}",
    "one_day": "{start}",
    "from": "desde el {start}",
    "change_first": "primera dosis de este plan",
    "change_none": "sin cambio",
    "change_down": "{amount} menos ({current} de la dosis anterior, {start} de la primera dosis)",
    "change_up": "{amount} más ({current} de la dosis anterior)",
    "change_drug_down": "{drug} {amount} menos",
    "change_drug_up": "{drug} {amount} más",
    "about": "cerca de {percent}",
    "none": "nada",
    "none_day": "Hoy nada",
    "take_of": "{count} de {strength}",
    "take_named": "{count} ({name})",
    "take_other": "{count} de {name}",
    "take_volume": "{volume} ({dose}) del líquido de {strength}, medidos con: {device}",
    "take_drops": "{volume} ({dose}), contadas con: {device}",
    "measured_first": "{measure} ({dose})",
    "powder": "{weight} de polvo",
    "take_powder": "{powder} ({dose}) de {name}, pesados con: {device}",
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
    "mark_stop": "Fin: nada desde hoy",
    "mark_review": "Revisión",
    "mark_gap": "No está en este plan: pregunte a su médico",
    "calendar_note": "Marque cada casilla cuando haya tomado la dosis.",
    "weeks": "Semana a semana",
    "weeks_from": "Desde",
    "weeks_note": "Una casilla para cada toma del día, de arriba abajo. Márquela cuando haya tomado la dosis.",
    "key_new": "Dosis nueva: el primer día de un paso nuevo",
    "key_review": "Revisión: vea o llame a su médico",
    "what_to_do": "Qué hacer",
    "who_to_call": "A quién llamar",
    "call_prescriber": "Médico",
    "call_phone": "Teléfono",
    "call_pharmacy": "Farmacia",
    "call_emergency": "Emergencias",
    "call_emergency_hint": "su número de emergencias",
    "days_list": "Cada día",
    "plan": "plan {plan}",
    "no_plan": "sin número de plan",
    "revision": "versión {number}",
    "printed": "impreso el {date}",
    "page": "página {page} de {pages}",
    "label_take": "tomar {doses}",
    "label_none": "no tomar nada",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "por la mañana",
    "label_noon": "al mediodía",
    "label_evening": "por la noche",
    "label_bedtime": "al acostarse",
    "label_dates": "{doses} desde el {start} hasta el {end} ({days})",
    "label_date": "{doses} el {start} ({days})",
    "label_days": "{doses} durante {days}",
    "label_then": "{first}, después {next}",
    "label_stop": "{first}, después dejarlo",
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
    "semicolon": "; ",
    "dateless_on_days": "{days} de cada semana",
    "on_average": "de media {dose} al día",
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
    "card_next_week": "Desde el {date}: {dose}",
    "label_week": "{days} {doses}",
    "label_week_and": "{first}, y {next}",
    "label_week_none": "nada",
    "label_week_take": "tomar {doses},",
    "fact_line": "{label}: {value}, {detail}.",
    "shape_circle": "círculo",
    "shape_oval": "óvalo",
    "shape_square": "cuadrado",
    "shape_hexagon": "hexágono",
    "shape_diamond": "rombo",
    "shape_pentagon": "pentágono",
    "drug_shape": "{drug}: {shape}",
    "drugs_title": "Más de un medicamento: {drugs}",
    "drugs_apart": "No son iguales. Mire el nombre de la caja cada vez que tome una dosis.",
    "drugs_drawn": "En los dibujos: {shapes}.",
    "drug_replaced": "Desde el {start} hasta el {end}, {new} sustituye a {old} paso a paso.",
    "drug_replaced_at_once": "Desde el {start}, {new} sustituye a {old}.",
    "drug_stays": "{drug} sigue igual: {dose} al día.",
    "drug_waits": "{drug} sigue igual hasta el {date}: {dose} al día.",
    "drug_last": "Último día de {drug}: {date}. No vuelva a tomar {drug} después de ese día.",
}

_ASLEEP = (
    "Hay una excepción. ¿Ha caminado, conducido, comido o hecho otras cosas sin estar despierto del todo? "
    "Entonces deje de tomar {medicine} y llame el mismo día a quien se lo receta."
)

SPANISH = Language(
    code="es",
    name="Spanish",
    own_name="español",
    reviewed_by="",
    locale=LOCALES["es"],
    times=MappingProxyType({"morning": "Mañana", "noon": "Mediodía", "evening": "Noche", "bedtime": "Al acostarse"}),
    nouns=MappingProxyType({"tablet": "comprimido", "capsule": "cápsula", "film": "película", "piece": "unidad"}),
    count=counter("es", LOCALES["es"].decimal, _NOUNS),
    forms=MappingProxyType(
        {
            "day": {"one": "{number} día", "many": "{number} de días", "other": "{number} días"},
            "drop": {"one": "{number} gota", "many": "{number} de gotas", "other": "{number} gotas"},
            "step": {"one": "{number} paso", "many": "{number} de pasos", "other": "{number} pasos"},
            "time": {"one": "{number} vez", "many": "{number} de veces", "other": "{number} veces"},
            "week": {"one": "{number} semana", "many": "{number} de semanas", "other": "{number} semanas"},
        }
    ),
    phrase=MappingProxyType(_PHRASES | REVISION["es"] | TAKING["es"] | TELLS["es"]),
    what_to_do=translated(ENGLISH.what_to_do, _WHAT_TO_DO),
    no_dose_days=Sentence(_NO_DOSE_DAYS, ENGLISH.no_dose_days.sources),
    asleep=Sentence(_ASLEEP, ENGLISH.asleep.sources),
)
