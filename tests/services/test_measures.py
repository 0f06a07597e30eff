"""Units of measure: powers as they are typed and as they are written."""

import pytest

from perfdesk.services.editing import measures


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("m2", "m²"),
        ("M3", "m³"),
        ("km2", "km²"),
        ("m3/gün", "m³/gün"),
        ("kişi/km2", "kişi/km²"),
        ("m²", "m²"),
        ("adet", "adet"),
        ("m", "m"),
        # no powers of a metre
        ("CO2", "CO2"),
        ("m25", "m25"),
        ("ham2", "ham2"),
        ("", ""),
    ],
)
def test_powers_are_raised(typed, stored):
    assert measures.written(typed) == stored


def test_units_hard_to_type_are_offered_and_one_in_use_only_once():
    found = dict(measures.offered(["m2", "km", "adet", "adet", ""]))
    assert list(found) == ["adet", "km", "km²", "m²", "m³"]
    assert found["m²"] == "m² m2"
    assert found["km"] == "km"
