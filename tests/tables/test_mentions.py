"""Texts that name a year."""

from dataclasses import replace

import pytest
from tests.example import example

from perfdesk.domain.programme import SubProgramme, SubProgrammeObjective
from perfdesk.domain.resources import ResourceTable
from perfdesk.tables import mentions
from perfdesk.tables.mentions import TEXT_COLUMNS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2027 yılında dikilecek", "2027 yılında dikilecek"),
        ("İki\nsatır, 2027 yılı", "İki satır, 2027 yılı"),
        ("kelime " * 20 + "2027 yılı", "… " + "kelime " * 3 + "2027 yılı"),
        ("2027-2030 " + "kelime " * 20 + "2027 yılı", "… " + "kelime " * 3 + "2027 yılı"),
        ("x" * 80 + "-2027 yılı", "x" * 80 + "-2027 yılı"),
        ("hiç yıl yok " * 10, ("hiç yıl yok " * 10).strip()),
    ],
)
def test_a_piece_of_a_text_shows_the_year(text: str, shown: str) -> None:
    assert mentions.around(text, 2027) == shown


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("2025 yılında", True),
        ("31.12.2025 itibarıyla", True),
        ("(2025)", True),
        ("12025 adet", False),
        ("2.025,50 TL", False),
        ("2025,5 ton", False),
        ("0,2025", False),
        # a period that goes on is as right in the next year
        ("2025-2029 Stratejik Planı", False),
        ("2025 – 2029 dönemi", False),
        ("2023-2025 dönemi", True),
        ("2021–2025 planı", True),
        ("2025-2029 planının 2025 dilimi", True),
        # the number of a circular or of a decision
        ("2025/12 sayılı Genelge", False),
        ("2024/2025 eğitim yılı", True),
    ],
)
def test_a_year_is_named_where_the_next_one_makes_it_wrong(text: str, is_named: bool) -> None:
    assert mentions.names(text, 2025) is is_named


def test_every_text_of_a_programme_is_seen() -> None:
    """Each field that people write in, and the runs of a block as the one text they are."""
    programme = example().programmes[0]
    sub = SubProgramme("s", "Açıklama", objectives=(SubProgrammeObjective("o", "Amaç", row=4),), row=3)
    table = ResourceTable("", "Araçlar", (("Cinsi", "2024", "2025", "2025"), ("", "Sayı", "Sayı", "Sayı")), row=5)
    programme = replace(programme, sub_programmes=(*programme.sub_programmes, sub), resource_tables=(table,))
    found = list(mentions.texts(programme))
    assert {(one.table, one.column) for one in found} >= {
        (name, column) for name, columns in TEXT_COLUMNS.items() for column in columns
    }
    told = {(one.table, one.row, one.column, one.text) for one in found}
    assert ("sub_programme", 3, "description", "Açıklama") in told
    assert ("sub_programme_objective", 4, "title", "Amaç") in told
    assert ("resource_table", 5, "header", "Cinsi 2024 2025") in told
    blocks = [block for section in programme.sections for block in section.blocks]
    assert {"".join(run.text for run in block.runs) for block in blocks} <= {one.text for one in found}
