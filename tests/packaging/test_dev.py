"""The developer's command: what it says and does on a system where something is missing."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev(monkeypatch, tmp_path):
    """packaging/dev.py as a module, its environment in a folder of its own and no library missing."""
    spec = importlib.util.spec_from_file_location("perfdesk_dev", ROOT / "packaging" / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(module, "CERTIFICATES", Path(__file__))
    monkeypatch.setattr(module, "loads", lambda library: True)
    monkeypatch.setattr(module.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(module.sys, "platform", "linux")
    return module


@pytest.fixture
def apt_calls(dev, monkeypatch):
    """The calls of apt-get, each of which succeeds and after which nothing is missing."""
    calls = []

    def apt(*arguments):
        calls.append(arguments)
        monkeypatch.setattr(dev, "loads", lambda library: True)
        return ""

    monkeypatch.setattr(dev, "apt", apt)
    return calls


def without(dev, monkeypatch, *libraries, user=1000):
    monkeypatch.setattr(dev, "loads", lambda library: library not in libraries)
    monkeypatch.setattr(dev.os, "geteuid", lambda: user, raising=False)


def test_nothing_missing_calls_nothing(dev, apt_calls):
    dev.prepare_system()
    assert apt_calls == []


def test_an_ordinary_user_gets_the_line_to_run(dev, monkeypatch, apt_calls):
    without(dev, monkeypatch, "libGL.so.1", "libxcb-cursor.so.0")
    with pytest.raises(dev.Stop, match=r"sudo apt-get install -y --no-install-recommends libgl1 libxcb-cursor0$"):
        dev.prepare_system()
    assert apt_calls == []


def test_certificates_belong_to_it(dev, monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "CERTIFICATES", tmp_path / "absent")
    assert dev.missing_packages() == ["ca-certificates"]


def test_root_installs(dev, monkeypatch, apt_calls):
    without(dev, monkeypatch, "libGL.so.1", user=0)
    dev.prepare_system()
    assert apt_calls[-1] == ("install", "-y", "--no-install-recommends", "libgl1")


def test_root_updates_the_lists_when_installing_fails(dev, monkeypatch):
    without(dev, monkeypatch, "libGL.so.1", user=0)
    monkeypatch.setattr(dev.Path, "glob", lambda self, pattern: iter([self]))
    calls = []

    def apt(*arguments):
        calls.append(arguments[0])
        if calls == ["install"]:
            return "404 Not Found"
        monkeypatch.setattr(dev, "loads", lambda library: True)
        return ""

    monkeypatch.setattr(dev, "apt", apt)
    dev.prepare_system()
    assert calls == ["install", "update", "install"]


def test_apt_that_fails_ends_with_its_words(dev, monkeypatch):
    without(dev, monkeypatch, "libGL.so.1", user=0)
    monkeypatch.setattr(dev, "apt", lambda *arguments: "no network")
    with pytest.raises(dev.Stop, match="no network"):
        dev.prepare_system()


def test_other_systems_are_told_the_names(dev, monkeypatch):
    without(dev, monkeypatch, "libEGL.so.1")
    monkeypatch.setattr(dev.shutil, "which", lambda program: None)
    with pytest.raises(dev.Stop, match="libegl1"):
        dev.prepare_system()


def test_a_change_of_the_requirements_is_noticed(dev, tmp_path):
    project = tmp_path / "pyproject.toml"
    project.write_text("a")
    before = dev.fingerprint(project)
    assert dev.fingerprint(project) == before
    project.write_text("b")
    assert dev.fingerprint(project) != before


def test_run_opens_the_sample_and_keeps_a_file_that_exists(dev, monkeypatch, tmp_path):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(dev.Path, "home", lambda: tmp_path)
    calls = []

    def call(*command, env=None):
        calls.append(command[3:])
        if command[3] == "import":
            command[5].write_text("the sample")
        return 0

    monkeypatch.setattr(dev, "call", call)
    file = tmp_path / "perfdesk" / dev.SAMPLE_NAME
    assert dev.run([]) == 0
    assert calls == [("import", dev.SAMPLE, file), (file,)]
    file.write_text("the clerk's")
    assert dev.run([]) == 0
    assert calls[2:] == [(file,)]
    assert file.read_text() == "the clerk's"


def test_run_without_a_display_writes_book_and_workbook(dev, monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    calls = []
    monkeypatch.setattr(dev, "call", lambda *command, env=None: calls.append(command[3:]) or 0)
    assert dev.run([]) == 0
    assert [call[0] for call in calls] == ["import", "export"]
    said = capsys.readouterr().out
    assert str(tmp_path / "build" / "sample" / "Güneyçam.pdf") in said
    assert str(tmp_path / "build" / "sample" / "Güneyçam.xlsx") in said


def test_arguments_after_run_go_to_the_program(dev, monkeypatch):
    calls = []
    monkeypatch.setattr(dev, "call", lambda *command, env=None: calls.append(command[1:]) or 0)
    dev.run(["info", "a.perfdesk", "--json"])
    assert calls == [("-m", "perfdesk", "info", "a.perfdesk", "--json")]


def test_soak_runs_the_monkey_without_a_screen(dev, monkeypatch):
    calls = []
    monkeypatch.setattr(dev, "call", lambda *command, env=None: calls.append((command[1:], env)) or 1)
    assert dev.COMMANDS["soak"](["--minutes", "2", "--seed", "7"]) == 1
    (((program, *arguments), environment),) = calls
    assert program.is_file()
    assert arguments == ["--minutes", "2", "--seed", "7"]
    assert environment == {"QT_QPA_PLATFORM": "offscreen"}


def test_an_unknown_command_is_wrong_usage():
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "dev.py", "dance"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "usage:" in done.stdout


def test_the_libraries_of_qt_are_listed(dev):
    """Every library that Qt's screen plugin needs from the system is in the list or comes with what is."""
    pyside = Path(importlib.util.find_spec("PySide6").submodule_search_locations[0])
    plugin = pyside / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.is_file():
        pytest.skip("no xcb plugin on this platform")
    done = subprocess.run(["ldd", plugin], capture_output=True, text=True, check=True)
    needed = {line.split()[0] for line in done.stdout.splitlines() if "=>" in line and str(pyside) not in line}
    of_a_bare_system = ("libc.", "libm.", "libdl.", "libpthread.", "librt.", "libgcc_s.", "libstdc++.", "libz.")
    brought_along = (
        "libX11", "libXau", "libXdmcp", "libxcb.", "libxcb-render.", "libxcb-util.", "libGLdispatch.", "libGLX.",
        "libOpenGL", "libfreetype.", "libexpat.", "libpng16.", "libbrotli", "libpcre2", "libgthread-2.0.", "libbsd.",
        "libmd.", "libsystemd.", "libcap.", "libgcrypt.", "libgpg-error.", "liblzma.", "libzstd.", "liblz4.",
    )  # fmt: skip
    unlisted = {
        name
        for name in needed - set(dev.QT_LIBRARIES)
        if not name.startswith((*of_a_bare_system, *brought_along, "libQt6", "libicu"))
    }
    assert unlisted == set()
