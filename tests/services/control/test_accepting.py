"""Findings that stay as they are."""

from datetime import date

import pytest
from tests.dump import dump
from tests.example import YEAR

from perfdesk.domain.errors import UserError
from perfdesk.services.control import accepting, checking
from perfdesk.services.control.audit import Audit
from perfdesk.services.output.exporting import programme_context

ON = date(2026, 10, 5)


def audited(store, audit=None):
    return (audit or Audit()).of(programme_context(store.load(), YEAR))


def accept(store, item, reason="Meclis kararıyla böyle."):
    accepting.accept(store, store.load().programme(YEAR), item.finding, reason, ON)


def test_an_accepted_finding_counts_no_more_until_it_is_taken_back(store):
    before = audited(store)
    item = before.open[0]
    accept(store, item)
    after = audited(store)
    assert item.finding not in [one.finding for one in after.open]
    assert [one.finding for one in after.accepted] == [item.finding]
    (acceptance,) = [one.acceptance for one in after.accepted]
    assert (acceptance.rule, acceptance.date) == (item.finding.rule, "2026-10-05")
    assert sum(after.counts().values()) == sum(before.counts().values()) - 1
    accepting.withdraw(store, store.load().programme(YEAR), item.finding)
    assert audited(store) == before


def test_it_is_undone(store):
    before = dump(store)
    accept(store, audited(store).open[0])
    assert store.undo_label == accepting.ACCEPT
    store.undo()
    assert dump(store) == before


def test_a_second_reason_takes_the_place_of_the_first(store):
    item = audited(store).open[0]
    accept(store, item, "Bir.")
    accept(store, item, "  İki.  ")
    (accepted,) = audited(store).accepted
    assert accepted.acceptance.reason == "İki."
    assert store.undo_label == accepting.CHANGE


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_without_a_reason_nothing_is_accepted(store, reason):
    before = dump(store)
    with pytest.raises(UserError):
        accept(store, audited(store).open[0], reason)
    assert dump(store) == before


def test_it_ends_when_the_facts_change(store):
    """The rule on the indicator's value: a finding with other figures is another one."""
    item = next(one for one in audited(store).open if "values." in one.finding.where.field)
    accept(store, item)
    assert item.finding in [one.finding for one in audited(store).accepted]
    with store.step("another value"):
        store.delete("indicator", item.finding.where.row)
    assert audited(store).accepted == ()


def test_reasons_of_a_rule_can_be_taken_again(store):
    first, second = audited(store).open[:2]
    accept(store, first, "Gerekçe.")
    programme = store.load().programme(YEAR)
    assert accepting.reasons(programme, first.finding.rule) == ["Gerekçe."]
    assert accepting.reasons(programme, "XXX-99") == []
    assert second.acceptance is None


def test_the_command_tells_accepted_ones_apart(store):
    item = audited(store).open[0]
    accept(store, item, "Bilerek böyle.")
    checked = checking.check_year(store.load(), YEAR)
    assert checking.reason(checked, item.finding) == "Bilerek böyle."
    told = checking.told(checked)
    assert told.index(item.finding.sentence()) > told.index("Bilerek böyle.") - 200
    assert "Bilerek böyle." in told
    assert item.finding not in checked.open


def test_names_are_compared_in_pauses(store):
    audit = Audit()
    audited(store, audit)
    while audit.is_behind:
        audit.catch_up()
    whole = checking.check_year(store.load(), YEAR)
    assert {one.finding.fingerprint for one in audited(store, audit).items} == {
        one.fingerprint for one in whole.findings
    }
