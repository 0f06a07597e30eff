"""The developer's one command: dev.py run | test | lint | bench | soak | package | build | translations.

Needs nothing but Python and its standard library. It makes the environment .venv, installs what is missing, and then
does what was asked. On Debian and its relatives it installs missing system packages itself when it is root and
otherwise prints the line to run. Everything is kept and found current the next time.
"""

from __future__ import annotations  # so that an older Python gets as far as the sentence about its age

import ctypes
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST_PYTHON = (3, 11)

SAMPLE = ROOT / "resources" / "sample" / "guneycam.json"
SAMPLE_NAME = "Güneyçam.perfdesk"
SAMPLE_YEAR = "2027"

# What Qt loads from the system: the library, and the package of Debian that brings it.
QT_LIBRARIES = {
    # always, offscreen too
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    # for a screen
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-shm.so.0": "libxcb-shm0",
}
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class Stop(Exception):  # noqa: N818 - not an error of ours
    """Ends the program with a sentence for the developer."""


def say(text: str) -> None:
    """Tell one step."""
    print(f"dev: {text}", flush=True)


def call(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run a program in the project's root, its output shown, and return its exit code."""
    return subprocess.call([str(word) for word in command], cwd=ROOT, env={**os.environ, **(env or {})})


# --- the system -------------------------------------------------------------------------------------------------------


def loads(library: str) -> bool:
    """Tell whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages() -> list[str]:
    """Return the packages of Debian that are missing, in the order they are named above."""
    missing = []
    if not PYTHON.exists():
        try:
            import ensurepip  # noqa: F401 - Debian keeps it in python3-venv
        except ImportError:
            missing.append("python3-venv")
    if shutil.which("apt-get") and not CERTIFICATES.is_file():
        missing.append("ca-certificates")
    return missing + [package for library, package in QT_LIBRARIES.items() if not loads(library)]


def prepare_system() -> None:
    """Install the missing system packages as root; stop with the line to run otherwise."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages()
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Stop(f"missing on this system (by the names of Debian's packages): {' '.join(missing)}. Install them.")
    install = ["install", "-y", "--no-install-recommends", *missing]
    has_lists = any(Path("/var/lib/apt/lists").glob("*_Packages*"))
    if os.geteuid() != 0:
        update = "" if has_lists else "sudo apt-get update && "
        line = f"{update}sudo apt-get {shlex.join(install)}"
        raise Stop(f"missing on this system; run this line, then try again:\n{line}")
    say(f"installing with apt-get: {' '.join(missing)}")
    problem = apt(*install) if has_lists else "no lists of packages"
    if problem:  # no lists, or lists so old that their files are gone
        problem = apt("update") or apt(*install)
    if problem:
        raise Stop(f"apt-get failed:\n{problem}\nThe line it could not run: apt-get {shlex.join(install)}")
    still = missing_packages()
    if still:
        raise Stop(f"still missing after apt-get: {' '.join(still)}")


def apt(*arguments: str) -> str:
    """Run apt-get without questions; return "" or what it printed when it failed."""
    done = subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return (done.stdout.strip() or f"exit code {done.returncode}") if done.returncode else ""


# --- the environment --------------------------------------------------------------------------------------------------


def fingerprint(*paths: Path, salt: str = "") -> str:
    """Return a hash of files' names and contents."""
    digest = hashlib.sha256(salt.encode())
    for path in paths:
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def current(stamp: Path, value: str) -> bool:
    """Tell whether a stamp holds this value."""
    return stamp.is_file() and stamp.read_text("utf-8") == value


def prepare_environment() -> None:
    """Make .venv and install the project in it, editable, with its development tools; quick when all is current."""
    stamp = VENV / "perfdesk-installed"

    def value() -> str:
        # The root, because an environment does not survive being moved; pyvenv.cfg names the Python it was made from.
        return fingerprint(ROOT / "pyproject.toml", VENV / "pyvenv.cfg", salt=str(ROOT))

    if PYTHON.exists() and current(stamp, value()):
        return
    if VENV.exists() and not os.access(VENV, os.W_OK):
        raise Stop(f"{VENV} belongs to another user and is not current; remove it or run this as that user")
    if not works(PYTHON):
        say(f"creating {VENV}")
        if call(sys.executable, "-m", "venv", "--clear", VENV):
            raise Stop(f"could not create {VENV}")
    say("installing with pip: perfdesk, what it needs, and its development tools (about 200 MB the first time)")
    import tomllib  # here: unknown to the older Pythons that only get the sentence

    requires = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    # The build requirements first and then no isolation: Qt is downloaded and unpacked once, not twice.
    if call(*pip, *requires) or call(*pip, "--no-build-isolation", "--editable", ".[dev]"):
        raise Stop("pip failed (see above)")
    stamp.write_text(value(), "utf-8")


def works(python: Path) -> bool:
    """Tell whether an environment's Python starts, is new enough and has pip."""
    if not python.exists():
        return False
    check = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    return subprocess.run([str(python), "-c", check], capture_output=True, check=False).returncode == 0


def prepare_generated() -> None:
    """Compile windows and catalogues where their sources have changed."""
    forms = sorted(ROOT.glob("ui/*.ui"))
    catalogues = sorted(ROOT.glob("translations/*/LC_MESSAGES/*.po"))
    outputs = [catalogue.with_suffix(".mo") for catalogue in catalogues]
    outputs += [ROOT / "src" / "perfdesk" / "gui" / "forms" / f"ui_{form.stem}.py" for form in forms]
    stamp = VENV / "perfdesk-generated"
    value = fingerprint(*forms, *catalogues, ROOT / "packaging" / "hatch_build.py", VENV / "perfdesk-installed")
    if current(stamp, value) and all(output.is_file() for output in outputs):
        return
    build([])
    stamp.write_text(value, "utf-8")


# --- the commands -----------------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Open the sample in the window; without a display write its book and workbook; arguments go to the program."""
    if arguments:
        return call(PYTHON, "-m", "perfdesk", *arguments)
    if has_display():
        file = Path.home() / "perfdesk" / SAMPLE_NAME
        if not file.exists():
            make_sample(file)
        say(f"opening {file}")
        return call(PYTHON, "-m", "perfdesk", file)
    say("no display (DISPLAY and WAYLAND_DISPLAY are not set), so no window: writing the sample's book and workbook")
    folder = ROOT / "build" / "sample"
    file = folder / SAMPLE_NAME
    file.unlink(missing_ok=True)
    make_sample(file)
    book, workbook = file.with_suffix(".pdf"), file.with_suffix(".xlsx")
    code = call(PYTHON, "-m", "perfdesk", "export", file, "--year", SAMPLE_YEAR, "--pdf", book, "--xlsx", workbook)
    if code == 0:
        say(f"written: {book}")
        say(f"written: {workbook}")
    return code


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_sample(file: Path) -> None:
    """Import the sample into a new file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if call(PYTHON, "-m", "perfdesk", "import", SAMPLE, file):
        raise Stop(f"the sample could not be imported into {file}")


def test(arguments: list[str]) -> int:
    """Run the whole suite, on all cores; arguments go to pytest."""
    environment = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    return call(PYTHON, "-m", "pytest", "-n", "auto", *arguments, env=environment)


def lint(arguments: list[str]) -> int:
    """Check style, types and the direction of imports; all of it, even after the first complaint."""
    if arguments:
        raise Stop("lint takes no arguments")
    complaints = []
    for name, command in {
        "ruff check": ("-m", "ruff", "check"),
        "ruff format": ("-m", "ruff", "format", "--check"),
        "mypy": ("-m", "mypy"),
        "import-linter": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    }.items():
        say(name)
        if call(PYTHON, *command):
            complaints.append(name)
    say(f"complaints from: {', '.join(complaints)}" if complaints else "no complaints")
    return int(bool(complaints))


def bench(arguments: list[str]) -> int:
    """Run the benchmarks; arguments go to them."""
    return call(PYTHON, ROOT / "tests" / "benchmarks" / "run.py", *arguments)


def soak(arguments: list[str]) -> int:
    """Use the program at random for an hour, looking for faults: [--minutes N] [--seed S]."""
    environment = {"QT_QPA_PLATFORM": "offscreen"}
    return call(PYTHON, ROOT / "tests" / "soak" / "run.py", *arguments, env=environment)


def package(arguments: list[str]) -> int:
    """Build wheel and source archive into dist/ and check that the wheel holds what the program reads."""
    if arguments:
        raise Stop("package takes no arguments")
    folder = ROOT / "dist"
    for old in [*folder.glob("perfdesk-*.whl"), *folder.glob("perfdesk-*.tar.gz")]:
        old.unlink()
    if call(PYTHON, "-m", "build", "--no-isolation", "--outdir", folder):
        return 1
    (wheel,) = folder.glob("perfdesk-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    expected = {f"perfdesk/gui/forms/ui_{form.stem}.py" for form in ROOT.glob("ui/*.ui")}
    for catalogue in ROOT.glob("translations/*/LC_MESSAGES/*.po"):
        expected.add(f"perfdesk/_data/{catalogue.relative_to(ROOT).with_suffix('.mo').as_posix()}")
    for resource in ROOT.glob("resources/**/*"):
        if resource.is_file():
            expected.add(f"perfdesk/_data/{resource.relative_to(ROOT).as_posix()}")
    missing = sorted(expected - inside)
    if missing:
        raise Stop(f"{wheel.name} lacks: {', '.join(missing)}")
    say(f"{wheel.name} holds all {len(expected)} forms, catalogues and resources")
    for made in sorted(folder.glob("perfdesk-*")):
        say(f"written: {made}")
    return 0


def build(arguments: list[str]) -> int:
    """Compile windows and catalogues (the other commands do it when needed)."""
    if arguments:
        raise Stop("build takes no arguments")
    say("compiling ui/*.ui and translations/*/LC_MESSAGES/*.po")
    if call(PYTHON, ROOT / "packaging" / "hatch_build.py"):
        raise Stop("a form or a catalogue could not be compiled")
    return 0


def translations(arguments: list[str]) -> int:
    """Collect the msgids and update the catalogues; --check only compares."""
    return call(PYTHON, ROOT / "packaging" / "translations.py", *arguments)


COMMANDS = {command.__name__: command for command in (run, test, lint, bench, soak, package, build, translations)}


def main(arguments: list[str]) -> int:
    """Prepare everything and do what was asked."""
    if sys.version_info < OLDEST_PYTHON:
        raise Stop(
            f"perfdesk needs Python {'.'.join(map(str, OLDEST_PYTHON))} or later; this is {sys.version.split()[0]}"
        )
    if not arguments or arguments[0] not in COMMANDS:
        print("usage: python3 packaging/dev.py COMMAND [ARGUMENTS]\n")
        for name, command in COMMANDS.items():
            print(f"  {name:13} {command.__doc__}")
        return 0 if arguments and arguments[0] in {"-h", "--help", "help"} else 2
    prepare_system()
    prepare_environment()
    if arguments[0] != "build":  # which does it in any case
        prepare_generated()
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Stop, PermissionError) as problem:
        sys.exit(f"dev: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
