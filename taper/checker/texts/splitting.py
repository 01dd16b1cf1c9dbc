"""What the rules about splitting say."""

TEXTS: dict[str, str] = {
    "splitting.about": "splitting",
    "splitting.one": "{product}: {parts} on {days}, {span}.",
    "splitting.thrown away": "The other part is thrown away, so each uses up a whole one.",
    "splitting.unscored.message": "{product} is split into {parts} on {days} from {day}, but has no score line.",
    "splitting.unscored.shorter": "{product} is split into {parts} from {day}, but has no score line.",
    "splitting.unscored.short": "A tablet without a score line is split into {parts} on {days} from {day}.",
    "splitting.unscored.several": "{count} without a score line ({products}) are split into {parts} from {day}.",
    "splitting.unscored.several.short": "{count} without a score line are split into {parts} on {days} from {day}.",
    "splitting.unscored.why": "The tablet has no score line.",
    "splitting.unscored.advice": "Order a scored tablet, a lower strength or a liquid.",
    "splitting.quartered.message": "{product} is split into {parts} on {days} from {day}, but is scored for halves "
    "only.",
    "splitting.quartered.shorter": "{product} is split into {parts} from {day}, but is scored for halves only.",
    "splitting.quartered.short": "A tablet that is scored for halves only is split into {parts} on {days} from {day}.",
    "splitting.quartered.several": "{count} that are scored for halves only ({products}) are split into {parts} from "
    "{day}.",
    "splitting.quartered.several.short": "{count} that are scored for halves only are split into {parts} on {days} "
    "from {day}.",
    "splitting.quartered.why": "This is finer than the score line allows. Published tapers plan quarters: EMPOWER "
    "prints a quarter of a tablet, and so does the German label of bromazepam 6 mg.",
    "splitting.quartered.advice": "Have the patient try it first; if it does not work, order a lower strength or a "
    "liquid.",
    "splitting.lined.message": "{product} is split into {parts} on {days} from {day}, but no source read says its "
    "line is for quarters.",
    "splitting.lined.shorter": "{product} is split into {parts} from {day}, but no source read says its line is for "
    "quarters.",
    "splitting.lined.short": "A tablet whose line is not known to be for quarters is split into {parts} on {days} "
    "from {day}.",
    "splitting.lined.several": "{count} whose line is not known to be for quarters ({products}) are split into "
    "{parts} from {day}.",
    "splitting.lined.several.short": "{count} whose line is not known to be for quarters are split into {parts} on "
    "{days} from {day}.",
    "splitting.lined.why": "It has a line, but no source read here says into how many parts. Published tapers plan "
    "quarters: EMPOWER prints a quarter of a tablet, and so does the German label of bromazepam 6 mg.",
    "splitting.lined.advice": "Ask the pharmacy which maker's tablet it is, and check its label.",
    "splitting.too fine.message": "{product} is split into {parts} on {days} from {day}, finer than its score line "
    "allows.",
    "splitting.too fine.shorter": "{product} is split into {parts} from {day}, finer than its score line allows.",
    "splitting.too fine.short": "A tablet with a score line for larger parts is split into {parts} on {days} from "
    "{day}.",
    "splitting.too fine.several": "{count} with a score line for larger parts ({products}) are split into {parts} "
    "from {day}.",
    "splitting.too fine.several.short": "{count} with a score line for larger parts are split into {parts} on {days} "
    "from {day}.",
    "splitting.too fine.why": "This is finer than the score line allows.",
    "splitting.too fine.advice": "Order a scored tablet, a lower strength or a liquid.",
    "splitting.forbidden.message": "{product} is split into {parts} on {days} from {day}, but its label says the line "
    "is not for dividing doses.",
    "splitting.forbidden.shorter": "{product} is split into {parts} from {day}, but its label says the line is not "
    "for dividing doses.",
    "splitting.forbidden.short": "A tablet whose label says the line is not for dividing doses is split into {parts} "
    "on {days} from {day}.",
    "splitting.forbidden.several": "{count} whose label says the line is not for dividing doses ({products}) are "
    "split into {parts} from {day}.",
    "splitting.forbidden.several.short": "{count} whose label says the line is not for dividing doses are split into "
    "{parts} on {days} from {day}.",
    "splitting.forbidden.why": "The label says that the line is not for dividing the tablet into equal doses.",
    "splitting.forbidden.advice": "Order another maker's tablet, a lower strength or a liquid.",
    "splitting.not known.message": "{product} is split into {parts} on {days} from {day}, but its score is not known.",
    "splitting.not known.shorter": "{product} is split into {parts} from {day}, but its score is not known.",
    "splitting.not known.short": "A tablet whose score is not known is split into {parts} on {days} from {day}.",
    "splitting.not known.several": "{count} whose score is not known ({products}) are split into {parts} from {day}.",
    "splitting.not known.several.short": "{count} whose score is not known are split into {parts} on {days} from "
    "{day}.",
    "splitting.not known.why": "The score is unknown or differs between makers.",
    "splitting.not known.advice": "Ask the pharmacy which maker's tablet it is, and check its label.",
    "splitting.not said.message": "{product} is split into {parts} on {days} from {day}, but no source read says the "
    "parts are equal.",
    "splitting.not said.shorter": "{product} is split into {parts} from {day}, but no source read says the parts are "
    "equal.",
    "splitting.not said.short": "A tablet whose label does not call the parts equal is split into {parts} on {days} "
    "from {day}.",
    "splitting.not said.several": "{count} whose label does not call the parts equal ({products}) are split into "
    "{parts} from {day}.",
    "splitting.not said.several.short": "{count} whose label does not call the parts equal are split into {parts} on "
    "{days} from {day}.",
    "splitting.not said.why": "It has a line, but no source read here says that the parts are equal doses.",
    "splitting.not said.advice": "Ask the pharmacy which maker's tablet it is, and check its label.",
    "splitting.either.message": "{product} is split into {parts} on {days} from {day}, but is not known to be scored "
    "for equal doses.",
    "splitting.either.shorter": "{product} is split into {parts} from {day}, but is not known to be scored for equal "
    "doses.",
    "splitting.either.short": "A tablet not known to be scored for equal doses is split into {parts} on {days} from "
    "{day}.",
    "splitting.either.several": "{count} not known to be scored for equal doses ({products}) are split into {parts} "
    "from {day}.",
    "splitting.either.several.short": "{count} not known to be scored for equal doses are split into {parts} on "
    "{days} from {day}.",
    "splitting.either.why": "The score is not known, differs between makers, or is a line of which no source read "
    "here says that the parts are equal doses.",
    "splitting.either.advice": "Ask the pharmacy which maker's tablet it is, and check its label.",
    "splitting.extended.message": "{product} is split into {parts} on {days} from {day}, but is extended-release.",
    "splitting.extended.shorter": "{product} is split into {parts} from {day}, but is extended-release.",
    "splitting.extended.short": "A product with extended release is split into {parts} on {days} from {day}.",
    "splitting.extended.several": "{count} with extended release ({products}) are split into {parts} from {day}.",
    "splitting.extended.several.short": "{count} with extended release are split into {parts} on {days} from {day}.",
    "splitting.extended.why": "The extended-release labels read here say not to crush or chew; none allows splitting.",
    "splitting.extended.advice": "Switch to an immediate-release product; dose and times then need a new decision.",
    "splitting.never.message": "{product} is split into {parts} on {days} from {day}, but cannot be split.",
    "splitting.never.shorter": "{product} is split into {parts} from {day}, but cannot be split.",
    "splitting.never.short": "A product that cannot be split is split into {parts} on {days} from {day}.",
    "splitting.never.several": "{count} that cannot be split ({products}) are split into {parts} from {day}.",
    "splitting.never.several.short": "{count} that cannot be split are split into {parts} on {days} from {day}.",
    "splitting.never.why": "The parts cannot be made, or not kept for the next dose.",
    "splitting.never.advice": "Order a tablet or a liquid.",
}
