"""Whether a programme of exchange data agrees in itself: identities, references and sums."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from perfdesk.domain.money import MAX_AMOUNT
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Programme
from perfdesk.domain.value import ValueKind, implied_kind
from perfdesk.exchange import version_checks
from perfdesk.exchange.decoding import MAX_BYTES, Json
from perfdesk.exchange.errors import ExchangeError, Path
from perfdesk.exchange.references import check_known, each, told_at, unique_ids
from perfdesk.i18n import N_
from perfdesk.tables.form import load_form
from perfdesk.tables.layout import layout_of, override

# every amount of a list of the accounts; each is added up by itself
_AMOUNTS: Final = ("estimate", "collected", "refunds", "initial", "appropriation", "spent", "amount")


class ProgrammeContent:
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

    def check(self, load: Callable[[bytes], dict[str, Json]]) -> None:
        """Raise ExchangeError at the first fault; ``load`` checks the data that frozen versions hold."""
        self._check_layout()
        unique_ids(self.data, "targets", self.path)
        used: set[str] = set()
        for path, use in each(self.data, "sub_programmes", self.path):
            check_known((*path, "sub_programme"), use["sub_programme"], self.sub_programmes)
            if use["sub_programme"] in used:
                raise ExchangeError(
                    (*path, "sub_programme"), N_("“{id}” stands twice in this list."), id=use["sub_programme"]
                )
            used.add(use["sub_programme"])
            unique_ids(use, "objectives", path, self.sub_objectives)
            for objective_path, objective in each(use, "objectives", path):
                self._check_all((*objective_path, "objectives"), objective.get("objectives"), self.objectives)
            self._check_all((*path, "units"), use.get("units"), self.units)
        for path, target in each(self.data, "targets", self.path):
            check_known((*path, "objective"), target["objective"], self.objectives)
            self._check_holder(path, target)
        for path, use in each(self.data, "sub_programmes", self.path):
            self._check_holder(path, use)
        for list_name in ("general_administration", "transfers"):
            for line_path, line in each(self.data, list_name, self.path):
                self._check_code(line_path, line)
                self.total += Decimal(line["amount"])
        for line_path, line in each(self.data, "other_general_administration", self.path):
            self._check_code(line_path, line)
            self._add_other(line)
        self._check_total(self.path, self.total)
        for (year, _kind), total in self.others.items():
            self._check_total(self.path, total, year)
        self._check_sections()
        self._check_control()
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
        for path, section in each(self.data, "sections", self.path):
            key = section["key"]
            if key in seen:
                raise ExchangeError((*path, "key"), N_("“{id}” stands twice in this list."), id=key)
            seen.add(key)
            for block_path, block in each(section, "blocks", path):
                if block["kind"] == "picture" and not block.get("picture"):
                    raise ExchangeError((*block_path, "picture"), N_("This key is missing."))
                check_known((*block_path, "picture"), block.get("picture"), self.pictures)

    def _check_layout(self) -> None:
        year, form, name = self.data["year"], self.data.get("form") or "", self.data.get("layout") or ""
        settings = self.data.get("layout_settings") or {}
        with told_at((*self.path, "form")):
            self.codes = tuple(load_form(form).economic_codes)
        with told_at((*self.path, "layout")):
            preset = layout_of(Programme(year, form=form, layout=name))
        path = (*self.path, "layout_settings")
        for key, value in settings.items():
            with told_at((*path, key)):
                override(preset, {key: value})
        with told_at(path):
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
        unique_ids(holder, "indicators", path, self.indicators)
        own: set[str] = set()
        for n_path, activity in each(holder, "activities", path):
            if activity["id"] in self.activities:
                raise ExchangeError((*n_path, "id"), N_("“{id}” stands twice in this list."), id=activity["id"])
            self.activities.add(activity["id"])
            own.add(activity["id"])
            check_known((*n_path, "sub_programme"), activity.get("sub_programme"), self.sub_programmes)
        for n_path, indicator in each(holder, "indicators", path):
            check_known((*n_path, "owner"), indicator.get("owner"), self.units)
            check_known(
                (*n_path, "sub_programme_objective"), indicator.get("sub_programme_objective"), self.sub_objectives
            )
            self._check_values(n_path, indicator)
        in_sheet: set[str] = set()
        for n_path, sheet in each(holder, "cost_sheets", path):
            self._check_sheet(n_path, sheet, own, in_sheet)

    def _check_values(self, path: Path, indicator: dict[str, Json]) -> None:
        year = self.data["year"]
        keys = {(int(y), implied_kind(year, int(y))) for y in indicator.get("values") or {}}
        for n_path, other in each(indicator, "other_values", path):
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
            for line_path, line in each(sheet, name, path):
                self._check_code(line_path, line)
        for _path, other in each(sheet, "other_amounts"):
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

    def _check_control(self) -> None:
        stated = self.data.get("appropriations") or {}
        for name in stated:
            path = (*self.path, "appropriations")
            for n_path, entry in each(stated, name, path):
                check_known((*n_path, "unit"), entry.get("unit"), self.units)
                self._check_code(n_path, entry)
            self._check_total((*path, name), sum((Decimal(e["amount"]) for e in stated[name] or ()), Decimal(0)))
        seen: set[str] = set()
        for path, acceptance in each(self.data, "acceptances", self.path):
            fingerprint = acceptance["fingerprint"]
            if fingerprint in seen:
                raise ExchangeError((*path, "fingerprint"), N_("“{id}” stands twice in this list."), id=fingerprint)
            seen.add(fingerprint)

    def _check_results(self) -> None:
        results = self.data.get("results") or {}
        path = (*self.path, "results")
        for n_path, result in each(results, "indicators", path):
            check_known((*n_path, "indicator"), result["indicator"], self.indicators)
            check_known((*n_path, "measure_unit"), result.get("measure_unit"), self.units)
        spent = Decimal(0)
        for n_path, result in each(results, "activities", path):
            check_known((*n_path, "activity"), result["activity"], self.activities)
            spent += Decimal(result.get("spent") or 0)
        self._check_total((*path, "activities"), spent)
        accounts = results.get("budget") or {}
        for name in accounts:
            totals = dict.fromkeys(_AMOUNTS, Decimal(0))
            for n_path, entry in each(accounts, name, (*path, "budget")):
                check_known((*n_path, "unit"), entry.get("unit"), self.units)
                if name.startswith("expenditure"):
                    self._check_code(n_path, entry)
                for key in totals:
                    totals[key] += abs(Decimal(entry.get(key) or 0))
            self._check_total((*path, "budget", name), max(totals.values()))

    def _check_all(self, path: Path, ids: Iterable[str] | None, known: set[str]) -> None:
        seen: set[str] = set()
        for n, id_ in enumerate(ids or ()):
            check_known((*path, n), id_, known)
            if id_ in seen:
                raise ExchangeError((*path, n), N_("“{id}” stands twice in this list."), id=id_)
            seen.add(id_)
