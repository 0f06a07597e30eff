"""What can be edited: for every table of the file its fields, and what its steps are called in the undo menu."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from perfdesk.i18n import N_
from perfdesk.services.editing.fields import (
    Amount,
    Colour,
    EconomicCode,
    Field,
    Flag,
    Lines,
    Measure,
    Names,
    Number,
    OneOf,
    UnitOfList,
    Whole,
    Year,
)
from perfdesk.services.editing.resource_fields import Abreast, KindOfTable, PartOfBook

ADMINISTRATION_KINDS: Final = {
    "metropolitan": N_("Metropolitan municipality"),
    "province": N_("Provincial municipality"),
    "metropolitan_district": N_("District municipality of a metropolis"),
    "district": N_("District municipality"),
    "town": N_("Town municipality"),
}
ROLES: Final = {
    "mayor": N_("Mayor"),
    "finance": N_("Head of financial services"),
    "authorising_officer": N_("Authorising officer"),
    "other": N_("Other"),
}
DIRECTIONS: Final = {"increase": N_("Increase"), "decrease": N_("Decrease"), "keep": N_("Keep")}
INDICATOR_TYPES: Final = {
    "input": N_("Input"),
    "output": N_("Output"),
    "outcome": N_("Outcome"),
    "efficiency": N_("Efficiency"),
    "quality": N_("Quality"),
}
ROLL_UPS: Final = {
    "sum": N_("Sum"),
    "last": N_("Last value"),
    "average": N_("Average"),
    "ratio": N_("Ratio"),
}
AMOUNT_KINDS: Final = {
    "budget": N_("Budget"),
    "spending": N_("Spending"),
    "estimate": N_("Year-end estimate"),
    "forecast": N_("Forecast"),
}
_MOST_PEOPLE: Final = 99_999_999
_MOST_WEIGHT: Final = Decimal(100)
_MOST_DECIMALS: Final = 9


@dataclass(frozen=True, slots=True)
class RecordType:
    """A table of the file: its fields by column, and the names of what is done with its rows (msgids).

    ``above`` are the columns that say what a row belongs to; siblings are equal in all of them. ``identified`` rows
    have an identity that holds across years, ``initial`` is what a new row begins with.
    """

    fields: Mapping[str, Field]
    added: str = ""
    deleted: str = ""
    moved: str = ""
    above: tuple[str, ...] = ()
    identified: bool = False
    initial: Mapping[str, object] = field(default_factory=dict)


_INDICATOR: Final = {
    "code": Field(N_("code of an indicator")),
    "name": Field(N_("name of an indicator")),
    "unit": Measure(N_("unit of measure")),
    "note": Field(N_("note of an indicator")),
    "weight": Number(N_("weight of an indicator"), Decimal(0), _MOST_WEIGHT),
    "cumulative": Flag(N_("cumulative indicator")),
    "direction": OneOf(N_("direction of an indicator"), DIRECTIONS),
    "deferred": Flag(N_("deferred indicator")),
    "scale": Field(N_("scale of an indicator")),
    "decimals": Whole(N_("decimals of an indicator"), 0, _MOST_DECIMALS),
    "type": OneOf(N_("type of an indicator"), INDICATOR_TYPES),
    "definition": Field(N_("definition of an indicator")),
    "method": Field(N_("calculation method")),
    "source": Field(N_("data source")),
    "owner": UnitOfList(N_("responsible unit of an indicator")),
    "numerator": Field(N_("numerator of an indicator")),
    "denominator": Field(N_("denominator of an indicator")),
    "roll_up": OneOf(N_("how periods add up"), ROLL_UPS),
    "baseline": Number(N_("baseline of an indicator")),
}

RECORD_TYPES: Final[Mapping[str, RecordType]] = {
    "administration": RecordType(
        {
            "name": Field(N_("name of the municipality")),
            "kind": OneOf(N_("kind of the municipality"), ADMINISTRATION_KINDS, required=True),
            "province": Field(N_("province")),
            "short_name": Field(N_("short name")),
            "address": Field(N_("address")),
            "phone": Field(N_("telephone number")),
            "fax": Field(N_("fax number")),
            "web": Field(N_("web address")),
            "email": Field(N_("e-mail address")),
            "logo": Field(N_("logo")),
            "colour": Colour(N_("colour of the municipality")),
        }
    ),
    "population": RecordType(
        {
            "year": Year(N_("year of a population figure"), required=True),
            "people": Whole(N_("population"), most=_MOST_PEOPLE, required=True),
        },
        N_("new population figure"),
        N_("deleting a population figure"),
    ),
    "signatory": RecordType(
        {
            "role": OneOf(N_("office of a signatory"), ROLES, required=True),
            "name": Field(N_("name of a signatory")),
            "titles": Names(N_("titles of a signatory")),
        },
        N_("new signatory"),
        N_("deleting a signatory"),
        N_("moving a signatory"),
        initial={"role": "other"},
    ),
    "personnel_status": RecordType(
        {"name": Field(N_("personnel status"))},
        N_("new personnel status"),
        N_("deleting a personnel status"),
        N_("moving a personnel status"),
        initial={"name": ""},
    ),
    "unit": RecordType(
        {
            "name": Field(N_("name of a unit")),
            "abbreviation": Field(N_("abbreviation of a unit")),
            "aliases": Names(N_("other names of a unit")),
            "parent": UnitOfList(N_("higher unit of a unit")),
            "inactive": Flag(N_("unit no longer in use")),
        },
        N_("new unit"),
        N_("deleting a unit"),
        N_("moving a unit"),
        identified=True,
    ),
    "plan": RecordType(
        {
            "first_year": Year(N_("first year of a plan"), required=True),
            "last_year": Year(N_("last year of a plan"), required=True),
            "mission": Field(N_("mission")),
            "vision": Field(N_("vision")),
            "values": Lines(N_("core values")),
        },
        N_("new plan period"),
        N_("deleting a plan period"),
    ),
    "goal": RecordType(
        {
            "code": Field(N_("code of a goal")),
            "title": Field(N_("title of a goal")),
            "service_area": Field(N_("service area of a goal")),
        },
        N_("new goal"),
        N_("deleting a goal"),
        N_("moving a goal"),
        ("plan",),
        identified=True,
    ),
    "objective": RecordType(
        {"code": Field(N_("code of an objective")), "title": Field(N_("title of an objective"))},
        N_("new objective"),
        N_("deleting an objective"),
        N_("moving an objective"),
        ("goal",),
        identified=True,
    ),
    "target": RecordType(
        {
            "code": Field(N_("code of a target")),
            "title": Field(N_("title of a target")),
            "description": Field(N_("description of a target")),
            "deferred": Flag(N_("deferred target")),
        },
        N_("new target"),
        N_("deleting a target"),
        N_("moving a target"),
        ("programme",),
        identified=True,
    ),
    "sub_programme": RecordType({"description": Field(N_("description of a sub-programme"))}, above=("programme",)),
    "sub_programme_objective": RecordType(
        {"title": Field(N_("objective of a sub-programme"))},
        N_("new objective of a sub-programme"),
        N_("deleting an objective of a sub-programme"),
        N_("moving an objective of a sub-programme"),
        ("sub_programme",),
        identified=True,
    ),
    "indicator": RecordType(
        _INDICATOR,
        N_("new indicator"),
        N_("deleting an indicator"),
        N_("moving an indicator"),
        ("target", "sub_programme"),
        identified=True,
    ),
    "activity": RecordType(
        {
            "code": Field(N_("code of an activity")),
            "name": Field(N_("name of an activity")),
            "note": Field(N_("note of an activity")),
            "description": Field(N_("description of an activity")),
        },
        N_("new activity"),
        N_("deleting an activity"),
        N_("moving an activity"),
        ("target", "sub_programme"),
        identified=True,
    ),
    "cost_sheet": RecordType({"note": Field(N_("note of a cost sheet"))}, above=("target", "sub_programme")),
    "cost_transfer": RecordType(
        {
            "recipient": Field(N_("recipient of a transfer")),
            "code": EconomicCode(N_("economic code of a transfer")),
            "amount": Amount(N_("amount of a transfer")),
        },
        N_("new transfer"),
        N_("deleting a transfer"),
        N_("moving a transfer"),
        ("cost_sheet",),
        initial={"code": "05", "amount": Decimal(0)},
    ),
    "cost_other_amount": RecordType(
        {
            "year": Year(N_("year of an amount of another year"), required=True),
            "kind": OneOf(N_("kind of an amount of another year"), AMOUNT_KINDS, required=True),
            "amount": Amount(N_("amount of another year")),
        },
        N_("new amount of another year"),
        N_("deleting an amount of another year"),
        N_("moving an amount of another year"),
        ("cost_sheet",),
        initial={"kind": "budget", "amount": Decimal(0)},
    ),
    "general_administration": RecordType(
        {
            "code": EconomicCode(N_("economic code of general administration")),
            "amount": Amount(N_("amount of general administration")),
        },
        N_("new line of general administration"),
        N_("deleting a line of general administration"),
        N_("moving a line of general administration"),
        ("programme",),
        initial={"code": "01", "amount": Decimal(0)},
    ),
    "other_general_administration": RecordType(
        {
            "year": Year(N_("year of another amount"), required=True),
            "kind": OneOf(N_("kind of another amount"), AMOUNT_KINDS, required=True),
            "code": EconomicCode(N_("economic code of general administration")),
            "amount": Amount(N_("amount of general administration")),
        },
        N_("new line of general administration"),
        N_("deleting a line of general administration"),
        N_("moving a line of general administration"),
        ("programme",),
        initial={"code": "01", "kind": "forecast", "amount": Decimal(0)},
    ),
    "transfer": RecordType(
        {
            "recipient": Field(N_("recipient of a transfer")),
            "code": EconomicCode(N_("economic code of a transfer")),
            "amount": Amount(N_("amount of a transfer")),
        },
        N_("new transfer"),
        N_("deleting a transfer"),
        N_("moving a transfer"),
        ("programme",),
        initial={"code": "05", "amount": Decimal(0)},
    ),
    "appropriation_by_code": RecordType(
        {
            "code": EconomicCode(N_("economic code of an appropriation")),
            "amount": Amount(N_("amount of an appropriation")),
        },
        N_("new appropriation"),
        N_("deleting an appropriation"),
        N_("moving an appropriation"),
        ("programme",),
        initial={"code": "01", "amount": Decimal(0)},
    ),
    "appropriation_by_unit": RecordType(
        {
            "unit": UnitOfList(N_("unit of an appropriation")),
            "amount": Amount(N_("amount of an appropriation")),
        },
        N_("new appropriation"),
        N_("deleting an appropriation"),
        N_("moving an appropriation"),
        ("programme",),
        initial={"amount": Decimal(0)},
    ),
    "policy_document": RecordType(
        {
            "document": Field(N_("name of a policy document")),
            "section": Field(N_("section of a policy document")),
            "reference": Field(N_("reference in a policy document")),
            "text": Field(N_("text of a policy document")),
            "first_year": Year(N_("first year of a policy document")),
            "last_year": Year(N_("last year of a policy document")),
        },
        N_("new policy document"),
        N_("deleting a policy document"),
        N_("moving a policy document"),
        ("programme",),
    ),
    "resource_table": RecordType(
        {
            "section": PartOfBook(N_("section of a resource table")),
            "kind": KindOfTable(N_("kind of a resource table")),
            "caption": Field(N_("caption of a resource table")),
            "note": Field(N_("note of a resource table")),
            "total_row": Flag(N_("total row of a resource table")),
            "total_column": Flag(N_("total column of a resource table")),
            "side_by_side": Abreast(N_("tables side by side"), 1, 4),
        },
        N_("new resource table"),
        N_("deleting a resource table"),
        N_("moving a resource table"),
        ("programme", "of_results"),
    ),
    "resource_row": RecordType(
        {},
        N_("new row of a resource table"),
        N_("deleting a row of a resource table"),
        N_("moving a row of a resource table"),
        ("resource_table",),
    ),
    "section": RecordType({"title": Field(N_("title of a section"))}, above=("programme",)),
    "picture": RecordType(
        {"name": Field(N_("name of a picture"))},
        N_("new picture"),
        N_("deleting a picture"),
        N_("moving a picture"),
        identified=True,
    ),
    "programme_entry": RecordType(
        {
            "code": Field(N_("code of a programme of the list")),
            "name": Field(N_("name of a programme of the list")),
            "joint": Flag(N_("joint programme")),
        },
        N_("new programme of the list"),
        N_("deleting a programme of the list"),
        N_("moving a programme of the list"),
        identified=True,
    ),
    "sub_programme_entry": RecordType(
        {
            "code": Field(N_("code of a sub-programme of the list")),
            "name": Field(N_("name of a sub-programme of the list")),
        },
        N_("new sub-programme of the list"),
        N_("deleting a sub-programme of the list"),
        N_("moving a sub-programme of the list"),
        ("programme_entry",),
        identified=True,
    ),
}
