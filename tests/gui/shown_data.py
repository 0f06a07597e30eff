"""Puts exchange data together again from what stands in the forms where it can be changed, and from nothing else.

Only what cannot be typed is taken from elsewhere: the identities of goals, targets and units, by which an entry of the
outline says what it is about.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from tests.gui.walking import settle

from perfdesk.domain.costs import OFF_BUDGET_SOURCES
from perfdesk.domain.value import ValueKind, implied_kind
from perfdesk.exchange.writing import _block
from perfdesk.gui.fields.bind import Binding
from perfdesk.gui.fields.check_field import CheckField
from perfdesk.gui.fields.text_field import TextField
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.entry_model import NEW
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.pages.target_page import TargetPage
from perfdesk.i18n import _
from perfdesk.services.editing.fields import YES
from perfdesk.services.editing.record_types import (
    ADMINISTRATION_KINDS,
    AMOUNT_KINDS,
    DIRECTIONS,
    INDICATOR_TYPES,
    ROLES,
    ROLL_UPS,
)
from perfdesk.services.editing.values import TEXT_MARK
from perfdesk.services.layout import place_words
from perfdesk.services.layout.layout_catalogue import FORM_NAMES
from perfdesk.tables.layout import LAYOUTS, settings_of
from perfdesk.tables.table import Role

Json = dict[str, Any]
_EDITABLE = Qt.ItemFlag.ItemIsEditable


# --- reading entries --------------------------------------------------------------------------------------------------


def rows_of(model: EditModel) -> list[dict[str, str]]:
    """Return the entries of a grid that can be changed, row by row, by column."""
    return [
        {
            column.key: str(model.data(model.index(at, x), Qt.ItemDataRole.EditRole) or "")
            for x, column in enumerate(model.columns)
            if model.flags(model.index(at, x)) & _EDITABLE
        }
        for at, row in enumerate(model.rows)
        if row.role is Role.DETAIL and row.key != NEW
    ]


def entries(binding: Binding) -> dict[str, str]:
    """Return the entries of fields that can be changed, by column."""
    found = {}
    for column, widget in binding.widgets.items():
        if isinstance(widget, TextField):
            if not widget.isReadOnly():
                found[column] = widget.toPlainText()
        elif widget.isEnabled():
            found[column] = widget.entry() if isinstance(widget, CheckField) else widget.currentText()
    return found


def number(text: str) -> str | None:
    """Return a number as the format writes it."""
    return f"{Decimal(text.replace('.', '').replace(',', '.')):f}" if text else None


def amount(text: str) -> str:
    """Return an amount as the format writes it."""
    return f"{Decimal(number(text) or 0):.2f}"


def value(text: str) -> object:
    """Return an indicator's value as the format writes it."""
    if text.startswith(TEXT_MARK):
        return {"text": text.removeprefix(TEXT_MARK)}
    if text in ("-", "X"):
        return {"mark": text}
    return number(text)


def key_of(names: Mapping[str, str], text: str) -> str:
    """Return the key of a choice."""
    return next((key for key, name in names.items() if _(name) == text), text)


def flag(text: str) -> bool | None:
    """Return a yes or no, None where nothing was said."""
    return None if not text else text == _(YES)


def names(text: str) -> list[str]:
    """Return names that are parted by semicolons."""
    return [name.strip() for name in text.split(";") if name.strip()]


# --- the file ---------------------------------------------------------------------------------------------------------


class Shown:
    """What the forms of a window show."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.units: dict[str, str] = {}
        # the objectives of the year's sub-programmes, by the names under which they are chosen
        self.sub_objectives: dict[str, str] = {}

    def data(self) -> Json:
        """Return the file as exchange data."""
        municipality = self.window.session.municipality
        self._go("units", "")
        units = rows_of(self._page.units)
        self.units = {unit["name"]: one.id for unit, one in zip(units, municipality.units, strict=True)}
        return {
            "administration": self._administration(),
            "units": [
                {
                    "name": unit["name"],
                    "aliases": names(unit["aliases"]),
                    "abbreviation": unit["abbreviation"],
                    "parent": self.units.get(unit["parent"], unit["parent"]),
                    "inactive": flag(unit["inactive"]),
                }
                for unit in units
            ],
            "plans": [self._plan(at) for at in range(len(municipality.plans))],
            "pictures": self._pictures(),
            "programme_list": self._programme_list(),
            "programmes": [self._programme(programme.year) for programme in municipality.programmes],
        }

    def _go(self, kind: str, id_: str) -> None:
        self.window.go_to((kind, id_))
        settle(1)
        assert self.window.here == (kind, id_)

    def _go_to_part(self, holds: str) -> bool:
        """Turn to the part of the book that holds something; return whether there is one."""
        form = self.window.session.context.layout.form
        part = next((part.key for part in form.outline if part.holds == holds), None)
        if part is not None:
            self._go("part", part)
        return part is not None

    @property
    def _page(self) -> Any:
        return self.window.pages.page

    def _turn_to(self, year: int) -> None:
        self.window.session.set_year(year)
        settle(1)

    def _administration(self) -> Json:
        self._go("cover", "")
        page = self._page
        data: Json = entries(page.findChild(Binding))
        data["kind"] = key_of(ADMINISTRATION_KINDS, data["kind"])
        models = {model.kind: rows_of(model) for model in page.findChildren(EditModel)}
        data["population"] = {row["year"]: int(number(row["people"]) or 0) for row in models["population"]}
        data["signatories"] = [
            {"role": key_of(ROLES, row["role"]), "name": row["name"], "titles": names(row["titles"])}
            for row in models["signatory"]
        ]
        data["personnel_statuses"] = [row["name"] for row in models["personnel_status"]]
        return data

    def _pictures(self) -> list[Json]:
        self._go("pictures", "")
        model = self._page.ui.pictures.model()
        return [{"name": model.index(row, 0).data(Qt.ItemDataRole.EditRole)} for row in range(model.rowCount())]

    def _programme_list(self) -> list[Json]:
        if ("programme_list", "") not in self.window.navigation.model.all_keys():
            return []
        self._go("programme_list", "")
        page, listed = self._page, []
        for at, row in enumerate(rows_of(page.programmes)):
            page.ui.programmes.grid.put(page.programmes.index(at, 0))
            subs = rows_of(page.sub_programmes)
            listed.append({**row, "joint": flag(row["joint"]), "sub_programmes": subs})
        return listed

    def _plan(self, at: int) -> Json:
        plan = self.window.session.municipality.plans[at]
        years = [programme.year for programme in self.window.session.municipality.programmes]
        self._turn_to(next(year for year in years if plan.first_year <= year <= plan.last_year))
        self._go_to_part("goals")
        page = self._page
        period = rows_of(page.plans)[at]
        data: Json = entries(page.findChild(Binding))
        data |= {key: int(number(period[key]) or 0) for key in ("first_year", "last_year")}
        data["values"] = [line for line in data["values"].split("\n") if line]
        data["goals"] = rows_of(page.goals)
        for goal, one in zip(data["goals"], plan.goals, strict=True):
            self._go("goal", one.id)
            goal["objectives"] = rows_of(self._page.objectives)
            # the form of the goal says the same as its row
            assert entries(self._page.findChild(Binding)).items() <= goal.items()
        return data

    # --- a year -------------------------------------------------------------------------------------------------------

    def _programme(self, year: int) -> Json:
        self._turn_to(year)
        programme = self.window.session.context.programme
        data: Json = {"year": year}
        self.sub_objectives = {}
        data["sub_programmes"] = self._sub_programmes()
        data["targets"] = [self._target(target.id) for target in programme.targets]
        data |= self._need()
        data["appropriations"] = self._appropriations()
        data["resource_tables"] = [self._resource_table(table.row) for table in programme.resource_tables]
        data["sections"] = [section for key in self._parts() if (section := self._section(key))]
        if self._go_to_part("policy_documents"):
            data["policy_documents"] = [self._policy(row) for row in rows_of(self._page.policies)]
        self._go("layout", "")
        data["form"] = key_of(FORM_NAMES, self._page.ui.form.currentText()) if self._page.ui.form.isEnabled() else ""
        data["layout"] = LAYOUTS[self._page.presets.checkedId()]
        data["layout_settings"] = self._settings()
        return data

    def _settings(self) -> Json:
        """Return the settings that the list says were changed, as their editors show them."""
        tree, editor = self._page.ui.settings, self._page.ui.editor
        settings = {}
        for key, item in tree._items.items():
            if item.text(2) == _("changed"):
                tree.put(key)
                settle(1)
                field = editor.findChild(TextField)
                shown = field.toPlainText() if field is not None else item.text(1)
                setting = next(one for one in settings_of(self.window.session.context.layout) if one.key == key)
                settings[key] = place_words.as_stored(shown, setting.may_hold)
        return settings

    def _parts(self) -> list[str]:
        return [id_ for kind, id_ in self.window.navigation.model.all_keys() if kind == "part"]

    # --- sub-programmes -----------------------------------------------------------------------------------------------

    def _sub_programmes(self) -> list[Json]:
        """Return the sub-programmes of the year, by the names that the list gives them."""
        self._go_to_part("targets")
        model = self._page.used.model
        # isHidden, for the part may stand further down
        rows = [] if self._page.used.isHidden() else rows_of(model)
        names = [line.cells[model.column_of("name")].text for line in model.rows]
        used = {name: row["units"] for name, row in zip(names, rows, strict=bool(rows)) if flag(row["used"])}
        entries = [key for key in self.window.navigation.model.all_keys() if key[0] == "sub_programme"]
        return [self._sub_programme(key[1], *one) for key, one in zip(entries, used.items(), strict=True)]

    def _sub_programme(self, id_: str, name: str, units: str) -> Json:
        self._go("sub_programme", id_)
        page: TargetPage = self._page
        texts = [entries(one) for one in page.findChildren(Binding) if one.table == "sub_programme"]
        own = next(one for one in texts if "units" in one)
        # the grid of the year says the same as the form
        assert names(own["units"]) == names(units)
        objectives = rows_of(page.ui.objectives.grid.grid())
        for objective in objectives:
            at = len(self.sub_objectives) + 1
            self.sub_objectives[f"{at}. {objective['title']}"] = objective["title"]
        held = self._held(page)
        served = {code: id_ for id_, code in self.window.session.context.codes.objectives.items()}
        return {
            "sub_programme": name,
            "description": own["description"],
            "units": self._units(own["units"]),
            "objectives": [
                {"title": one["title"], "objectives": [served[code] for code in names(one["objectives"])]}
                for one in objectives
            ],
            **held,
        }

    def _section(self, key: str) -> Json | None:
        self._go("part", key)
        ui = getattr(self._page, "section_ui", None)
        if ui is None:
            return None
        blocks = [_block(block) for block in ui.text.blocks()] if not ui.text.isReadOnly() else []
        title = ui.title.toPlainText()
        return {"key": key, "title": title, "blocks": blocks} if title or blocks else None

    def _policy(self, row: dict[str, str]) -> Json:
        years = {key: int(row[key]) for key in ("first_year", "last_year") if row[key]}
        return {key: text for key, text in row.items() if text} | years

    def _need(self) -> Json:
        self._go_to_part("resource_need")
        page = self._page
        return {
            "general_administration": [self._line(row) for row in rows_of(page.general)],
            "transfers": [{"recipient": row["recipient"], **self._line(row)} for row in rows_of(page.transfers)],
            "other_general_administration": [self._other(row) for row in rows_of(page.others)],
        }

    def _appropriations(self) -> Json:
        self._go("appropriations", "")
        page = self._page
        return {
            "by_code": [self._line(row) for row in rows_of(page.by_code)],
            "by_unit": [
                {"unit": self.units.get(row["unit"], row["unit"]), "amount": amount(row["amount"])}
                for row in rows_of(page.by_unit)
            ],
        }

    def _line(self, row: dict[str, str]) -> Json:
        return {"code": row["code"] or None, "amount": amount(row["amount"])}

    def _other(self, row: dict[str, str]) -> Json:
        form = self.window.session.context.layout.form
        data = {"year": int(row["year"]), "kind": key_of(AMOUNT_KINDS, row["kind"]), "amount": amount(row["amount"])}
        if (source := next((key for key, name in form.off_budget_sources.items() if name == row["code"]), "")) != "":
            return data | {"source": source}
        code = row["code"].partition(" ")[0]
        return data | ({"code": code} if code.isdigit() else {})

    def _resource_table(self, row: int) -> Json:
        self._go("resource_table", str(row))
        page = self._page
        data: Json = entries(page.fields)
        kinds = self.window.session.context.layout.form.resource_kinds
        data["kind"] = next((kind.key for kind in kinds if data["kind"] in (kind.caption, kind.key)), "")
        data["side_by_side"] = int(data["side_by_side"]) if data["side_by_side"] else None
        data |= {name: box.isChecked() or None for name, box in page.flags.items() if box.isEnabled()}
        data["header"] = [list(line.values()) for line in rows_of(page.header)]
        data["rows"] = [list(line.values()) for line in rows_of(page.rows)]
        # the list offers the parts of the book; how the file words it is said beside it
        assert data["section"]
        data["section"] = page.ui.section.toolTip().partition(": ")[2]
        return data

    # --- a target -----------------------------------------------------------------------------------------------------

    def _target(self, id_: str) -> Json:
        self._go("target", id_)
        page: TargetPage = self._page
        data: Json = {"id": id_, **entries(page.texts)}
        # the list offers the objectives with their codes
        data["objective"] = page.ui.objective.currentText().partition(" ")[2] if page.ui.objective.isEnabled() else ""
        data["deferred"] = flag(data["deferred"])
        return data | self._held(page)

    def _held(self, page: TargetPage) -> Json:
        """Return the indicators, activities and cost sheets of the target or sub-programme shown."""
        data: Json = {}
        for action in (page.show_indicator_card, page.show_activity_card, page.all_codes, page.weights):
            action.setChecked(True)
        page.show_cost_form.setChecked(False)
        data["indicators"] = [self._indicator(page, at, row) for at, row in enumerate(rows_of(page.indicators))]
        costs = rows_of(page.costs)
        data["activities"] = [self._activity(page, at, row) for at, row in enumerate(costs)]
        page.show_cost_form.setChecked(True)
        sheets = [self._sheet(page, at, row) for at, row in enumerate(costs) if "units" in row]
        data["cost_sheets"] = [sheet for sheet in sheets if sheet is not None]
        page.show_cost_form.setChecked(False)
        return data

    def _take(self, page: TargetPage, table: str, at: int) -> Any:
        """Take a row in hand and return its card."""
        grid = page.section_of(table).grid
        grid.put(grid.grid().index(at, grid.grid().column_of("name")))
        return page.ui.indicator_card if table == "indicator" else page.ui.activity_card

    def _indicator(self, page: TargetPage, at: int, row: dict[str, str]) -> Json:
        card = self._take(page, "indicator", at)
        data: Json = {key: row[key] for key in ("code", "name", "unit", "note") if key in row}
        for binding in card._bindings:
            data |= entries(binding)
        # the grid and the card have to say the same
        assert data["weight"] == row["weight"]
        if "code" in row and data["code"]:
            assert data["code"] == row["code"]
        data["weight"], data["baseline"] = number(data["weight"]), number(data["baseline"])
        data["decimals"] = int(data["decimals"]) if data["decimals"] else None
        data["direction"], data["type"] = key_of(DIRECTIONS, data["direction"]), key_of(INDICATOR_TYPES, data["type"])
        data["roll_up"] = key_of(ROLL_UPS, data["roll_up"])
        chosen = data["sub_programme_objective"]
        data["sub_programme_objective"] = self.sub_objectives.get(chosen, chosen)
        data["owner"] = self.units.get(data["owner"], data["owner"])
        data["cumulative"], data["deferred"] = flag(data["cumulative"]), flag(data["deferred"])
        return data | self._values(card, row)

    def _values(self, card: Any, row: dict[str, str]) -> Json:
        now = self.window.session.year
        implied: Json = {}
        others: list[Json] = []
        rows = zip(card.values.rows, rows_of(card.values), strict=True)
        shown = {(int(str(line.key)), ValueKind(kind)): text for line, kinds in rows for kind, text in kinds.items()}
        for (year, kind), text in shown.items():
            if kind is implied_kind(now, year):
                implied[str(year)] = value(text)
            elif text:
                others.append({"year": year, "kind": kind.value, "value": value(text)})
        grid = {now - 2: row["previous"], now - 1: row["current"], now: row["target"]}
        assert {year: shown[year, implied_kind(now, year)] for year in grid} == grid
        return {"values": implied, "other_values": others}

    def _activity(self, page: TargetPage, at: int, row: dict[str, str]) -> Json:
        card = self._take(page, "activity", at)
        data: Json = {key: row[key] for key in ("code", "name") if key in row}
        texts = entries(card._bindings[0])
        own = entries(card._bindings[1])
        # where it belongs to a sub-programme itself there is nothing to choose
        link = own["sub_programme"] if card.ui.sub_programme.isVisibleTo(card) else ""
        return data | {key: texts[key] for key in ("note", "description")} | {"sub_programme": link}

    def _sheet(self, page: TargetPage, at: int, row: dict[str, str]) -> Json | None:
        """Return the cost sheet whose amounts stand in a row; None where there is none."""
        card = self._take(page, "activity", at)
        own = entries(card._bindings[1])
        parts = rows_of(card.parts)
        # the division names its activities with their codes; what they are called is typed in the grid
        called = [one["name"] for one in rows_of(page.costs)]
        common = [
            next(name for name in called if line.cells[0].text.endswith(name))
            for line in card.parts.rows
            if line.role is Role.DETAIL
        ]
        lines, off_budget = self._form_lines(page)
        data: Json = {
            "activities": sorted(common) or [row["name"]],
            "units": self._units(row["units"]),
            "cooperating_units": self._units(own["cooperating"]),
            "note": own["sheet_note"],
            "lines": lines,
            "transfers": [{"recipient": one["recipient"], **self._line(one)} for one in rows_of(card.transfers)],
            "off_budget": off_budget,
            "split": {name: amount(part["amount"]) for name, part in zip(common, parts, strict=True) if part["amount"]},
            "other_amounts": [self._other(one) for one in rows_of(card.others)],
        }
        self._same_sums(row, lines, off_budget)
        return data if len(common) > 1 or any(data[key] for key in data if key != "activities") else None

    def _form_lines(self, page: TargetPage) -> tuple[list[Json], Json]:
        form = page.ui.cost_form.grid.grid()
        lines, off_budget = [], {}
        for line, entry in zip([r for r in form.rows if r.role is Role.DETAIL], rows_of(form), strict=True):
            kind, _row = form._shown[line.key]
            if not entry["amount"] or kind == "transfer":
                continue
            if kind in OFF_BUDGET_SOURCES:
                off_budget[kind] = amount(entry["amount"])
            else:
                lines.append({"code": kind or None, "amount": amount(entry["amount"])})
        return lines, off_budget

    def _same_sums(self, row: dict[str, str], lines: list[Json], off_budget: Json) -> None:
        """See that the grid of activities says the same as the official form."""
        sums = {key: Decimal(text) for key, text in off_budget.items()}
        for line in lines:
            key = line["code"] or "unclassified"
            sums[key] = sums.get(key, Decimal(0)) + Decimal(line["amount"])
        texts = ("code", "name", "units")
        grid = {key: Decimal(amount(text)) for key, text in row.items() if key not in texts and text}
        assert grid == sums

    def _units(self, text: str) -> list[str]:
        return [self.units[name] for name in names(text)]
