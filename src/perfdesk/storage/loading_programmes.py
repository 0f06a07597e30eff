"""Rows → the programmes, each with all that belongs to its year."""

from collections import defaultdict
from collections.abc import Callable

from perfdesk.domain.control import Acceptance, AppropriationByCode, AppropriationByUnit, Appropriations
from perfdesk.domain.costs import AmountKind, CostLine, OtherAmount
from perfdesk.domain.programme import Programme, SubProgramme, SubProgrammeObjective
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
from perfdesk.storage.loading_held import activities, cost_sheets, indicators, targets_of, transfer_of
from perfdesk.storage.loading_versions import versions
from perfdesk.storage.reading import Children, Reader, tuples
from perfdesk.storage.rows import decimal_of, flag_of, json_of, lira, runs_of, texts_of, value_of


def programmes(reader: Reader) -> tuple[Programme, ...]:
    """Return the programmes in their order."""
    target_indicators, sub_indicators = indicators(reader)
    target_activities, sub_activities = activities(reader)
    target_sheets, sub_sheets = cost_sheets(reader)
    targets = targets_of(reader, target_indicators, target_activities, target_sheets)
    sub_units = reader.children("sub_programme", "sub_programme_unit", "unit", reader.units.__getitem__)
    links = reader.children("sub_programme_objective", "objective_link", "objective", reader.objectives.__getitem__)
    sub_objectives = reader.children(
        "sub_programme",
        "sub_programme_objective",
        "id, identity, title",
        lambda row, identity, title: SubProgrammeObjective(identity, title, links.get(row, ()), row),
    )
    sub_programmes = reader.children(
        "programme",
        "sub_programme",
        "id, sub_programme_entry, description",
        lambda row, entry, description: SubProgramme(
            reader.entries[entry],
            description,
            sub_units.get(row, ()),
            sub_objectives.get(row, ()),
            sub_indicators.get(row, ()),
            sub_activities.get(row, ()),
            sub_sheets.get(row, ()),
            row,
        ),
    )
    general = reader.children(
        "programme",
        "general_administration",
        "id, code, amount",
        lambda row, code, amount: CostLine(code, lira(amount), row),
    )
    other_general = reader.children(
        "programme",
        "other_general_administration",
        "id, year, kind, amount, code",
        lambda row, year, kind, amount, code: OtherAmount(year, AmountKind(kind), lira(amount), code, row=row),
    )
    transfers = reader.children("programme", "transfer", "id, recipient, code, amount", transfer_of)
    tables, unit_tables = _resource_tables(reader)
    sections = _sections(reader)
    policies = reader.children(
        "programme",
        "policy_document",
        "id, document, section, reference, text, first_year, last_year",
        lambda row, document, section, reference, text, first, last: PolicyDocument(
            document, section, reference, text, first, last, row
        ),
    )
    results = _results(reader, unit_tables)
    of_council = versions(reader.select)
    by_code, by_unit, acceptances = _control(reader)
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
            Appropriations(by_code.get(row, ()), by_unit.get(row, ())),
            acceptances.get(row, ()),
            row,
        )
        for row, year, form, layout, settings in reader.select(
            "SELECT id, year, form, layout, layout_settings FROM programme ORDER BY position, id"
        )
    )


def _resource_tables(reader: Reader) -> tuple[Children[ResourceTable], Children[ResourceTable]]:
    rows = reader.children(
        "resource_table", "resource_row", "id, cells", lambda row, cells: ResourceRow(texts_of(cells), row)
    )
    own: dict[int | None, list[ResourceTable]] = defaultdict(list)
    of_results: dict[int | None, list[ResourceTable]] = defaultdict(list)
    for programme, with_results, row, section, caption, header, kind, *more in reader.select(
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
    return tuples(own), tuples(of_results)


def _sections(reader: Reader) -> Children[Section]:
    blocks = reader.children(
        "section",
        "section_block",
        "id, kind, level, runs, picture, caption",
        lambda row, kind, level, runs, picture, caption: TextBlock(
            BlockKind(kind), runs_of(runs), level, reader.pictures[picture], caption, row
        ),
    )
    return reader.children(
        "programme",
        "section",
        "id, key, title",
        lambda row, key, title: Section(key, title, blocks.get(row, ()), row),
    )


def _control(
    reader: Reader,
) -> tuple[Children[AppropriationByCode], Children[AppropriationByUnit], Children[Acceptance]]:
    return (
        reader.children(
            "programme",
            "appropriation_by_code",
            "id, code, amount",
            lambda row, code, amount: AppropriationByCode(code, lira(amount), row),
        ),
        reader.children(
            "programme",
            "appropriation_by_unit",
            "id, unit, amount",
            lambda row, unit, amount: AppropriationByUnit(lira(amount), reader.units[unit], row),
        ),
        reader.children(
            "programme",
            "acceptance",
            "id, fingerprint, rule, reason, date",
            lambda row, fingerprint, rule, reason, date: Acceptance(fingerprint, rule, reason, date, row),
        ),
    )


def _results(reader: Reader, unit_tables: Children[ResourceTable]) -> Callable[[int], Results]:
    indicators = reader.children(
        "programme",
        "indicator_result",
        "id, indicator, period, state, content, explanation, status, numerator, denominator, evidence, measure,"
        " measure_unit, measure_date",
        lambda row, i, period, state, content, explanation, status, up, down, evidence, *measure: IndicatorResult(
            reader.indicator_ids[i],
            period,
            value_of(state, content),
            explanation,
            status,
            decimal_of(up),
            decimal_of(down),
            evidence,
            measure[0],
            reader.units[measure[1]],
            measure[2],
            row,
        ),
    )
    activities = reader.children(
        "programme",
        "activity_result",
        "id, activity, period, spent, explanation",
        lambda row, activity, period, spent, explanation: ActivityResult(
            reader.activity_ids[activity], period, None if spent is None else lira(spent), explanation, row
        ),
    )
    revenue = reader.children(
        "programme",
        "revenue",
        "id, estimate, collected, refunds, code, name",
        lambda row, e, c, r, code, name: Revenue(lira(e), lira(c), lira(r), code, name, row),
    )
    by_code = reader.children(
        "programme",
        "expenditure_by_code",
        "id, code, appropriation, spent, name",
        lambda row, code, a, s, name: ExpenditureByCode(code, lira(a), lira(s), name, row),
    )
    by_unit = reader.children(
        "programme",
        "expenditure_by_unit",
        "id, unit, initial, appropriation, spent",
        lambda row, unit, i, a, s: ExpenditureByUnit(reader.units[unit], lira(i), lira(a), lira(s), row),
    )
    facts = reader.children(
        "programme",
        "expenditure",
        "id, unit, code, initial, appropriation, spent",
        lambda row, unit, code, i, a, s: Expenditure(reader.units[unit], code, lira(i), lira(a), lira(s), row),
    )
    balance = reader.children(
        "programme",
        "balance_sheet_item",
        "id, side, amount, code, name",
        lambda row, side, amount, code, name: BalanceSheetItem(side, lira(amount), code, name, row),
    )
    debts = reader.children(
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
