from decimal import Decimal
from functools import partial

import pytest

from perfdesk.domain.administration import Unit
from perfdesk.domain.errors import UserError
from perfdesk.services.editing import costing, records, units
from perfdesk.services.files import copying
from perfdesk.storage import files

UNITS = (
    Unit("u1", "Fen İşleri Müdürlüğü", "FİM", aliases=("Teknik İşler",), row=1),
    Unit("u2", "Yazı İşleri Müdürlüğü", row=2),
    Unit("u3", "Mali Hizmetler, Strateji Müdürlüğü", row=3),
    Unit("u4", "FEN İŞLERİ MÜDÜRLÜĞÜ", row=4),
)


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("", []),
        ("  ", []),
        ("Fen İşleri Müdürlüğü", [1]),
        ("FEN İŞLERİ MÜDÜRLÜĞÜ", [4]),
        ("fim", [1]),
        ("teknik isler", [1]),
        ("strateji", [3]),
        ("yazi isleri mudurlugu; Mali Hizmetler, Strateji Müdürlüğü;", [2, 3]),
    ],
)
def test_units_are_found_as_typed(typed, rows):
    assert units.read_units(UNITS, typed) == rows


@pytest.mark.parametrize("typed", ["Uzay", "işleri", "fen işleri müdürlüğü", "fim; Uzay"])
def test_what_is_no_unit_or_several_is_refused(typed):
    with pytest.raises(UserError):
        units.read_units(UNITS, typed)


def test_a_sentence_names_a_few_units_at_most():
    many = tuple(Unit(f"u{n}", f"{n}. Müdürlük", row=n) for n in range(1, 9))
    with pytest.raises(UserError) as refused:
        units.read_units(many, "müdürlük")
    assert "4. Müdürlük…" in refused.value.sentence()


def test_changes_done_together_are_one_step_or_none(store):
    before = store.load()
    target = before.programmes[-1].targets[0]
    activity = target.activities[0].row
    rename = partial(records.set_field, store, "target", target.row, "title", "Başka")
    too_much = partial(costing.set_cost, store, activity, "03", Decimal("99999999999999.00"))
    with pytest.raises(UserError):
        records.together(store, "clearing cells", [rename, too_much])
    assert store.load() == before
    records.together(
        store, "clearing cells", [rename, partial(records.set_field, store, "target", target.row, "code", "9")]
    )
    assert store.undo_label == "clearing cells"
    store.undo()
    assert store.load() == before


def test_a_copy_is_whole_and_never_the_file_itself(store, path, tmp_path):
    copy = tmp_path / "kopya.perfdesk"
    copy.write_bytes(b"old")
    copying.save_copy(store, copy)
    with files.open_store(copy, writable=True) as other:
        assert other.load() == store.load()
    with pytest.raises(UserError):
        copying.save_copy(store, path)
    assert path.stat().st_size > 0


def test_a_file_open_for_reading_can_be_copied(path, tmp_path):
    with files.open_store(path, writable=False) as store:
        copying.save_copy(store, tmp_path / "kopya.perfdesk")
    with files.open_store(tmp_path / "kopya.perfdesk", writable=True) as copy:
        assert copy.writable
