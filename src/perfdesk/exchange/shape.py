"""Whether exchange data have the shape of the format: the JSON Schema beside the code, its faults in sentences."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from perfdesk import paths
from perfdesk.exchange.decoding import Json
from perfdesk.exchange.errors import ExchangeError, Path
from perfdesk.i18n import N_, _

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


def check_shape(data: Json) -> None:
    """Refuse data that the schema does not pass.

    Raises:
        ExchangeError: naming the first fault and its path.
    """
    error = next(iter(_validator().iter_errors(data)), None)
    if error is not None:
        raise _explained(error)


@cache
def _validator() -> Any:
    # the window opens faster without it
    from jsonschema import Draft202012Validator, validators

    schema = json.loads(paths.resource("exchange", "perfdesk-1.schema.json").read_text(encoding="utf-8"))
    # 2025.0 is a whole number to the standard, but not to the store
    whole = Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _checker, value: isinstance(value, int) and not isinstance(value, bool)
    )
    return validators.extend(Draft202012Validator, type_checker=whole)(schema)  # type: ignore[no-untyped-call] # has no types


# what the schema's definitions with a title ask for; the sentence for whatever they refuse but for a wrong type
_EXPECTED: Final = {
    "amount": N_(
        "“{value}” is not an amount: expected is a text with exactly two decimals, not negative, at most "
        "9999999999999.99, such as “1250.00”."
    ),
    "signed amount": N_(
        "“{value}” is not an amount: expected is a text with exactly two decimals, at most 9999999999999.99, such as "
        "“1250.00” or “-1250.00”; zero has no minus."
    ),
    "number": N_(
        "“{value}” is not a number: expected is a text of at most 60 characters with a point before the decimals, such "
        "as “12.5” or “-3”."
    ),
    "number, not negative": N_(
        "“{value}” is not a number: expected is a text of at most 60 characters with a point before the decimals, not "
        "negative, such as “12.5”."
    ),
    "date": N_("“{value}” is not a date such as “2026-10-15”."),
    "hash": N_("“{value}” is not a hash: expected is a text of twelve digits from 0 to 9 and a to f."),
    "economic code": N_("“{value}” is not an economic code: expected is a text of two digits, such as “03”."),
    "value": N_("“{value}” is not a value: expected is a number as text (“12.5”), a mark, a text or null."),
}


def _explained(error: "ValidationError", *, or_null: bool = False) -> ExchangeError:
    """Say a schema error in a sentence a person can act on; ``or_null`` says that null would do as well."""
    path = tuple(error.absolute_path)
    kind = str(error.validator)
    value: Json = error.validator_value
    instance: Json = error.instance
    if kind == "additionalProperties":
        known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
        unknown = next(key for key in instance if key not in known)
        return ExchangeError((*path, unknown), N_("This key is not part of the format."))
    if kind == "required":
        missing = next(key for key in value if key not in instance)
        return ExchangeError((*path, missing), N_("This key is missing."))
    if kind == "oneOf":
        meant, or_null = _meant(error)
        if meant is not None:
            return _explained(meant, or_null=or_null)
    if kind == "pattern" and "propertyNames" in error.absolute_schema_path:
        return ExchangeError((*path, str(instance)), N_("This key is not a year."))
    if kind == "type" and or_null:
        value = [value, "null"]
    title = error.schema.get("title", "") if isinstance(error.schema, Mapping) else ""
    return _explained_value(path, kind, value, _short(instance), _EXPECTED.get(title))


def _meant(error: "ValidationError") -> tuple["ValidationError | None", bool]:
    """Return the error of the alternative that was meant, if that can be told, and whether it could be null instead."""
    alternatives: Json = error.validator_value
    inner = error.context or []
    if len(alternatives) == 2 and {"type": "null"} in alternatives:
        null = alternatives.index({"type": "null"})
        other = next(one for one in inner if one.relative_schema_path[0] != null)
        return other, not other.relative_path
    # the alternative that went furthest
    deepest = max(inner, key=lambda one: len(one.relative_path), default=None)
    return (deepest if deepest is not None and deepest.relative_path else None), False


def _explained_value(path: Path, kind: str, value: Json, shown: str, expected: str | None) -> ExchangeError:
    """Say what is wrong with a value; ``value`` is what the schema asks of it, ``expected`` the sentence for that."""
    if kind == "type":
        return ExchangeError(
            path, N_("“{value}” has the wrong type; expected is {types}."), value=shown, types=_types(value)
        )
    if kind in ("enum", "const"):
        allowed = value if kind == "enum" else [value]
        known_values = ", ".join(str(item) for item in allowed if item is not None)
        return ExchangeError(
            path, N_("“{value}” is not possible here; possible are: {values}."), value=shown, values=known_values
        )
    if expected is not None:
        return ExchangeError(path, expected, value=shown)
    return ExchangeError(path, N_("“{value}” is not possible here."), value=shown)


_TYPES: Final = {
    "string": N_("text"),
    "integer": N_("whole number"),
    "boolean": N_("true or false"),
    "object": N_("object"),
    "array": N_("list"),
    "null": "null",
}


def _types(value: str | Sequence[str]) -> str:
    return ", ".join(_(_TYPES[name]) for name in ([value] if isinstance(value, str) else value))


def _short(instance: Json, longest: int = 60) -> str:
    text = instance if isinstance(instance, str) else json.dumps(instance, ensure_ascii=False)
    return text if len(text) <= longest else f"{text[:longest]}…"
