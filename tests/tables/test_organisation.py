"""The units' hierarchy as a tree: every active unit stands in it once, whatever their parents say."""

from hypothesis import given
from tests.strategies import municipalities

from perfdesk.domain.administration import Unit
from perfdesk.domain.programme import Municipality
from perfdesk.tables.organisation import Organisation, organisation


def names(tree: Organisation) -> list[str]:
    return [name for below in tree.below for name in (below.name, *names(below))]


@given(municipalities(max_programmes=1))
def test_every_active_unit_has_one_place(municipality: Municipality) -> None:
    tree = organisation("Belediye", municipality.units)
    assert sorted(names(tree)) == sorted(unit.name for unit in municipality.units if not unit.inactive)


def test_units_stand_under_their_parents_in_their_own_order() -> None:
    units = (
        Unit("b", "Park", parent="y"),
        Unit("y", "Yardımcı"),
        Unit("a", "Fen", parent="y"),
        Unit("k", "Özel Kalem"),
    )
    assert organisation("Başkan", units) == Organisation(
        "Başkan",
        (Organisation("Yardımcı", (Organisation("Park"), Organisation("Fen"))), Organisation("Özel Kalem")),
    )


def test_an_inactive_parent_is_passed_over() -> None:
    units = (Unit("a", "A"), Unit("b", "B", parent="a", inactive=True), Unit("c", "C", parent="b"))
    assert organisation("Başkan", units).below == (Organisation("A", (Organisation("C"),)),)


def test_parents_that_lead_back_or_nowhere_stand_for_the_top() -> None:
    units = (Unit("a", "A", parent="b"), Unit("b", "B", parent="a"), Unit("c", "C", parent="?"))
    assert organisation("Başkan", units).below == (Organisation("A"), Organisation("B"), Organisation("C"))
