"""The public names, and where each one lives: the only list of them."""

from .alternatives import Option as Option, options as options
from .catalog.conversion import Conversion as Conversion, convert as convert
from .catalog.formulary import Product as Product, products as products
from .catalog.guidance import Guideline as Guideline, guideline as guideline, guidelines as guidelines
from .catalog.substances import Drug as Drug, drug as drug, drugs as drugs
from .checker.case import Case as Case
from .checker.checking import check as check
from .checker.definition import Rule as Rule, rule as rule
from .checker.rules import RULES as RULES
from .errors import (
    CatalogError as CatalogError,
    MissingExtraError as MissingExtraError,
    NotMakeableError as NotMakeableError,
    OrderError as OrderError,
    QuantityError as QuantityError,
    ScheduleError as ScheduleError,
    StuckError as StuckError,
    TaperError as TaperError,
)
from .exchange.calendar.write import write_ics as write_ics
from .exchange.difference_document import difference_data as difference_data
from .exchange.emediplan.write import write_emediplan as write_emediplan
from .exchange.fhir.json import fhir_json as fhir_json
from .exchange.fhir.write import write_fhir as write_fhir
from .exchange.formats import export as export
from .exchange.frames import Frame as Frame, to_frame as to_frame
from .exchange.markdown import write_markdown as write_markdown
from .exchange.medtimer.write import write_medtimer as write_medtimer
from .exchange.plan_document import (
    document as document,
    read_document as read_document,
    report_data as report_data,
    write_document as write_document,
)
from .exchange.reading import Reading as Reading, read_schedule as read_schedule
from .exchange.schemas import schema as schema
from .exchange.sig.read import read_sig as read_sig
from .exchange.tables.plain import read_table as read_table
from .exchange.tables.write import write_days as write_days, write_steps as write_steps, write_table as write_table
from .exchange.today_document import today_data as today_data
from .finding import Finding as Finding, NotEvaluated as NotEvaluated, Report as Report, Severity as Severity
from .order.order import Order as Order, parse_order as parse_order, read_order as read_order
from .paper.renderers import render as render
from .paper.renderers.notebook import as_html as as_html, as_svg as as_svg
from .paper.sigs import write_sigs as write_sigs
from .paper.variant import Variant as Variant, parse_variant as parse_variant
from .planner.planning import plan as plan
from .planner.reviser import revise as revise
from .quantity import Mg as Mg, Ml as Ml, Pieces as Pieces
from .schedule.comparison import Difference as Difference, difference as difference
from .schedule.day import Today as Today, today as today
from .schedule.regimen import Intake as Intake, Item as Item, Regimen as Regimen
from .schedule.schedule import Remark as Remark, Schedule as Schedule, Step as Step
from .schedule.supply import Fill as Fill, Supply as Supply, SupplyLine as SupplyLine, dispense as dispense
from .source import Source as Source

__version__: str
