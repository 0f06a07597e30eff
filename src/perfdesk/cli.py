"""The command line: everything a person can do without a window. Never imports Qt."""

import argparse
import contextlib
import gettext
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from perfdesk import __version__, paths
from perfdesk.domain.administration import KINDS
from perfdesk.domain.errors import UserError
from perfdesk.i18n import DOMAIN, N_, _, language
from perfdesk.services import exporting, importing, planning
from perfdesk.storage import files
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
    _speak_utf8()
    _translate_argparse()
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        _check(parser, options)
    except SystemExit as leaving:
        # argparse has said why; its status is already ours
        return int(leaving.code or DONE)
    commands = {"new": _new, "import": _import, "export": _export, "tables": _tables, "info": _info}
    try:
        commands[options.command](options)
        sys.stdout.flush()
    except UserError as error:
        sys.stderr.write(f"{error.sentence()}\n")
        return REFUSED
    except BrokenPipeError:
        # whoever reads has seen enough; python would complain again when it flushes at exit
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
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
    if len({path.absolute() for path in outputs}) < len(outputs):
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
    for table in data:
        lines = [*table["header"], *(row["cells"] for row in table["rows"])]  # type: ignore[misc,attr-defined] # as tables_data makes them
        shown = "\n".join("\t".join(text.replace("\n", " ") for text in line).rstrip() for line in lines)
        sys.stdout.write(f"{table['caption']}\n{shown}\n\n")


def _info(options: argparse.Namespace) -> None:
    with files.open_store(options.file, writable=False) as store:
        data = exporting.info(store.load())
    if options.json:
        _print_json(data)
        return
    sys.stdout.write(f"{data['administration']}\n")
    for programme in data["programmes"]:  # type: ignore[attr-defined] # as info makes it
        sys.stdout.write(
            _(
                "{year}: layout {layout}, {targets} targets, {indicators} indicators, {activities} activities, "
                "{cost_sheets} cost sheets, {resource_tables} resource tables"
            ).format(**programme)
            + "\n"
        )


def _print_json(data: object) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _translate_argparse() -> None:
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, paths.data("translations"))
    gettext.textdomain(DOMAIN)
