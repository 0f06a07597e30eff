"""What is generated: windows and catalogues, and that checkout and wheel both find what they read."""

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(name):
    spec = importlib.util.spec_from_file_location(f"perfdesk_{name}", ROOT / "packaging" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FORM = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0">
 <class>Form</class>
 <widget class="QWidget" name="Form">
  <property name="windowTitle"><string comment="of the window">Performance target</string></property>
  <property name="styleSheet"><string notr="true">color: red</string></property>
  <widget class="QLabel" name="label"><property name="text"><string>Goals &amp; objectives</string></property></widget>
  <action name="undo">
   <property name="text"><string>Undo</string></property>
   <property name="shortcut"><string>Ctrl+Z</string></property>
  </action>
 </widget>
</ui>
"""


@pytest.fixture
def project(tmp_path):
    """A project with one form, one module and no catalogue yet."""
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "target.ui").write_text(FORM, "utf-8")
    package = tmp_path / "src" / "perfdesk"
    package.mkdir(parents=True)
    (package / "words.py").write_text(
        '_("Cost {n}")\nN_("Unit")\nprinted("Book")\nngettext("row", "rows", 2)\n', "utf-8"
    )
    return tmp_path


def test_forms_are_compiled_and_stale_ones_removed(project):
    hook = load("hatch_build")
    forms = project / hook.FORMS
    forms.mkdir(parents=True)
    (forms / "ui_gone.py").touch()
    hook.generate(project)
    assert sorted(path.name for path in forms.iterdir()) == ["__init__.py", "ui_target.py"]
    text = (forms / "ui_target.py").read_text("utf-8")
    assert 'translate("Form", u"Performance target", u"of the window")' in text


def test_an_unchanged_form_is_not_written_again(project):
    hook = load("hatch_build")
    hook.generate(project)
    form = project / hook.FORMS / "ui_target.py"
    before = form.stat().st_mtime_ns
    hook.generate(project)
    assert form.stat().st_mtime_ns == before


def test_a_broken_form_stops_the_build(project):
    (project / "ui" / "target.ui").write_text("<ui", "utf-8")
    with pytest.raises(SystemExit, match=r"target\.ui"):
        load("hatch_build").generate(project)


def test_the_words_of_code_and_forms_are_collected(project):
    words = {message.id for message in load("translations").extract(project) if message.id}
    assert words == {
        "Cost {n}", "Unit", "Book", ("row", "rows"), "Performance target", "Goals & objectives", "Undo",
    }  # fmt: skip


def test_catalogues_keep_their_translations_and_lose_what_is_gone(project):
    translations = load("translations")
    for path, content in translations.updated(project).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    turkish = project / "translations" / "tr" / "LC_MESSAGES" / "perfdesk.po"
    turkish.write_text(
        turkish.read_text("utf-8").replace('msgid "Undo"\nmsgstr ""', 'msgid "Undo"\nmsgstr "Geri al"'), "utf-8"
    )
    (project / "src" / "perfdesk" / "words.py").write_text('_("Cost of {n}")\n', "utf-8")
    content = translations.updated(project)[turkish]
    assert 'msgstr "Geri al"' in content.decode()
    assert "Unit" not in content.decode()
    assert set(translations.untranslated(content, "tr")) == {"Cost of {n}", "Performance target", "Goals & objectives"}


def test_the_catalogues_are_current_and_turkish_is_complete():
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "translations.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_wheel_carries_what_the_program_reads(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
        inside = set(archive.namelist())
    program = (
        "from perfdesk import i18n, paths;"
        "print(paths.resource('layouts', 'official.toml').is_file());"
        "print((paths.data('translations') / 'tr' / 'LC_MESSAGES' / 'perfdesk.mo').is_file());"
        "print(paths.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout.split() == ["True", "True", str(tmp_path / "installed" / "perfdesk" / "paths.py")]
    assert {f"perfdesk/gui/forms/ui_{form.stem}.py" for form in ROOT.glob("ui/*.ui")} <= inside
    assert {
        f"perfdesk/_data/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("resources/**/*") if path.is_file()
    } <= inside


def test_the_directions_of_imports_hold():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
