"""The settings' file: everything is there, nothing is too much, and words are compared without case and dots."""

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from perfdesk import paths
from perfdesk.checks.settings import read, settings
from perfdesk.tables.form import FORMS, load_form


def data() -> dict[str, Any]:
    return tomllib.loads(paths.resource("checks.toml").read_text(encoding="utf-8"))


def test_what_is_shipped() -> None:
    shipped = settings()
    assert shipped.thresholds.deviation == Decimal(20)
    assert shipped.thresholds.weights_tolerance == Decimal("0.5")
    assert "yapilan" in shipped.words.generic
    assert "belediyesi" in shipped.words.spelled
    assert shipped.synonyms["bina"] == shipped.synonyms["yapi"]


def test_required_sections_are_parts_of_their_form() -> None:
    assert settings().sections.keys() == FORMS
    for form, keys in settings().sections.items():
        assert {*keys} <= {part.key for part in load_form(form).outline}


@pytest.mark.parametrize(
    ("path", "key"), [((), "calendar"), (("thresholds",), "jump"), (("words",), "stock"), (("units",), "measured")]
)
def test_what_is_missing_or_unknown_is_named(path: tuple[str, ...], key: str) -> None:
    lacking, strange = data(), data()
    for changed in (lacking, strange):
        inner = changed
        for name in path:
            inner = inner[name]
        if changed is lacking:
            del inner[key]
        else:
            inner["sürpriz"] = 1
    with pytest.raises(ValueError, match=key):
        read(lacking)
    with pytest.raises(ValueError, match="sürpriz"):
        read(strange)
