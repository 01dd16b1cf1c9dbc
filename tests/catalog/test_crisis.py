"""The numbers to call are those that stand in their sources, copied here a second time by hand."""

from __future__ import annotations

import pytest

from taper import catalog

NUMBERS = {
    "AT": ("112", "142 (TelefonSeelsorge)"),
    "AU": ("000", "13 11 14 (Lifeline)"),
    "BE": ("112", ""),
    "CA": ("", "988"),
    "CH": ("", ""),
    "DE": ("112", "0800 1110111 / 0800 1110222 (TelefonSeelsorge)"),
    "DK": ("112", ""),
    "ES": ("112", "024"),
    "FR": ("112", "3114"),
    "GB": ("999", "NHS 111, mental health option (England)"),
    "IE": ("112", "116 123 (Samaritans)"),
    "NL": ("112", "113 / 0800-0113"),
    "NO": ("113", "116 123 (Mental Helse)"),
    "NZ": ("111", "1737"),
    "US": ("911", "988"),
}
"""The number for an ambulance, and the line against suicide; empty where none was read."""


@pytest.mark.parametrize("country", NUMBERS)
def test_a_country_has_the_numbers_that_were_read(country: str) -> None:
    """A wrong digit is somebody else's telephone."""
    found = [catalog.call_number(country, kind) for kind in ("emergency", "crisis")]
    assert tuple(number.text if number else "" for number in found) == NUMBERS[country]


def test_no_country_of_the_catalog_is_left_out() -> None:
    assert set(catalog.countries()) <= set(NUMBERS)
