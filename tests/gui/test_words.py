"""No English word in the Turkish window, no Turkish one of the program's in the English window; Qt's own included."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po
from PySide6.QtWidgets import QWidget
from tests.gui import walking
from tests.gui.shown_texts import Shown, shown_texts, without_mnemonic

from perfdesk import paths
from perfdesk.domain import turkish
from perfdesk.exchange.writing import as_data
from perfdesk.services import versions
from perfdesk.storage import files

UI = Path(__file__).resolve().parents[2] / "ui"
# what is the same in both languages, and why
SAME = {
    "+ transfer": "the same word",
    "Excel": "a name",
    "Kuruş": "a name",
    "Logo": "the same word",
    "PDF": "a name",
    "Program": "the same word",
    "TL": "the currency's sign",
    "logo": "the same word",
    "perfdesk": "our name",
}
_WORD = re.compile(r"[A-Za-zÇĞİÖŞÜçğıöşü]+")
# words of English that are none of Turkish
ENGLISH = frozenset(
    _WORD.findall(
        "the and with this that these those from file files year years table tables row rows column columns "
        "new open close save cancel delete remove add value values unit units target targets goal goals "
        "objective objectives indicator indicators activity activities cost costs amount amounts total text "
        "texts title name names page pages book print show hide all none nothing yes of for by to is are was "
        "were be been has have had can cannot will would should your you its their there here where which "
        "what when while one two first last next previous back forward up down left right undo redo copy cut "
        "paste select choose settings help about search find found look date type name folder directory "
        "computer recent please error warning discard apply reset only read write written or if than then "
        "into under over below above each every other another same more most less least many few some any "
        "unknown options option portrait landscape printer paper color grayscale orientation duplex "
        "properties preview collate reverse range copies output margins "
    )
)
_TURKISH = re.compile(r"[ÇĞİÖŞÜçğıöşüâîûÂÎÛ]")
# keys are called what is printed on them
_KEYS = re.compile(
    r"\b(?:(?:Ctrl|Shift|Alt)\+)*(?:Ctrl|Shift|Alt|Enter|Esc|Del|Home|End|Tab|PgUp|PgDn|Ins|F\d+|\w|-)\b"
)
# the names of what a layout fills in are part of its file
_FILLED = re.compile(r"\{\w*\}")
_PLACE = re.compile(r"\\\{\w*(?:\\?:[^}]*)?\\\}")
_ADDRESS = re.compile(r"\S*[/\\@]\S*|\S+\.(?:perfdesk|pdf|xlsx|ini|tr)\b")
# two languages on purpose: who cannot read the one finds the other; a Turkish word as what is searched for
_BOTH = frozenset({"Dil / Language", "English", "Türkçe", "ağaç"})
# where English texts give examples, those are Turkish, as is the name of the money
_EXAMPLES = (
    "ağaç",
    "kuruş",
    "Kuruş",
    "Fen İşleri Müdürlüğü",
    "FİM",
    "Park ve Bahçeler Müdürlüğü",
    "Hedef bazında maliyet",
    "Şekil",
    "Bölüm",
    "Hazırlayan",
    "faaliyetler toplamı",
    "genel yönetim giderleri",
    "hedef sayısı",
    "faaliyet sayısı",
    "gösterge sayısı",
    "yıl",
)
# a text is looked for in the data piece by piece: what is shown is often put together, or an excerpt
_BETWEEN = re.compile(r"[\n;:·…()“”]+")


def catalogue():
    """Return the Turkish of every msgid, without mnemonics."""
    path = paths.data("translations") / "tr" / "LC_MESSAGES" / "perfdesk.po"
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return {without_mnemonic(message.id).strip(): without_mnemonic(message.string).strip() for message in messages}


def leaves(data) -> Iterator[str]:
    """Yield all texts of nested data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from leaves(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from leaves(value)


def texts_of_data(file):
    """Return what is no text of the program: what somebody entered, and what the official forms print.

    The sample belongs to it in any file: the example of the layouts shows its tables.
    """
    with files.open_store(file, writable=False) as store:
        entered = as_data(versions.whole(store))
    sample = json.loads(paths.resource("sample", "guneycam.json").read_text("utf-8"))
    found = set()
    for programme in entered["programmes"]:
        for version in programme.get("versions", ()):
            # packed, it says nothing
            del version["data"]
    for data in (entered, sample):
        data["pictures"] = [picture["name"] for picture in data.get("pictures", ())]
        found |= set(leaves(data))
    for folder in ("forms", "layouts"):
        for resource in paths.resource(folder).glob("**/*.toml"):
            found |= set(leaves(tomllib.loads(resource.read_text("utf-8"))))
    # what is printed has figures or other names in the places of a text; names of programmes are in capitals
    found |= {piece for text in found for piece in _FILLED.split(text)}
    # a shown text is looked at between the same signs
    found |= {piece for text in found for piece in _BETWEEN.split(text)}
    found |= {turkish.upper(text) for text in found}
    found |= set(_EXAMPLES) | {turkish.upper(entered["administration"]["name"]), file.name}
    return {" ".join(text.split()) for text in found if text.strip()}


class Walked(NamedTuple):
    """What was met on a walk: the texts, each where it was met first, those of the data, and the widgets' names."""

    texts: list[Shown]
    data: set[str]
    names: set[str]


def walk_in(language, kind, folder):
    """Walk everything in a language."""
    file = walking.make_file(folder, kind)
    shown: dict[str, str] = {}
    names: set[str] = set()
    with walking.speaking(language):
        walk = walking.Walk(file)
        for stop in walk.everything():
            for widget in (stop.shown, *stop.shown.findChildren(QWidget)):
                # what is put into another file is called otherwise there, but is of its own kind
                names |= {widget.objectName(), type(widget).__name__}
            for text, where in shown_texts(stop.shown):
                shown.setdefault(text, f"{stop.name}: {where}")
        walk.close()
    return Walked([Shown(*pair) for pair in shown.items()], texts_of_data(file), names)


@pytest.fixture(scope="module", params=[walking.SAMPLE, walking.EMPTY])
def in_turkish(request, qapp, tmp_path_factory):
    return walk_in("tr", request.param, tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="module", params=[walking.SAMPLE, walking.EMPTY])
def in_english(request, qapp, tmp_path_factory):
    return walk_in("en", request.param, tmp_path_factory.mktemp("words"))


def said(problems):
    return "\n".join(f"{problem.text!r}  in {problem.where}" for problem in problems)


def test_turkish_window_has_no_text_of_the_catalogue_untranslated(in_turkish):
    """A msgid shown as it is was never given to the catalogue, or was asked for before the language was known."""
    translations = catalogue()
    plain = {msgid for msgid, msgstr in translations.items() if msgid != msgstr and "{" not in msgid}
    filled = [
        re.compile(_PLACE.sub(".+", re.escape(msgid)), re.DOTALL)
        for msgid, msgstr in translations.items()
        if "{" in msgid and len(_WORD.findall(_PLACE.sub("", re.escape(msgid)))) > 1
    ]
    found, data = in_turkish.texts, in_turkish.data
    wrong = [
        shown
        for shown in found
        if (shown.text in plain and shown.text not in data) or any(pattern.fullmatch(shown.text) for pattern in filled)
    ]
    assert not wrong, said(wrong)


# where Qt's file dialog lists what lies in a folder
_OF_FILES = ("QTreeView treeView item", "QListView listView item")


def test_turkish_window_has_no_english_word(in_turkish):
    found, data = in_turkish.texts, in_turkish.data
    wrong = [
        shown
        for shown in found
        if shown.text not in _BOTH
        and " ".join(shown.text.split()) not in data
        and not shown.where.endswith(_OF_FILES)
        and ENGLISH & words_of(shown.text)
    ]
    assert not wrong, said(wrong)


def words_of(text):
    """Return the words of a text, without keys, addresses of files and the names of what layouts fill in."""
    return {word.lower() for word in _WORD.findall(_KEYS.sub("", _ADDRESS.sub("", _FILLED.sub("", text))))}


def test_english_window_has_no_turkish_text_of_the_catalogue(in_english):
    translations = catalogue()
    found, data = in_english.texts, in_english.data
    translated = (
        {msgstr for msgid, msgstr in translations.items() if msgid != msgstr} - set(translations) - data - _BOTH
    )
    wrong = [shown for shown in found if shown.text in translated and not _in_data(shown.text, data)]
    assert not wrong, said(wrong)


def test_english_window_has_turkish_letters_only_in_what_somebody_entered(in_english):
    found, data = in_english.texts, in_english.data
    wrong = [
        shown
        for shown in found
        if _TURKISH.search(shown.text) and shown.text not in _BOTH and not _in_data(shown.text, data)
    ]
    assert not wrong, said(wrong)


def _in_data(text, data):
    """Whether all of a text in which there are Turkish letters comes from the data."""
    everything = "\n".join(data)
    for piece in _BETWEEN.split(_FILLED.sub("\n", text)):
        rest = " ".join(piece.split())
        if rest in everything or not _TURKISH.search(rest):
            continue
        for known in sorted((known for known in data if known in rest), key=len, reverse=True):
            rest = rest.replace(known, " ")
        if _TURKISH.search(rest):
            return False
    return True


def test_what_is_the_same_in_both_languages_is_so_on_purpose():
    same = {
        msgid
        for msgid, msgstr in catalogue().items()
        if msgid == msgstr and _WORD.search(_KEYS.sub("", _FILLED.sub("", msgid)))
    }
    assert same <= set(SAME), sorted(same - set(SAME))


@pytest.mark.parametrize("in_turkish", [walking.SAMPLE], indirect=True)
def test_every_designer_file_is_met(in_turkish):
    """A form or dialog that is new has to be put on the way of the walk."""
    named = re.compile(r'<widget class="\w+" name="(\w+)"')
    forms = {file.name: named.search(file.read_text("utf-8")).group(1) for file in UI.glob("*.ui")}
    assert forms
    missed = {file for file, name in forms.items() if name not in in_turkish.names}
    assert not missed
