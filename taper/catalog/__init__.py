"""The catalog: what is published?

Drugs, products, equivalence tables, guidelines, models of receptor occupancy and the risk of withdrawal, each fact with
its source to the page. `taper.catalog.rows` alone reads the data files.

What may not enter: an order, a schedule or a rule; a number without a source; a default where sources disagree.
"""

from taper.catalog.brands import drug_of, drugs_named, drugs_of_brand, find_branded, is_brand
from taper.catalog.by_country import are_z_drugs, default_guidelines, has_guidelines
from taper.catalog.conversion import Conversion, convert
from taper.catalog.crisis import CallNumber, call_number, call_numbers
from taper.catalog.equivalence import EquivalenceRow, EquivalenceTable, judging_tables, span, table, tables
from taper.catalog.fill_limits import SupplyLimit, load_supply_limits, supply_limits, supply_limits_of
from taper.catalog.formulary import Product, agree, countries, find_products, load_products, products
from taper.catalog.guidance import Guideline, Limit, guideline, guidelines, guidelines_on
from taper.catalog.last_doses import LastDose, highest_last_dose, most_cautious
from taper.catalog.names import (
    DrugName,
    FormName,
    drug_name,
    drug_names,
    form_name,
    form_names,
    load_forms,
    load_names,
)
from taper.catalog.substances import DailyDose, Drug, Fact, HalfLife, Identifier, drug, drugs

__all__ = [
    "CallNumber",
    "Conversion",
    "DailyDose",
    "Drug",
    "DrugName",
    "EquivalenceRow",
    "EquivalenceTable",
    "Fact",
    "FormName",
    "Guideline",
    "HalfLife",
    "Identifier",
    "LastDose",
    "Limit",
    "Product",
    "SupplyLimit",
    "agree",
    "are_z_drugs",
    "call_number",
    "call_numbers",
    "convert",
    "countries",
    "default_guidelines",
    "drug",
    "drug_name",
    "drug_names",
    "drug_of",
    "drugs",
    "drugs_named",
    "drugs_of_brand",
    "find_branded",
    "find_products",
    "form_name",
    "form_names",
    "guideline",
    "guidelines",
    "guidelines_on",
    "has_guidelines",
    "highest_last_dose",
    "is_brand",
    "judging_tables",
    "load_forms",
    "load_names",
    "load_products",
    "load_supply_limits",
    "most_cautious",
    "products",
    "span",
    "supply_limits",
    "supply_limits_of",
    "table",
    "tables",
]
