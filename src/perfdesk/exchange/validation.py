"""Whether exchange data may be read: bytes, shape, references and sums. The first fault refuses the whole file."""

import base64
import binascii
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NoReturn

from perfdesk import paths
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import MAX_AMOUNT
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Programme
from perfdesk.domain.texts import UNPRINTABLE
from perfdesk.domain.value import ValueKind, implied_kind
from perfdesk.exchange import version_checks
from perfdesk.exchange.errors import ExchangeError, Path
from perfdesk.i18n import N_, _
from perfdesk.tables.form import load_form
from perfdesk.tables.layout import layout_of, override

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 64
_LONGEST_WHOLE: Final = 18

# every amount of a list of the accounts; each is added up by itself
_AMOUNTS: Final = ("estimate", "collected", "refunds", "initial", "appropriation", "spent", "amount")

_MAGIC: Final = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}

Json = Any  # what json.loads returns; its shape is known only after the schema has passed it


def load(content: bytes) -> dict[str, Json]:
    """Return checked exchange data.

    Raises:
        ExchangeError: naming the first fault and its path.
    """
    data = _decode(content)
    _check_depth_and_texts(data)
    _check_schema(data)
    _check_content(data)
    return dict(data)


def _decode(content: bytes) -> Json:
    if len(content) > MAX_BYTES:
        raise ExchangeError((), N_("The file is larger than 64 MiB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(
            (), N_("The file is not valid UTF-8 text (byte {position}). Save it as UTF-8."), position=error.start
        ) from None
    try:
        return json.loads(text, object_pairs_hook=_no_duplicate_keys, parse_int=_whole, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ExchangeError(
            (), N_("The file is not valid JSON (line {line}, column {column})."), line=error.lineno, column=error.colno
        ) from None
    except RecursionError:
        raise ExchangeError((), N_("The data are nested more than 64 levels deep.")) from None


def _no_duplicate_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise ExchangeError((), N_("The key “{key}” stands twice in one object."), key=key)
            seen.add(key)
    return result


def _no_constant(name: str) -> NoReturn:
    raise ExchangeError((), N_("“{typed}” is not a number that can be stored."), typed=name)


def _whole(digits: str) -> int:
    # more digits than any number of the format has, and more than Python reads at all
    if len(digits) > _LONGEST_WHOLE:
        _no_constant(f"{digits[:_LONGEST_WHOLE]}…")
    return int(digits)


def _check_depth_and_texts(data: Json) -> None:
    stack: list[tuple[Path, Json]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if len(path) > MAX_DEPTH:
            raise ExchangeError(path[:4], N_("The data are nested more than 64 levels deep."))
        if isinstance(value, str):
            _check_text(path, value)
        elif isinstance(value, dict):
            for key, inner in value.items():
                _check_text((*path, key), key)
                stack.append(((*path, key), inner))
        elif isinstance(value, list):
            stack.extend(((*path, n), inner) for n, inner in enumerate(value))


def _check_text(path: Path, text: str) -> None:
    found = UNPRINTABLE.search(text)
    if found:
        raise ExchangeError(
            [
                str(step).encode("ascii", "backslashreplace").decode() if isinstance(step, str) else step
                for step in path
            ],
            N_("The text holds a control character (U+{code}) that cannot be printed. Remove it."),
            code=f"{ord(found[0]):04X}",
        )


# --- shape ----------------------------------------------------------------------------------------------------------


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


def _check_schema(data: Json) -> None:
    error = next(iter(_validator().iter_errors(data)), None)
    if error is not None:
        raise _explained(error)


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


# --- content --------------------------------------------------------------------------------------------------------


def _check_content(data: dict[str, Json]) -> None:
    pictures = _unique(data, "pictures")
    for path, picture in _each(data, "pictures"):
        _check_picture(path, picture)
    administration = data["administration"]
    _known(("administration", "logo"), administration.get("logo"), pictures)
    units = _unique(data, "units")
    parents = {}
    for path, unit in _each(data, "units"):
        _known((*path, "parent"), unit.get("parent"), units)
        parents[unit["id"]] = unit.get("parent")
    _check_no_cycle(parents)
    plans = [_check_plan(path, plan) for path, plan in _each(data, "plans")]
    sub_programmes: set[str] = set()
    _unique(data, "programme_list")
    for path, entry in _each(data, "programme_list"):
        _unique(entry, "sub_programmes", path, sub_programmes)
    years: set[int] = set()
    for path, programme in _each(data, "programmes"):
        year = programme["year"]
        if year in years:
            raise ExchangeError((*path, "year"), N_("There are two programmes for {year}."), year=year)
        years.add(year)
        covering = [plan for plan in plans if plan["first_year"] <= year <= plan["last_year"]]
        if not covering:
            raise ExchangeError((*path, "year"), N_("{year} lies in none of the strategic plan's periods."), year=year)
        plan = max(covering, key=lambda plan: plan["first_year"])
        _Programme(path, programme, units, plan["objectives"], sub_programmes, pictures).check()


def _check_plan(path: Path, plan: dict[str, Json]) -> dict[str, Json]:
    if plan["first_year"] > plan["last_year"]:
        raise ExchangeError((*path, "last_year"), N_("The plan ends before it begins."))
    _unique(plan, "goals", path)
    objectives: set[str] = set()
    for goal_path, goal in _each(plan, "goals", path):
        _unique(goal, "objectives", goal_path, objectives)
    return {"first_year": plan["first_year"], "last_year": plan["last_year"], "objectives": objectives}


def _check_picture(path: Path, picture: dict[str, Json]) -> None:
    try:
        content = base64.b64decode(picture["data"], validate=True)
    except (binascii.Error, ValueError):
        raise ExchangeError((*path, "data"), N_("The picture's data are not base64.")) from None
    if not content.startswith(_MAGIC[picture["media_type"]]):
        raise ExchangeError((*path, "data"), N_("The data are not a picture of the kind stated."))
    if base64.b64encode(content).decode() != picture["data"]:
        raise ExchangeError((*path, "data"), N_("The picture's data are not base64."))


def _check_no_cycle(parents: Mapping[str, str | None]) -> None:
    cleared: set[str] = set()
    for start in parents:
        seen: set[str] = set()
        unit: str | None = start
        while unit and unit not in cleared:
            if unit in seen:
                raise ExchangeError(("units",), N_("The unit “{unit}” stands above itself."), unit=unit)
            seen.add(unit)
            unit = parents.get(unit)
        cleared |= seen


class _Programme:
    """The checks of one programme: identities, references and sums."""

    def __init__(
        self,
        path: Path,
        data: dict[str, Json],
        units: set[str],
        objectives: set[str],
        sub_programmes: set[str],
        pictures: set[str],
    ) -> None:
        self.path = path
        self.data = data
        self.units = units
        self.objectives = objectives
        self.sub_programmes = sub_programmes
        self.pictures = pictures
        self.indicators: set[str] = set()
        self.activities: set[str] = set()
        self.sub_objectives: set[str] = set()
        self.total = Decimal(0)
        self.others: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
        self.codes: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise ExchangeError at the first fault."""
        self._check_layout()
        _unique(self.data, "targets", self.path)
        used: set[str] = set()
        for path, use in _each(self.data, "sub_programmes", self.path):
            _known((*path, "sub_programme"), use["sub_programme"], self.sub_programmes)
            if use["sub_programme"] in used:
                raise ExchangeError(
                    (*path, "sub_programme"), N_("“{id}” stands twice in this list."), id=use["sub_programme"]
                )
            used.add(use["sub_programme"])
            _unique(use, "objectives", path, self.sub_objectives)
            for objective_path, objective in _each(use, "objectives", path):
                self._check_all((*objective_path, "objectives"), objective.get("objectives"), self.objectives)
            self._check_all((*path, "units"), use.get("units"), self.units)
        for path, target in _each(self.data, "targets", self.path):
            _known((*path, "objective"), target["objective"], self.objectives)
            self._check_holder(path, target)
        for path, use in _each(self.data, "sub_programmes", self.path):
            self._check_holder(path, use)
        for list_name in ("general_administration", "transfers"):
            for line_path, line in _each(self.data, list_name, self.path):
                self._check_code(line_path, line)
                self.total += Decimal(line["amount"])
        for line_path, line in _each(self.data, "other_general_administration", self.path):
            self._check_code(line_path, line)
            self._add_other(line)
        self._check_total(self.path, self.total)
        for (year, _kind), total in self.others.items():
            self._check_total(self.path, total, year)
        self._check_sections()
        self._check_results()
        version_checks.check(self.path, self.data, load, MAX_BYTES)

    def _add_other(self, line: dict[str, Json]) -> None:
        self.others[line["year"], line["kind"]] += Decimal(line["amount"])

    def _check_total(self, path: Path, total: Decimal, year: int | None = None) -> None:
        if total > MAX_AMOUNT:
            raise ExchangeError(
                path,
                N_("The total of {year} is larger than {limit} TL."),
                year=self.data["year"] if year is None else year,
                limit=format_number(MAX_AMOUNT),
            )

    def _check_sections(self) -> None:
        seen: set[str] = set()
        for path, section in _each(self.data, "sections", self.path):
            key = section["key"]
            if key in seen:
                raise ExchangeError((*path, "key"), N_("“{id}” stands twice in this list."), id=key)
            seen.add(key)
            for block_path, block in _each(section, "blocks", path):
                if block["kind"] == "picture" and not block.get("picture"):
                    raise ExchangeError((*block_path, "picture"), N_("This key is missing."))
                _known((*block_path, "picture"), block.get("picture"), self.pictures)

    def _check_layout(self) -> None:
        year, form, name = self.data["year"], self.data.get("form") or "", self.data.get("layout") or ""
        settings = self.data.get("layout_settings") or {}
        with _told_at((*self.path, "form")):
            self.codes = tuple(load_form(form).economic_codes)
        with _told_at((*self.path, "layout")):
            preset = layout_of(Programme(year, form=form, layout=name))
        path = (*self.path, "layout_settings")
        for key, value in settings.items():
            with _told_at((*path, key)):
                override(preset, {key: value})
        with _told_at(path):
            layout_of(Programme(year, form=form, layout=name, layout_settings=settings))

    def _check_code(self, path: Path, line: dict[str, Json]) -> None:
        """Refuse an economic code that the form does not know; "not classified" has been let through where it may."""
        code = line.get("code")
        if code is not None and code not in self.codes:
            raise ExchangeError(
                (*path, "code"),
                N_("“{value}” is not possible here; possible are: {values}."),
                value=code,
                values=", ".join(self.codes),
            )

    def _check_holder(self, path: Path, holder: dict[str, Json]) -> None:
        _unique(holder, "indicators", path, self.indicators)
        own: set[str] = set()
        for n_path, activity in _each(holder, "activities", path):
            if activity["id"] in self.activities:
                raise ExchangeError((*n_path, "id"), N_("“{id}” stands twice in this list."), id=activity["id"])
            self.activities.add(activity["id"])
            own.add(activity["id"])
            _known((*n_path, "sub_programme"), activity.get("sub_programme"), self.sub_programmes)
        for n_path, indicator in _each(holder, "indicators", path):
            _known((*n_path, "owner"), indicator.get("owner"), self.units)
            _known((*n_path, "sub_programme_objective"), indicator.get("sub_programme_objective"), self.sub_objectives)
            self._check_values(n_path, indicator)
        in_sheet: set[str] = set()
        for n_path, sheet in _each(holder, "cost_sheets", path):
            self._check_sheet(n_path, sheet, own, in_sheet)

    def _check_values(self, path: Path, indicator: dict[str, Json]) -> None:
        year = self.data["year"]
        keys = {(int(y), implied_kind(year, int(y))) for y in indicator.get("values") or {}}
        for n_path, other in _each(indicator, "other_values", path):
            key = (other["year"], ValueKind(other["kind"]))
            if key[1] is implied_kind(year, key[0]):
                raise ExchangeError(
                    n_path, N_("The {kind} value of {year} belongs into “values”."), kind=key[1].value, year=key[0]
                )
            if key in keys:
                raise ExchangeError(n_path, N_("There are two values of this kind for {year}."), year=key[0])
            keys.add(key)

    def _check_sheet(self, path: Path, sheet: dict[str, Json], own: set[str], in_sheet: set[str]) -> None:
        here: set[str] = set()
        for n, activity in enumerate(sheet["activities"]):
            activity_path = (*path, "activities", n)
            if activity not in own:
                raise ExchangeError(activity_path, N_("There is no activity “{id}” here."), id=activity)
            if activity in here:
                raise ExchangeError(activity_path, N_("“{id}” stands twice in this list."), id=activity)
            if activity in in_sheet:
                raise ExchangeError(activity_path, N_("The activity “{id}” stands in two cost sheets."), id=activity)
            here.add(activity)
        in_sheet |= here
        for name in ("units", "cooperating_units"):
            self._check_all((*path, name), sheet.get(name), self.units)
        for name in ("lines", "transfers", "other_amounts"):
            for line_path, line in _each(sheet, name, path):
                self._check_code(line_path, line)
        for _path, other in _each(sheet, "other_amounts"):
            self._add_other(other)
        lines = sum((Decimal(line["amount"]) for line in sheet.get("lines") or ()), Decimal(0))
        split = sheet.get("split") or {}
        if split:
            if set(split) != set(sheet["activities"]):
                raise ExchangeError(
                    (*path, "split"), N_("The amount must be divided over all activities of the sheet, and only these.")
                )
            divided = sum(map(Decimal, split.values()), Decimal(0))
            if divided != lines:
                raise ExchangeError(
                    (*path, "split"),
                    N_("The parts add up to {divided}, the sheet's lines to {lines}."),
                    divided=format_number(divided, 2),
                    lines=format_number(lines, 2),
                )
        self.total += lines
        self.total += sum((Decimal(transfer["amount"]) for transfer in sheet.get("transfers") or ()), Decimal(0))
        self.total += sum((Decimal(a) for a in (sheet.get("off_budget") or {}).values() if a is not None), Decimal(0))

    def _check_results(self) -> None:
        results = self.data.get("results") or {}
        path = (*self.path, "results")
        for n_path, result in _each(results, "indicators", path):
            _known((*n_path, "indicator"), result["indicator"], self.indicators)
            _known((*n_path, "measure_unit"), result.get("measure_unit"), self.units)
        spent = Decimal(0)
        for n_path, result in _each(results, "activities", path):
            _known((*n_path, "activity"), result["activity"], self.activities)
            spent += Decimal(result.get("spent") or 0)
        self._check_total((*path, "activities"), spent)
        accounts = results.get("budget") or {}
        for name in accounts:
            totals = dict.fromkeys(_AMOUNTS, Decimal(0))
            for n_path, entry in _each(accounts, name, (*path, "budget")):
                _known((*n_path, "unit"), entry.get("unit"), self.units)
                if name.startswith("expenditure"):
                    self._check_code(n_path, entry)
                for key in totals:
                    totals[key] += abs(Decimal(entry.get(key) or 0))
            self._check_total((*path, "budget", name), max(totals.values()))

    def _check_all(self, path: Path, ids: Iterable[str] | None, known: set[str]) -> None:
        seen: set[str] = set()
        for n, id_ in enumerate(ids or ()):
            _known((*path, n), id_, known)
            if id_ in seen:
                raise ExchangeError((*path, n), N_("“{id}” stands twice in this list."), id=id_)
            seen.add(id_)


def _each(data: Mapping[str, Json], name: str, path: Path = ()) -> Iterator[tuple[Path, dict[str, Json]]]:
    for n, item in enumerate(data.get(name) or ()):
        yield (*path, name, n), item


def _unique(data: Mapping[str, Json], name: str, path: Path = (), seen: set[str] | None = None) -> set[str]:
    """Return the ids of a list, adding to ``seen``; refuse one that is there already."""
    ids = set() if seen is None else seen
    for item_path, item in _each(data, name, path):
        if item["id"] in ids:
            raise ExchangeError((*item_path, "id"), N_("“{id}” stands twice in this list."), id=item["id"])
        ids.add(item["id"])
    return ids


def _known(path: Path, id_: str | None, known: set[str]) -> None:
    if id_ is not None and id_ not in known:
        raise ExchangeError(path, N_("There is nothing with the id “{id}” to refer to."), id=id_)


@contextmanager
def _told_at(path: Path) -> Iterator[None]:
    """Refuse with its place what the tables refuse without one."""
    try:
        yield
    except UserError as error:
        raise ExchangeError(path, N_("{reason}"), reason=error) from None
