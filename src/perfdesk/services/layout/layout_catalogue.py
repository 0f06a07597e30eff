"""The settings of a layout as a person reads them: in groups, each with a name, what it does, and its choices.

What there is and what it can be comes from ``tables.layout``; here are only the words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from perfdesk.i18n import N_, _
from perfdesk.services.layout.place_words import in_words
from perfdesk.tables.layout import Layout, Setting, SettingKind, settings_of

TABLES: Final = N_("Tables")
COLUMNS: Final = N_("Columns")
MONEY: Final = N_("Numbers and money")
YEARS: Final = N_("Heads of years")
CODES: Final = N_("Codes")
CAPTIONS: Final = N_("Captions")
LABELS: Final = N_("Labels")
SECTIONS: Final = N_("Numbers of sections")
PAGES: Final = N_("Pages and charts")
GROUPS: Final = (TABLES, PAGES, COLUMNS, MONEY, YEARS, CODES, CAPTIONS, LABELS, SECTIONS)
_ON: Final = N_("On")
_OFF: Final = N_("Off")
# an example that shows headings instead of a table
HEADINGS: Final = "headings"

# how the presets differ; a layout that somebody added speaks by its title alone
DIFFERENCES: Final = {
    "official": N_("The guide's own tables: an amount and a cost table for every activity"),
    "per_target": N_("One cost table for each target, notes of indicators in a column of their own"),
    "metropolitan": N_("Everything numbered, a note below every indicator, only economic codes in use"),
    "plain": N_("For small municipalities: one amount for each target, no economic codes"),
    "programme_budget": N_("Tables of the programme budget, by programme and sub-programme, with two further years"),
}
# the forms of a year; one that somebody added speaks by its title alone
FORM_NAMES: Final = {
    "classic": N_("Classic: performance targets (tables 1–5 of the guide)"),
    "programme_budget": N_("Programme budget: programmes and sub-programmes (tables 6–8)"),
}
TABLE_NAMES: Final = {
    "goals": N_("Goals and objectives"),
    "performance_target": N_("Performance target (table 1 of the guide)"),
    "cost_sheet": N_("Cost of activities (table 2 of the guide)"),
    "sub_programme_indicators": N_("Indicators of a sub-programme (programme budget)"),
    "sub_programme_costs": N_("Cost of a sub-programme's activities (programme budget)"),
    "programme_codes": N_("Programmes by economic code (programme budget)"),
    "programme_units": N_("Programmes by spending unit (programme budget)"),
    "programme_years": N_("Programmes by year (programme budget)"),
    "administration_performance": N_("Performance of the administration (table 3 of the guide)"),
    "total_resource_need": N_("Total resource need (table 4 of the guide)"),
    "responsible_units": N_("Responsible units (table 5 of the guide)"),
    "resource_table": N_("Resource tables"),
    "indicators": N_("Indicators (workbook)"),
    "policy_documents": N_("Policy documents"),
    "figure": N_("Pictures and charts"),
}
_THINGS: Final = {
    "administration": N_("Administration"),
    "goal": N_("Goal"),
    "objective": N_("Objective"),
    "target": N_("Performance target"),
    "description": N_("Description"),
    "indicator": N_("Indicator"),
    "activity": N_("Activity"),
    "activities": N_("Activities"),
    "units": N_("Responsible units"),
    "note": N_("Note"),
    "programme": N_("Programme of the budget"),
    "sub_programme": N_("Sub-programme"),
}
_COLUMN_NAMES: Final = {
    **_THINGS,
    "code": N_("Code"),
    "name": N_("Name"),
    "code_and_name": N_("Code and name in one column"),
    "unit": N_("Unit of measure"),
    "values": N_("Values of the three years"),
    "amounts": N_("Amounts"),
    "number": N_("Number"),
    "target_code": N_("Code of the performance target"),
    "target_number": N_("Number of the performance target"),
    "activities": N_("Activities in one cell"),
}
_OPTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "printed": TABLE_NAMES,
    "always_numbered": _THINGS,
    "kurus": {"always": N_("Always"), "when_needed": N_("Only where an amount of the year has kuruş")},
    "zero": {"": N_("As a number (0,00)"), "-": N_("As a dash (-)")},
    "cost_zero": {"": N_("As a number (0,00)"), "-": N_("As a dash (-)")},
    "performance_rows": {
        "sheet": N_("A row for each cost sheet"),
        "target": N_("A row for each performance target"),
        "both": N_("Rows of targets with totals, below them their activities"),
    },
    "target_facts": _THINGS,
    "cost_facts": _THINGS,
    "indicator_columns": _COLUMN_NAMES,
    "activity_columns": _COLUMN_NAMES,
    "performance_columns": _COLUMN_NAMES,
    "responsible_columns": _COLUMN_NAMES,
    "pages": {
        "inner_cover": N_("Inner cover with the imprint"),
        "quotation": N_("Quotation"),
        "contents": N_("Contents"),
        "tables_list": N_("List of tables"),
        "figures_list": N_("List of figures"),
        "dividers": N_("A page before each part"),
        "back_cover": N_("Back cover"),
    },
    "charts": {
        "staff_status": N_("Staff by status"),
        "staff_sex": N_("Staff by sex"),
        "staff_education": N_("Staff by education"),
        "staff_age": N_("Staff by age"),
        "indicator_trends": N_("Indicators over the three years"),
        "cost_by_goal": N_("Cost by goal"),
        "cost_by_code": N_("Cost by economic code"),
        "cost_by_unit": N_("Cost by spending unit"),
        "budget_flow": N_("From the goals to the economic codes"),
    },
}


@dataclass(frozen=True, slots=True)
class _Words:
    """Group, name and sentence of a setting (msgids), and the table that shows it best."""

    group: str
    name: str
    tells: str
    example: str


_WORDS: Final[Mapping[str, _Words]] = {
    "pages": _Words(
        PAGES,
        N_("Pages of the book"),
        N_("Which pages the book has besides its parts; one that has nothing to say is left out."),
        "",
    ),
    "charts": _Words(
        PAGES, N_("Charts"), N_("Which charts the book draws from its figures, where there are such."), ""
    ),
    "organisation_chart": _Words(
        PAGES,
        N_("Organisation chart"),
        N_("Drawn from the spending units; a picture in the text of the part takes its place."),
        "",
    ),
    "printed": _Words(TABLES, N_("Printed tables"), N_("Which tables the book and the workbook have."), ""),
    "performance_rows": _Words(
        TABLES, N_("Rows of table 3"), N_("What table 3 has a row for."), "administration_performance"
    ),
    "indicator_note_row": _Words(
        TABLES,
        N_("A row for the note below each indicator"),
        N_("A merged row “Açıklamalar:” below every indicator of table 1, printed even where it is empty."),
        "performance_target",
    ),
    "activity_subtotal": _Words(
        TABLES,
        N_("Subtotal of activities"),
        N_("A subtotal above the grand total of table 1."),
        "performance_target",
    ),
    "restated_once": _Words(
        TABLES,
        N_("One line for objective and performance target"),
        N_(
            "Where no objective has several performance targets and most are called like their objective, tables 1 "
            "and 5 say both once, as the objective."
        ),
        "performance_target",
    ),
    "target_facts": _Words(
        TABLES,
        N_("Lines above table 1"),
        N_("What stands above the indicators, and in which order."),
        "performance_target",
    ),
    "cost_facts": _Words(
        TABLES,
        N_("Lines above table 2"),
        N_("What stands above the economic codes, and in which order."),
        "cost_sheet",
    ),
    "cost_codes": _Words(
        TABLES,
        N_("Economic codes of table 2"),
        N_("Codes that print even without an amount; a code with an amount always prints."),
        "cost_sheet",
    ),
    "cost_sources": _Words(
        TABLES,
        N_("Off-budget sources of table 2"),
        N_("Sources that print even without an amount; one with an amount always prints."),
        "cost_sheet",
    ),
    "goal_headings": _Words(
        SECTIONS,
        N_("A heading for each goal"),
        N_("A heading with the goal above the tables of its targets."),
        HEADINGS,
    ),
    "indicator_columns": _Words(
        COLUMNS,
        N_("Columns of indicators"),
        N_("The columns of the indicators in table 1."),
        "performance_target",
    ),
    "activity_columns": _Words(
        COLUMNS,
        N_("Columns of activities"),
        N_("The columns of the activities in table 1; without amounts one line says the need of the target."),
        "performance_target",
    ),
    "performance_columns": _Words(
        COLUMNS, N_("Columns of table 3"), N_("The columns before the amounts."), "administration_performance"
    ),
    "responsible_columns": _Words(
        COLUMNS, N_("Columns of table 5"), N_("The columns before the units."), "responsible_units"
    ),
    "kurus": _Words(MONEY, N_("Kuruş"), N_("Whether amounts are printed with kuruş."), "performance_target"),
    "currency": _Words(MONEY, N_("Amounts"), N_("How an amount is printed, e.g. {amount} TL."), "performance_target"),
    "zero": _Words(MONEY, N_("Amounts of zero"), N_("In all tables but table 2."), "performance_target"),
    "cost_zero": _Words(MONEY, N_("Amounts of zero in table 2"), N_("In the cost tables."), "cost_sheet"),
    "share": _Words(
        MONEY, N_("Shares"), N_("How a share of table 3 is printed, e.g. {share}%."), "administration_performance"
    ),
    "year_heads": _Words(
        YEARS,
        N_("Heads of the three years"),
        N_("The heads of the columns with the values of the indicators."),
        "performance_target",
    ),
    "section_numbers": _Words(
        SECTIONS, N_("Numbers of headings"), N_("How the headings of each level are numbered."), HEADINGS
    ),
    "part_order": _Words(
        SECTIONS,
        N_("Parts that come first"),
        N_("Of the parts that tell about the administration; those not chosen follow in the order of the guide."),
        HEADINGS,
    ),
    "always_numbered": _Words(
        CODES,
        N_("Always numbered"),
        N_("Of these the codes that were entered are passed over; they are numbered by the patterns below."),
        "performance_target",
    ),
}
_CODE_TELLS: Final = N_("The code of what was given none.")
_CAPTION_TELLS: Final = N_("The caption above the table.")
_FIGURE_TELLS: Final = N_("The caption below the picture or chart.")
# labels by the first word of their key: where they print, and the example that shows them
_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "goals": (N_("Goals and objectives"), "goals"),
    "indicator": (N_("Indicators in table 1 of the guide"), "performance_target"),
    "activity": (N_("Activities in table 1 of the guide"), "performance_target"),
    "cost": (N_("Cost of activities (table 2 of the guide)"), "cost_sheet"),
    "performance": (N_("Performance of the administration (table 3 of the guide)"), "administration_performance"),
    "need": (N_("Total resource need (table 4 of the guide)"), "total_resource_need"),
    "responsible": (N_("Responsible units (table 5 of the guide)"), "responsible_units"),
    "sub_indicator": (N_("Indicators of a sub-programme (programme budget)"), "sub_programme_indicators"),
    "sub_cost": (N_("Cost of a sub-programme's activities (programme budget)"), "sub_programme_costs"),
    "programmes": (N_("Summaries of the programmes (programme budget)"), "programme_codes"),
    "policy": (N_("Policy documents"), ""),
    "sheet": (N_("Names of the workbook's sheets"), ""),
    "imprint": (N_("Imprint"), ""),
    "figure": (N_("Pictures and charts"), ""),
    "version": (N_("Versions for the council"), ""),
    "changes": (N_("Change booklet"), ""),
    "units": (N_("Lines above table 2 of the guide"), "cost_sheet"),
}
_ELSEWHERE: Final = N_("Texts of the book")
_PLACE_TELLS: Final = {
    "{amount}": N_("the amount"),
    "{share}": N_("the share"),
    "{year}": N_("the year"),
    "{n}": N_("its number among its like"),
    "{N}": N_("its number counted through"),
    "{caption}": N_("its own name"),
    "{code}": N_("the code"),
    "{goal}": N_("code of the goal"),
    "{objective}": N_("code of the objective"),
    "{target}": N_("code of the performance target"),
    "{page}": N_("the page"),
    "{pages}": N_("all pages"),
    "{decision}": N_("the council's decision"),
    "{list}": N_("the pages' numbers"),
}
# numbers explain themselves
_NUMBERS: Final = {
    "{roman}": "I, II, III",
    "{letter}": "A, B, C",
    "{number}": "1, 2, 3",
    "{path}": "1.2.3",
    "{path_letter}": "1.2.A",
}
_PARTS: Final = {
    "year_heads": (N_("Two years before"), N_("Year before"), N_("Year of the programme")),
    "section_numbers": (N_("Level 1"), N_("Level 2"), N_("Level 3"), N_("Level 4")),
}


@dataclass(frozen=True, slots=True)
class Described:
    """A setting in a person's words; ``options`` are its choices by value, ``parts`` the names of its texts.

    ``where`` tells where a label prints, ``example`` the kind of table that shows it, or "".
    """

    setting: Setting
    group: str
    name: str
    tells: str
    options: Mapping[str, str]
    parts: tuple[str, ...] = ()
    example: str = ""

    @property
    def key(self) -> str:
        """The key by which it is changed."""
        return self.setting.key

    def places(self) -> str:
        """Return a sentence about the places its text may hold, each with what fills it, or ""."""
        told = [
            _("{place} becomes {filling}").format(place=in_words(place), filling=_filled_with(place))
            for place in self.setting.may_hold
        ]
        return _("In print {places}.").format(places=", ".join(told)) if told else ""

    def shown(self, value: object) -> str:
        """Return a value in a line, in the words of the window."""
        if isinstance(value, bool):
            return _(_ON if value else _OFF)
        if self.setting.kind is SettingKind.CHOICE:
            return self.options.get(str(value), str(value))
        if isinstance(value, tuple | list):
            items = value if self.setting.kind is SettingKind.SEQUENCE else self._in_order(value)
            named = (self.options.get(item) or in_words(item) for item in items)
            return (" · " if self.parts else ", ").join(name for name in named if name)
        return in_words(str(value))

    def typed(self, value: object) -> object:
        """Return a value as its field shows it to be typed over; choices stay what they are."""
        if self.setting.choices:
            return value
        if isinstance(value, tuple | list):
            return tuple(in_words(item) for item in value)
        return in_words(value) if isinstance(value, str) else value

    def _in_order(self, values: Iterable[str]) -> list[str]:
        choices = self.setting.choices
        return sorted(values, key=choices.index) if choices else list(values)


def described(layout: Layout) -> tuple[Described, ...]:
    """Return every setting of a layout in words, group by group."""
    found = [_describe(layout, setting) for setting in settings_of(layout)]
    return tuple(sorted(found, key=lambda one: (GROUPS.index(one.group), one.key not in _WORDS)))


def _describe(layout: Layout, setting: Setting) -> Described:
    outer, _dot, inner = setting.key.partition(".")
    match outer if inner else "":
        case "codes":
            return Described(setting, CODES, _(_THINGS[inner]), _(_CODE_TELLS), {}, example=_code_example(inner))
        case "captions":
            example = "" if inner in ("resource_table", "indicators", "policy_documents", "figure") else inner
            tells = _FIGURE_TELLS if inner == "figure" else _CAPTION_TELLS
            return Described(setting, CAPTIONS, _(TABLE_NAMES[inner]), _(tells), {}, example=example)
        case "labels":
            where, example = _LABELS.get(inner.partition(".")[0], (_ELSEWHERE, "performance_target"))
            # the printed word is the name by which a label is known
            return Described(setting, LABELS, layout.form.labels[inner], _(where), {}, example=example)
    words = _WORDS[setting.key]
    parts = tuple(map(_, _PARTS.get(setting.key, ())))
    options = _options(layout, setting)
    return Described(setting, words.group, _(words.name), in_words(_(words.tells)), options, parts, words.example)


def _filled_with(place: str) -> str:
    if place in _NUMBERS:
        return _NUMBERS[place]
    return _(_PLACE_TELLS[place]) if place in _PLACE_TELLS else ""


def _code_example(kind: str) -> str:
    return "goals" if kind in ("goal", "objective") else "performance_target"


def _options(layout: Layout, setting: Setting) -> Mapping[str, str]:
    if setting.key == "cost_codes":
        return {code: f"{code} {name}" for code, name in layout.form.economic_codes.items()}
    if setting.key == "cost_sources":
        return {source: layout.form.off_budget_sources[source] for source in setting.choices}
    if setting.key == "part_order":
        titles = {part.key: part.title for part in layout.form.outline}
        return {choice: titles.get(choice, choice) for choice in setting.choices}
    names = _OPTIONS.get(setting.key, {})
    return {choice: _(names[choice]) for choice in setting.choices}
