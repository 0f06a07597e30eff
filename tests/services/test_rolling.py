"""The roll-over: one step, whole or not at all, the same as its preview says."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from tests.example import example

from perfdesk import paths
from perfdesk.domain.errors import UserError
from perfdesk.domain.new_year import Origin, rolled
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Municipality
from perfdesk.exchange.reading import read
from perfdesk.exchange.writing import write
from perfdesk.services import rolling
from perfdesk.services.rolling import NextPlan, Options
from perfdesk.storage import files
from perfdesk.storage.store import Store


@pytest.fixture(scope="module")
def sample() -> Municipality:
    """The sample municipality."""
    return read(paths.resource("sample", "guneycam.json").read_bytes())


def test_roll_over_is_one_step_that_can_be_undone_and_redone(store: Store) -> None:
    before = store.load()
    rolling.roll_over(store, 2026, Options(rate=Decimal(25)))
    after = store.load()
    assert after.programme(2026) == rolled(before, 2026, Options(rate=Decimal(25)))
    assert replace(after, programmes=after.programmes[:-1]) == before
    assert store.undo_label == "new year"
    store.undo()
    assert store.load() == before
    store.redo()
    assert store.load() == after


def test_what_is_written_is_what_exchange_takes(store: Store) -> None:
    rolling.roll_over(store, 2026, Options(rate=Decimal("33.33"), whole_lira=False, forecasts=True))
    municipality = store.load()
    assert read(write(municipality)) == municipality


def test_whole_sample_rolls_over_twice(tmp_path: Path, sample: Municipality) -> None:
    path = tmp_path / "örnek.perfdesk"
    files.create(path, sample)
    with files.open_store(path, writable=True) as store:
        rolling.roll_over(store, 2028, Options(rate=Decimal(25)))
        rolling.roll_over(store, 2029, Options(rate=Decimal(30), forecasts=True))
        municipality = store.load()
    assert [len(programme.targets) for programme in municipality.programmes] == [31, 32, 32, 32]
    assert read(write(municipality)) == municipality


def _ending() -> Municipality:
    """The example with a plan that ends in 2025."""
    municipality = example()
    first, other = municipality.plans
    return replace(municipality, plans=(replace(first, last_year=2025), other))


@pytest.mark.parametrize("with_goals", [True, False])
def test_next_plan_is_made_in_the_same_step(tmp_path: Path, with_goals: bool) -> None:
    path = tmp_path / "a.perfdesk"
    files.create(path, _ending())
    with files.open_store(path, writable=True) as store:
        before = store.load()
        rolling.roll_over(store, 2026, Options(next_plan=NextPlan(2026, 2030, with_goals)))
        after = store.load()
        made, former = after.plans[-1], before.plans[0]
        assert (made.first_year, made.last_year) == (2026, 2030)
        assert made.goals == (former.goals if with_goals else ())
        assert made.values == (former.values if with_goals else ())
        assert len(after.programmes[-1].targets) == (2 if with_goals else 0)
        # the former programmes stay with their own plan
        assert after.programmes[:-1] == before.programmes
        store.undo()
        assert store.load() == before


def test_refused_roll_over_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.perfdesk"
    files.create(path, _ending())
    with files.open_store(path, writable=True) as store:
        before = store.load()
        for year, options in ((2026, Options()), (2025, Options()), (2030, Options())):
            with pytest.raises(UserError):
                rolling.roll_over(store, year, options)
        assert store.load() == before
        assert store.undo_label == ""


def test_file_open_for_reading_refuses(path: Path) -> None:
    with files.open_store(path, writable=False) as store, pytest.raises(UserError):
        rolling.roll_over(store, 2026, Options())


def test_preview_counts_what_is_copied_moved_and_emptied() -> None:
    shown = rolling.preview(example(), 2026, Options(rate=Decimal(10), notes=False))
    assert (shown.copied.targets, shown.copied.indicators, shown.copied.activities) == (2, 4, 8)
    assert (shown.copied.cost_sheets, shown.copied.resource_tables, shown.copied.sections) == (4, 1, 1)
    # i1: 11 for the whole year 2024 and the text "60 bin"; i2: 85; i3 and i4 have none
    assert {origin: n for origin, n in shown.realised.items() if n} == {Origin.RESULT: 1}
    assert {origin: n for origin, n in shown.estimates.items() if n} == {Origin.TARGET: 2}
    assert not any(shown.targets.values())
    assert (shown.notes, shown.deferred, shown.plan_is_new) == (2, 1, False)


def test_preview_sums_are_the_ledgers(store: Store) -> None:
    options = Options(rate=Decimal(25))
    shown = {one.label: (one.before, one.after) for one in rolling.preview(store.load(), 2026, options).sums}
    assert shown["Activities, budget"] == (Decimal("1261.00"), Decimal("1577.00"))
    assert shown["Grand total"] == (
        sum(shown[label][0] for label in shown if label != "Grand total"),
        sum(shown[label][1] for label in shown if label != "Grand total"),
    )


def test_preview_shows_the_first_indicators_before_and_after() -> None:
    first, *_others = rolling.preview(example(), 2026, Options(), examples=2).examples
    assert (first.name, first.unit) == ("Yenilenen yol", "km")
    assert [value.display() for value in first.before] == ["12,50", "-", "60 bin"]
    assert [value.display() for value in first.after] == ["11", "60 bin", ""]


def test_preview_names_targets_that_cannot_go_on() -> None:
    municipality = example()
    wished = Options(next_plan=NextPlan(2026, 2030, with_goals=False), without=frozenset({"t2"}))
    shown = rolling.preview(_ending(), 2026, wished)
    assert (shown.plan, shown.plan_is_new) == (Plan(2026, 2030), True)
    assert shown.lost == ("Yolların <yenilenmesi> & bakımı",)
    assert shown.stopped == ("Parklar",)
    assert rolling.preview(municipality, 2026, Options()).lost == ()


def test_mentions_are_whole_years_in_whole_texts(store: Store) -> None:
    municipality = store.load()
    target = municipality.programmes[0].targets[0]
    texts = {
        "2025 yılında": 1,
        "12025 adet": 0,
        "2.025,50 TL": 0,
        "2025,5 ton": 0,
        "31.12.2025": 1,
        "0,2025": 0,
        "(2025)": 1,
    }
    for text, expected in texts.items():
        changed = replace(target, title="", description=text)
        newest = replace(municipality.programmes[0], targets=(changed,))
        with_text = replace(municipality, programmes=(newest, municipality.programmes[1]))
        mentions = rolling.preview(with_text, 2026, Options()).mentions
        assert [mention.text for mention in mentions] == [text] * expected, text


def test_mentions_name_their_section(sample: Municipality) -> None:
    names = {mention.name for mention in rolling.preview(sample, 2028, Options()).mentions}
    assert "Sunuş" in names
    assert not {name for name in rolling.preview(sample, 2028, Options(texts=False)).mentions if name.name == "Sunuş"}


@pytest.mark.parametrize(
    ("plans", "year", "proposed"),
    [
        ((Plan(2025, 2029),), 2029, None),
        ((Plan(2025, 2029),), 2030, NextPlan(2030, 2034)),
        ((Plan(2025, 2028),), 2029, NextPlan(2029, 2032)),
        ((Plan(2015, 2019),), 2026, NextPlan(2025, 2029)),
        ((), 2026, NextPlan(2025, 2029)),
        ((Plan(2030, 2034),), 2026, NextPlan(2025, 2029)),
    ],
)
def test_next_plan_is_as_long_as_the_last(plans: tuple[Plan, ...], year: int, proposed: NextPlan | None) -> None:
    assert rolling.next_plan_of(replace(example(), plans=plans), year) == proposed


def test_new_year_follows_the_last_programme() -> None:
    assert rolling.new_year_of(example()) == 2026
    assert rolling.new_year_of(replace(example(), programmes=())) is None


@pytest.mark.parametrize("typed", ["12,5", "%12,5", "% 12,5", "12,5 %"])
def test_rate_is_read_with_its_sign_before_or_behind(typed: str) -> None:
    assert rolling.read_rate(typed) == Decimal("12.5")


def test_falling_rate_has_its_minus_before_the_sign() -> None:
    assert rolling.read_rate("-%5") == Decimal(-5)


def test_two_percent_signs_are_none() -> None:
    with pytest.raises(UserError):
        rolling.read_rate("%5%")
