"""Facts about the person, as far as the order records them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from taper.errors import OrderError
from taper.order.parts import WEEKDAYS, Part


class Patient(Part):
    """Facts that the rules may use; all optional, and no name is needed.

    Attributes:
        age: Years.
        weeks_of_use: Weeks of regular use so far.
        days_per_week: Days a week on which the drug is taken.
        pregnant: Pregnancy.
        opioid: An opioid is taken too.
        alcohol: Alcohol dependence or heavy use.
        seizures: Seizures, now or before.
        liver: Liver disease.
        kidney: Kidney disease.
        lung: Lung disease or sleep apnea.
        sedative: A gabapentinoid or another sedative is taken too.
        breastfeeding: Breastfeeding.
        complicated_withdrawal: An earlier withdrawal was severe or complicated.
        epilepsy: The drug is taken for epilepsy.
        suicidal: Suicidal thoughts or acts, now or before.
    """

    age: Annotated[int, Field(ge=0, le=130)] | None = None
    weeks_of_use: Annotated[int, Field(ge=0, le=5000)] | None = None
    days_per_week: Annotated[int, Field(ge=0, le=7)] | None = None
    pregnant: bool | None = None
    opioid: bool | None = None
    alcohol: bool | None = None
    seizures: bool | None = None
    liver: bool | None = None
    kidney: bool | None = None
    lung: bool | None = None
    sedative: bool | None = None
    breastfeeding: bool | None = None
    complicated_withdrawal: bool | None = None
    epilepsy: bool | None = None
    suicidal: bool | None = None

    def refuse_contradiction(self, days: int) -> None:
        """Refuse a frequency of use that contradicts `current`.

        Args:
            days: On how many days of the week `current` has a dose.
        """
        if self.days_per_week in (None, days):
            return
        given = f"{self.days_per_week} {'day' if self.days_per_week == 1 else 'days'} a week"
        every_day = days == len(WEEKDAYS)
        taken = "every day" if every_day else f"on {days} {'day' if days == 1 else 'days'} of the week"
        weekly = "; name the days with [current.weekly]," if every_day else ";"
        raise OrderError(
            f"{given} contradicts [current], which is taken {taken}{weekly} "
            "correct one of the two, or leave days_per_week out",
            field="patient.days_per_week",
        )
