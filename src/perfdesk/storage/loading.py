"""Rows → one snapshot of the whole file, table by table, children grouped under their parents."""

import dataclasses
import operator
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, TypeVar

from perfdesk.domain.administration import Administration, PersonnelStatus, Picture, Population, Signatory, Unit
from perfdesk.domain.costs import AmountKind, CostLine, CostSheet, OtherAmount, Transfer
from perfdesk.domain.plan import Goal, Objective, Plan, ProgrammeEntry, SubProgrammeEntry
from perfdesk.domain.programme import (
    Activity,
    Indicator,
    Municipality,
    Programme,
    SubProgramme,
    SubProgrammeObjective,
    Target,
)
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.results import (
    Accounts,
    ActivityResult,
    BalanceSheetItem,
    Debt,
    Expenditure,
    ExpenditureByCode,
    ExpenditureByUnit,
    IndicatorResult,
    Results,
    Revenue,
)
from perfdesk.domain.texts import BlockKind, PolicyDocument, Section, TextBlock
from perfdesk.domain.value import ValueKind
from perfdesk.storage.loading_versions import versions
from perfdesk.storage.rows import decimal_of, flag_of, json_of, lira, runs_of, texts_of, value_of

_T = TypeVar("_T")
Children = Mapping[int | None, tuple[_T, ...]]
_KINDS = {kind.value: kind for kind in ValueKind}


# how the tables below a target are reached from it
_IN_TARGETS: Final = "target IN ({})"
_IN_SHEETS: Final = "cost_sheet IN (SELECT id FROM cost_sheet WHERE target IN ({}))"
_WITHIN: Final = {
    "target": "id IN ({})",
    "indicator": _IN_TARGETS,
    "activity": _IN_TARGETS,
    "cost_sheet": _IN_TARGETS,
    "indicator_value": "indicator IN (SELECT id FROM indicator WHERE target IN ({}))",
    "cost_sheet_activity": _IN_SHEETS,
    "cost_sheet_unit": _IN_SHEETS,
    "cost_line": _IN_SHEETS,
    "cost_transfer": _IN_SHEETS,
    "cost_off_budget": _IN_SHEETS,
    "cost_other_amount": _IN_SHEETS,
}


def load(conn: sqlite3.Connection) -> Municipality:
    """Return the file's whole content as one snapshot."""
    return _Loader(conn).municipality()


def refresh(conn: sqlite3.Connection, previous: Municipality, targets: Collection[int]) -> Municipality:
    """Return the content after a change that was confined to some targets (rows), reading only these."""
    loader = _Loader(conn, targets)
    fresh = {target.row: target for of_programme in loader.targets().values() for target in of_programme}
    programmes = []
    for programme in previous.programmes:
        known = {target.row: target for target in programme.targets} | fresh
        order = [
            row
            for (row,) in conn.execute(
                "SELECT id FROM target WHERE programme = ? ORDER BY position, id", [programme.row]
            )
        ]
        now = tuple(known[row] for row in order)
        same = len(now) == len(programme.targets) and all(map(operator.is_, now, programme.targets))
        programmes.append(programme if same else dataclasses.replace(programme, targets=now))
    return dataclasses.replace(previous, programmes=tuple(programmes))


class _Loader:
    """Reads tables; given ``within``, of those below targets only what belongs to these targets."""

    def __init__(self, conn: sqlite3.Connection, within: Collection[int] | None = None) -> None:
        self._conn = conn
        self._within = None if within is None else ", ".join(map(str, within))
        self.units = self._identities("unit")
        self.pictures = self._identities("picture")
        self.objectives = self._identities("objective")
        self.entries = self._identities("sub_programme_entry")
        self.sub_objectives = self._identities("sub_programme_objective")
        self.activity_ids = self._identities("activity")
        self.indicator_ids = self._identities("indicator")

    def _where(self, table: str) -> str:
        if self._within is None or table not in _WITHIN:
            return ""
        return f" WHERE {_WITHIN[table].format(self._within)}"

    def _select(self, sql: str) -> list[Any]:
        return self._conn.execute(sql).fetchall()

    def _identities(self, table: str) -> dict[int | None, str]:
        identities: dict[int | None, str] = {None: ""}
        identities.update(self._select(f"SELECT id, identity FROM {table}{self._where(table)}"))
        return identities

    def _children(self, parent: str, table: str, columns: str, build: Callable[..., _T]) -> Children[_T]:
        """Return a table's rows by parent row: the first selected column is the parent, the others go to ``build``."""
        order = "position, id" if self._has_position(table) else "id"
        return _grouped(
            (row[0], build(*row[1:]))
            for row in self._select(f"SELECT {parent}, {columns} FROM {table}{self._where(table)} ORDER BY {order}")
        )

    def _has_position(self, table: str) -> bool:
        return any(row[1] == "position" for row in self._conn.execute(f"PRAGMA table_info({table})"))

    def municipality(self) -> Municipality:
        """Return everything."""
        return Municipality(
            administration=self._administration(),
            units=tuple(
                Unit(identity, name, abbreviation, texts_of(aliases), self.units[parent], flag_of(inactive), row)
                for row, identity, name, abbreviation, aliases, parent, inactive in self._select(
                    "SELECT id, identity, name, abbreviation, aliases, parent, inactive FROM unit ORDER BY position, id"
                )
            ),
            plans=self._plans(),
            programme_list=self._programme_list(),
            pictures=tuple(
                Picture(identity, name, media_type, data, row)
                for row, identity, name, media_type, data in self._select(
                    "SELECT id, identity, name, media_type, data FROM picture ORDER BY position, id"
                )
            ),
            programmes=self._programmes(),
        )

    def _administration(self) -> Administration:
        columns = (
            "name",
            "kind",
            "province",
            "short_name",
            "address",
            "phone",
            "fax",
            "web",
            "email",
            "logo",
            "colour",
        )
        row = self._select(f"SELECT {', '.join(columns)} FROM administration")[0]
        return Administration(
            **dict(zip(columns, row, strict=True)),
            population=tuple(
                Population(year, people, row)
                for row, year, people in self._select("SELECT id, year, people FROM population ORDER BY year")
            ),
            signatories=tuple(
                Signatory(role, name, texts_of(titles), row)
                for row, role, name, titles in self._select(
                    "SELECT id, role, name, titles FROM signatory ORDER BY position, id"
                )
            ),
            personnel_statuses=tuple(
                PersonnelStatus(name, row)
                for row, name in self._select("SELECT id, name FROM personnel_status ORDER BY position, id")
            ),
        )

    def _plans(self) -> tuple[Plan, ...]:
        objectives = self._children(
            "goal",
            "objective",
            "id, identity, code, title",
            lambda row, identity, code, title: Objective(identity, code, title, row),
        )
        goals = self._children(
            "plan",
            "goal",
            "id, identity, code, title, service_area",
            lambda row, identity, code, title, area: Goal(identity, code, title, area, objectives.get(row, ()), row),
        )
        return tuple(
            Plan(first, last, mission, vision, texts_of(values), goals.get(row, ()), row)
            for row, first, last, mission, vision, values in self._select(
                'SELECT id, first_year, last_year, mission, vision, "values" FROM plan ORDER BY position, id'
            )
        )

    def _programme_list(self) -> tuple[ProgrammeEntry, ...]:
        subs = self._children(
            "programme_entry",
            "sub_programme_entry",
            "id, identity, code, name",
            lambda row, identity, code, name: SubProgrammeEntry(identity, code, name, row),
        )
        return tuple(
            ProgrammeEntry(identity, code, name, flag_of(joint), subs.get(row, ()), row)
            for row, identity, code, name, joint in self._select(
                "SELECT id, identity, code, name, joint FROM programme_entry ORDER BY position, id"
            )
        )

    # --- what targets and sub-programmes hold -----------------------------------------------------------------------

    def _indicators(self) -> tuple[Children[Indicator], Children[Indicator]]:
        values: dict[int, dict[tuple[int, ValueKind], Any]] = defaultdict(dict)
        for indicator, year, kind, state, content in self._select(
            f"SELECT indicator, year, kind, state, content FROM indicator_value{self._where('indicator_value')}"
            " ORDER BY indicator, id"
        ):
            values[indicator][year, _KINDS[kind]] = value_of(state, content)
        by_target: dict[int | None, list[Indicator]] = defaultdict(list)
        by_sub: dict[int | None, list[Indicator]] = defaultdict(list)
        for row in self._select(
            "SELECT target, sub_programme, id, identity, code, name, unit, note, weight, cumulative, direction,"
            " deferred, scale, decimals, type, definition, method, source, owner, numerator, denominator, roll_up,"
            f" baseline, sub_programme_objective FROM indicator{self._where('indicator')} ORDER BY position, id"
        ):
            target, sub, id_, identity, code, name, unit, note, weight, cumulative, direction, deferred, *more = row
            scale, decimals, type_, definition, method, source, owner, numerator, denominator, roll_up, *last = more
            indicator = Indicator(
                identity,
                code,
                name,
                unit,
                note,
                decimal_of(weight),
                flag_of(cumulative),
                direction,
                flag_of(deferred),
                values.get(id_, {}),
                scale,
                decimals,
                type_,
                definition,
                method,
                source,
                self.units[owner],
                numerator,
                denominator,
                roll_up,
                decimal_of(last[0]),
                self.sub_objectives[last[1]],
                id_,
            )
            (by_sub if target is None else by_target)[sub if target is None else target].append(indicator)
        return _tuples(by_target), _tuples(by_sub)

    def _activities(self) -> tuple[Children[Activity], Children[Activity]]:
        def activity(
            row: int, identity: str, code: str, name: str, note: str, entry: int | None, text: str
        ) -> Activity:
            return Activity(identity, code, name, note, self.entries[entry], text, row)

        columns = "id, identity, code, name, note, sub_programme_entry, description"
        return (
            self._children("target", "activity", columns, activity),
            self._children("sub_programme", "activity", columns, activity),
        )

    def _cost_sheets(self) -> tuple[Children[CostSheet], Children[CostSheet]]:
        activities = self._children("cost_sheet", "cost_sheet_activity", "activity, amount", lambda *pair: pair)
        units = self._children("cost_sheet", "cost_sheet_unit", "unit, cooperating", lambda *pair: pair)
        lines = self._children(
            "cost_sheet", "cost_line", "id, code, amount", lambda row, code, amount: CostLine(code, lira(amount), row)
        )
        transfers = self._children("cost_sheet", "cost_transfer", "id, recipient, code, amount", _transfer)
        sources = self._children("cost_sheet", "cost_off_budget", "source, amount", lambda *pair: pair)
        others = self._children("cost_sheet", "cost_other_amount", "id, year, kind, amount, code, source", _other)

        def sheet(row: int, note: str) -> CostSheet:
            parts = activities.get(row, ())
            named = units.get(row, ())
            return CostSheet(
                tuple(self.activity_ids[activity] for activity, _ in parts),
                tuple(self.units[unit] for unit, cooperating in named if not cooperating),
                tuple(self.units[unit] for unit, cooperating in named if cooperating),
                note,
                lines.get(row, ()),
                transfers.get(row, ()),
                {source: lira(amount) for source, amount in sources.get(row, ())},
                {self.activity_ids[activity]: lira(amount) for activity, amount in parts if amount is not None},
                others.get(row, ()),
                row,
            )

        return (
            self._children("target", "cost_sheet", "id, note", sheet),
            self._children("sub_programme", "cost_sheet", "id, note", sheet),
        )

    # --- programmes -------------------------------------------------------------------------------------------------

    def targets(self) -> Children[Target]:
        """Return targets with all they hold, by programme."""
        return self._targets(self._indicators()[0], self._activities()[0], self._cost_sheets()[0])

    def _targets(
        self, indicators: Children[Indicator], activities: Children[Activity], sheets: Children[CostSheet]
    ) -> Children[Target]:
        return self._children(
            "programme",
            "target",
            "id, identity, objective, code, title, description, deferred",
            lambda row, identity, objective, code, title, description, deferred: Target(
                identity,
                self.objectives[objective],
                code,
                title,
                description,
                flag_of(deferred),
                indicators.get(row, ()),
                activities.get(row, ()),
                sheets.get(row, ()),
                row,
            ),
        )

    def _programmes(self) -> tuple[Programme, ...]:
        target_indicators, sub_indicators = self._indicators()
        target_activities, sub_activities = self._activities()
        target_sheets, sub_sheets = self._cost_sheets()
        targets = self._targets(target_indicators, target_activities, target_sheets)
        sub_units = self._children("sub_programme", "sub_programme_unit", "unit", self.units.__getitem__)
        links = self._children("sub_programme_objective", "objective_link", "objective", self.objectives.__getitem__)
        sub_objectives = self._children(
            "sub_programme",
            "sub_programme_objective",
            "id, identity, title",
            lambda row, identity, title: SubProgrammeObjective(identity, title, links.get(row, ()), row),
        )
        sub_programmes = self._children(
            "programme",
            "sub_programme",
            "id, sub_programme_entry, description",
            lambda row, entry, description: SubProgramme(
                self.entries[entry],
                description,
                sub_units.get(row, ()),
                sub_objectives.get(row, ()),
                sub_indicators.get(row, ()),
                sub_activities.get(row, ()),
                sub_sheets.get(row, ()),
                row,
            ),
        )
        general = self._children(
            "programme",
            "general_administration",
            "id, code, amount",
            lambda row, code, amount: CostLine(code, lira(amount), row),
        )
        other_general = self._children(
            "programme",
            "other_general_administration",
            "id, year, kind, amount, code",
            lambda row, year, kind, amount, code: OtherAmount(year, AmountKind(kind), lira(amount), code, row=row),
        )
        transfers = self._children("programme", "transfer", "id, recipient, code, amount", _transfer)
        tables, unit_tables = self._resource_tables()
        sections = self._sections()
        policies = self._children(
            "programme",
            "policy_document",
            "id, document, section, reference, text, first_year, last_year",
            lambda row, document, section, reference, text, first, last: PolicyDocument(
                document, section, reference, text, first, last, row
            ),
        )
        results = self._results(unit_tables)
        of_council = versions(self._select)
        return tuple(
            Programme(
                year,
                targets.get(row, ()),
                general.get(row, ()),
                transfers.get(row, ()),
                tables.get(row, ()),
                results(row),
                form,
                layout,
                json_of(settings),
                sections.get(row, ()),
                policies.get(row, ()),
                sub_programmes.get(row, ()),
                other_general.get(row, ()),
                of_council.get(row, ()),
                row,
            )
            for row, year, form, layout, settings in self._select(
                "SELECT id, year, form, layout, layout_settings FROM programme ORDER BY position, id"
            )
        )

    def _resource_tables(self) -> tuple[Children[ResourceTable], Children[ResourceTable]]:
        rows = self._children(
            "resource_table", "resource_row", "id, cells", lambda row, cells: ResourceRow(texts_of(cells), row)
        )
        own: dict[int | None, list[ResourceTable]] = defaultdict(list)
        of_results: dict[int | None, list[ResourceTable]] = defaultdict(list)
        for programme, with_results, row, section, caption, header, kind, *more in self._select(
            "SELECT programme, of_results, id, section, caption, header, kind, total_row, total_column, side_by_side,"
            " note FROM resource_table ORDER BY position, id"
        ):
            total_row, total_column, side_by_side, note = more
            table = ResourceTable(
                section,
                caption,
                tuple(map(tuple, json_of(header))),
                rows.get(row, ()),
                kind,
                flag_of(total_row),
                flag_of(total_column),
                side_by_side,
                note,
                row,
            )
            (of_results if with_results else own)[programme].append(table)
        return _tuples(own), _tuples(of_results)

    def _sections(self) -> Children[Section]:
        blocks = self._children(
            "section",
            "section_block",
            "id, kind, level, runs, picture, caption",
            lambda row, kind, level, runs, picture, caption: TextBlock(
                BlockKind(kind), runs_of(runs), level, self.pictures[picture], caption, row
            ),
        )
        return self._children(
            "programme",
            "section",
            "id, key, title",
            lambda row, key, title: Section(key, title, blocks.get(row, ()), row),
        )

    def _results(self, unit_tables: Children[ResourceTable]) -> Callable[[int], Results]:
        indicators = self._children(
            "programme",
            "indicator_result",
            "id, indicator, period, state, content, explanation, status, numerator, denominator, evidence, measure,"
            " measure_unit, measure_date",
            lambda row, i, period, state, content, explanation, status, up, down, evidence, *measure: IndicatorResult(
                self.indicator_ids[i],
                period,
                value_of(state, content),
                explanation,
                status,
                decimal_of(up),
                decimal_of(down),
                evidence,
                measure[0],
                self.units[measure[1]],
                measure[2],
                row,
            ),
        )
        activities = self._children(
            "programme",
            "activity_result",
            "id, activity, period, spent, explanation",
            lambda row, activity, period, spent, explanation: ActivityResult(
                self.activity_ids[activity], period, None if spent is None else lira(spent), explanation, row
            ),
        )
        revenue = self._children(
            "programme",
            "revenue",
            "id, estimate, collected, refunds, code, name",
            lambda row, e, c, r, code, name: Revenue(lira(e), lira(c), lira(r), code, name, row),
        )
        by_code = self._children(
            "programme",
            "expenditure_by_code",
            "id, code, appropriation, spent, name",
            lambda row, code, a, s, name: ExpenditureByCode(code, lira(a), lira(s), name, row),
        )
        by_unit = self._children(
            "programme",
            "expenditure_by_unit",
            "id, unit, initial, appropriation, spent",
            lambda row, unit, i, a, s: ExpenditureByUnit(self.units[unit], lira(i), lira(a), lira(s), row),
        )
        facts = self._children(
            "programme",
            "expenditure",
            "id, unit, code, initial, appropriation, spent",
            lambda row, unit, code, i, a, s: Expenditure(self.units[unit], code, lira(i), lira(a), lira(s), row),
        )
        balance = self._children(
            "programme",
            "balance_sheet_item",
            "id, side, amount, code, name",
            lambda row, side, amount, code, name: BalanceSheetItem(side, lira(amount), code, name, row),
        )
        debts = self._children(
            "programme", "debt", "id, amount, name", lambda row, amount, name: Debt(lira(amount), name, row)
        )
        return lambda row: Results(
            indicators.get(row, ()),
            activities.get(row, ()),
            Accounts(
                revenue.get(row, ()),
                by_code.get(row, ()),
                by_unit.get(row, ()),
                facts.get(row, ()),
                balance.get(row, ()),
                debts.get(row, ()),
            ),
            unit_tables.get(row, ()),
        )


def _transfer(row: int, recipient: str, code: str, amount: int) -> Transfer:
    return Transfer(recipient, code, lira(amount), row)


def _other(row: int, year: int, kind: str, amount: int, code: str | None, source: str) -> OtherAmount:
    return OtherAmount(year, AmountKind(kind), lira(amount), code, source, row)


def _grouped(pairs: Iterable[tuple[int | None, _T]]) -> Children[_T]:
    groups: dict[int | None, list[_T]] = defaultdict(list)
    for parent, item in pairs:
        groups[parent].append(item)
    return _tuples(groups)


def _tuples(groups: Mapping[int | None, list[_T]]) -> Children[_T]:
    return {parent: tuple(items) for parent, items in groups.items()}
