"""The command line: everything a person can do without a window. Never imports Qt."""

import argparse
import contextlib
import errno
import gettext
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from perfdesk import __version__, paths
from perfdesk.domain.administration import KINDS
from perfdesk.domain.errors import UserError, system_reason
from perfdesk.i18n import DOMAIN, N_, _, language
from perfdesk.services import planning
from perfdesk.services.files import importing
from perfdesk.services.output import exporting
from perfdesk.storage import files
from perfdesk.storage.publishing import real_place
from perfdesk.tables.layout import LAYOUTS

DONE: Final = 0
REFUSED: Final = 1
USAGE: Final = 2

# argparse translates its own words through gettext: they are in our catalogue too
_ARGPARSE: Final = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
COMMANDS: Final = ("new", "import", "export", "tables", "info")


def run(arguments: Sequence[str]) -> int:
    """Run a command and return the exit status: 0 done, 1 refused with a sentence, 2 wrong usage."""
    _prepare_streams()
    _translate_argparse()
    parser = _parser()
    commands = {"new": _new, "import": _import, "export": _export, "tables": _tables, "info": _info}
    try:
        options = parser.parse_args(arguments)
        _check(parser, options)
        commands[options.command](options)
    except SystemExit as leaving:
        # argparse has said why; its status is already ours
        return int(leaving.code or DONE)
    except UserError as error:
        _complain(f"{error.sentence()}\n")
        return REFUSED
    return DONE


class _Parser(argparse.ArgumentParser):
    """Argparse writing as the commands do; its own writing knows no closed or full streams."""

    def _print_message(self, message: str, file: object = None) -> None:
        if file is sys.stdout:
            _show(message)
        else:
            _complain(message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="perfdesk",
        description=_("Performance programmes of municipalities. Without a command: opens the window."),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"perfdesk {__version__}", help=_("show the version"))
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, allow_abbrev=False)

    def add_layout(to: argparse.ArgumentParser) -> None:
        to.add_argument("--layout", choices=LAYOUTS, help=_("the layout; otherwise the file's own"))

    new = command("new", _("make a new file"))
    new.add_argument("file", type=Path, metavar=_("FILE"), help=_("the file to make"))
    new.add_argument("--name", required=True, help=_("name of the municipality"))
    new.add_argument("--kind", required=True, choices=KINDS, help=_("kind of the municipality"))
    new.add_argument("--year", required=True, type=int, help=_("year of the first programme"))
    add_layout(new)

    reader = command("import", _("make a file from exchange data"))
    reader.add_argument("data", type=Path, metavar="DATA.json", help=_("the data"))
    reader.add_argument("file", type=Path, metavar=_("FILE"), help=_("the file to make"))

    export = command("export", _("write the book, the workbook, or all data"))
    export.add_argument("file", type=Path, metavar=_("FILE"), help=_("a perfdesk file"))
    export.add_argument("--year", type=int, help=_("year of the programme"))
    add_layout(export)
    export.add_argument("--pdf", type=Path, help=_("write the book here"))
    export.add_argument("--xlsx", type=Path, help=_("write the workbook here"))
    export.add_argument("--json", type=Path, help=_("write the whole file's data here"))

    tables = command("tables", _("show the tables of a programme"))
    tables.add_argument("file", type=Path, metavar=_("FILE"), help=_("a perfdesk file"))
    tables.add_argument("--year", type=int, required=True, help=_("year of the programme"))
    add_layout(tables)
    tables.add_argument("--json", action="store_true", help=_("as JSON"))

    info = command("info", _("show what a file holds"))
    info.add_argument("file", type=Path, metavar=_("FILE"), help=_("a perfdesk file"))
    info.add_argument("--json", action="store_true", help=_("as JSON"))
    return parser


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.command != "export":
        return
    outputs = [path for path in (options.pdf, options.xlsx, options.json) if path]
    if not outputs:
        parser.error(_("name at least one of --pdf, --xlsx and --json"))
    if len({real_place(path) for path in outputs}) < len(outputs):
        parser.error(_("the outputs need different names"))
    if (options.pdf or options.xlsx) and options.year is None:
        parser.error(_("--pdf and --xlsx need --year"))


def _new(options: argparse.Namespace) -> None:
    planning.new_file(
        options.file, name=options.name, kind=options.kind, year=options.year, layout=options.layout or ""
    )


def _import(options: argparse.Namespace) -> None:
    importing.import_file(options.data, options.file)


def _export(options: argparse.Namespace) -> None:
    with files.open_store(options.file, writable=False) as store:
        municipality = store.load()
    # everything is made before anything is written
    outputs: dict[Path, bytes] = {}
    if options.year is not None:
        ctx = exporting.programme_context(municipality, options.year, options.layout)
        if options.pdf:
            outputs[options.pdf] = exporting.book(ctx)
        if options.xlsx:
            outputs[options.xlsx] = exporting.workbook(ctx)
    if options.json:
        outputs[options.json] = exporting.exchange_data(municipality)
    exporting.save(outputs, source=options.file)


def _tables(options: argparse.Namespace) -> None:
    with files.open_store(options.file, writable=False) as store:
        ctx = exporting.programme_context(store.load(), options.year, options.layout)
    data = exporting.tables_data(ctx)
    if options.json:
        _print_json(data)
        return
    shown = []
    for table in data:
        lines = [*table["header"], *(row["cells"] for row in table["rows"])]
        content = "\n".join("\t".join(text.replace("\n", " ") for text in line).rstrip() for line in lines)
        shown.append(f"{table['caption']}\n{content}\n\n")
    _show("".join(shown))


def _info(options: argparse.Namespace) -> None:
    with files.open_store(options.file, writable=False) as store:
        data = exporting.info(store.load())
    if options.json:
        _print_json(data)
        return
    text = f"{data['administration']}\n"
    for programme in data["programmes"]:
        line = _(
            "{year}: layout {layout}, {targets} targets, {indicators} indicators, {activities} activities, "
            "{cost_sheets} cost sheets, {resource_tables} resource tables"
        )
        text += line.format(**programme) + "\n"
    _show(text)


def _print_json(data: object) -> None:
    _show(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _show(text: str) -> None:
    """Write a result to standard output, all of it.

    Raises:
        UserError: it is closed, or what it leads to is full.
    """
    # None where the program was started without one
    if sys.stdout is None:
        raise _closed()
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever reads has seen enough
        _let_go(sys.stdout)
    except OSError as error:
        _let_go(sys.stdout)
        if error.errno == errno.EBADF:
            raise _closed() from error
        raise UserError(
            N_("The result could not be written to standard output: {reason}."), reason=system_reason(error)
        ) from error


def _closed() -> UserError:
    return UserError(N_("The result could not be shown: standard output is closed."))


def _complain(text: str) -> None:
    """Write to standard error; where nobody can be told, the exit status says it."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _let_go(sys.stderr)


def _let_go(stream: IO[str]) -> None:
    """Lead what a stream still holds nowhere: python would complain again when it flushes at exit."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _prepare_streams() -> None:
    """Write UTF-8 whatever the locale says; without a standard error, complaints go nowhere."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _translate_argparse() -> None:
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, paths.data("translations"))
    gettext.textdomain(DOMAIN)
