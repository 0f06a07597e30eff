"""The command line: everything a person can do without a window. Never imports Qt."""

import argparse
import contextlib
import errno
import gettext
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Final

from perfdesk import __version__, paths
from perfdesk.domain.administration import KINDS
from perfdesk.domain.errors import UserError, system_reason
from perfdesk.i18n import DOMAIN, N_, _, language
from perfdesk.services import changes, planning, versions
from perfdesk.services.files import importing
from perfdesk.services.output import exporting, finding_unit
from perfdesk.storage import files
from perfdesk.storage.publishing import real_place
from perfdesk.storage.store import Store
from perfdesk.tables.context import Context
from perfdesk.tables.control.content import Control
from perfdesk.tables.layout import LAYOUTS

DONE: Final = 0
REFUSED: Final = 1
USAGE: Final = 2
# asked to with --fail-on
FOUND: Final = 3

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
# the paper that tells of two versions instead of one year
_CHANGES: Final = "changes"
# of findings, the gravest first
_GRAVITY: Final = ("error", "warning", "info")
COMMANDS: Final = ("new", "import", "export", "tables", "check", "info")


def run(arguments: Sequence[str]) -> int:
    """Run a command and return the exit status: 0 done, 1 refused with a sentence, 2 wrong usage, 3 found as asked."""
    _prepare_streams()
    _translate_argparse()
    parser = _parser()
    commands: dict[str, Callable[[argparse.Namespace], int | None]] = {
        "new": _new,
        "import": _import,
        "export": _export,
        "tables": _tables,
        "check": _check_year,
        "info": _info,
    }
    try:
        options = parser.parse_args(arguments)
        _check(parser, options)
        return commands[options.command](options) or DONE
    except SystemExit as leaving:
        # argparse has said why; its status is already ours
        return int(leaving.code or DONE)
    except UserError as error:
        _complain(f"{error.sentence()}\n")
        return REFUSED


class _Parser(argparse.ArgumentParser):
    """Argparse writing as the commands do; its own writing knows no closed or full streams."""

    def _print_message(self, message: str, file: object = None) -> None:
        if file is sys.stdout:
            _show(message)
        else:
            _complain(message)


def _parser() -> argparse.ArgumentParser:
    # only commands need them: the window opens sooner without them
    from perfdesk.documents.papers import PAPERS

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

    export = command("export", _("write the book, the workbook, a short paper, or all data"))
    export.add_argument("file", type=Path, metavar=_("FILE"), help=_("a perfdesk file"))
    export.add_argument("--year", type=int, help=_("year of the programme"))
    add_layout(export)
    export.add_argument("--pdf", type=Path, help=_("write the book here, or the paper"))
    export.add_argument("--docx", type=Path, help=_("write the book here, to be edited with Word"))
    export.add_argument("--xlsx", type=Path, help=_("write the workbook here, or the paper's"))
    export.add_argument("--json", type=Path, help=_("write the whole file's data here"))

    export.add_argument("--paper", choices=(*PAPERS, _CHANGES), help=_("a short paper instead of the book"))
    export.add_argument("--unit", help=_("name of the spending unit whose file is written"))
    export.add_argument(
        "--version",
        type=int,
        metavar="N",
        help=_("the version submitted to the council, instead of the year as it is now"),
    )
    export.add_argument("--from", dest="old", type=int, metavar="N", help=_("the version that changes are told since"))
    export.add_argument(
        "--to", dest="new", type=int, metavar="M", help=_("the version they are told to; otherwise now")
    )

    tables = command("tables", _("show the tables of a programme"))
    tables.add_argument("file", type=Path, metavar=_("FILE"), help=_("a perfdesk file"))
    tables.add_argument("--year", type=int, required=True, help=_("year of the programme"))
    add_layout(tables)
    tables.add_argument("--json", action="store_true", help=_("as JSON"))

    check = command("check", _("check a programme and say what an auditor would find"))
    check.add_argument("file", type=Path, metavar=_("FILE"), help=_("a perfdesk file, or exchange data"))
    check.add_argument("--year", type=int, required=True, help=_("year of the programme"))
    check.add_argument("--json", action="store_true", help=_("as JSON"))
    check.add_argument(
        "--fail-on",
        choices=_GRAVITY,
        help=_("leave with status 3 where something this grave is found"),
    )

    info = command("info", _("show what a file holds"))
    info.add_argument("file", type=Path, metavar=_("FILE"), help=_("a perfdesk file"))
    info.add_argument("--json", action="store_true", help=_("as JSON"))
    return parser


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.command != "export":
        return
    outputs = [path for path in (options.pdf, options.docx, options.xlsx, options.json) if path]
    if not outputs:
        parser.error(_("name at least one of --pdf, --docx, --xlsx and --json"))
    if len({real_place(path) for path in outputs}) < len(outputs):
        parser.error(_("the outputs need different names"))
    of_year = options.pdf or options.docx or options.xlsx
    if of_year and options.year is None:
        parser.error(_("--pdf, --docx and --xlsx need --year"))
    if options.version is not None and not of_year:
        parser.error(_("--version needs --pdf, --docx or --xlsx"))
    _check_paper(parser, options)


def _check_paper(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    from perfdesk.documents.papers import PAPERS

    paper = options.paper
    if paper and (options.docx or not (options.pdf or options.xlsx)):
        parser.error(_("--paper is written with --pdf or --xlsx"))
    if bool(options.unit) != (paper in PAPERS and PAPERS[paper].of_unit):
        parser.error(_("--unit names the unit of --paper unit_file, which needs it"))
    if (options.old is not None) != (paper == _CHANGES) or (options.new is not None and paper != _CHANGES):
        parser.error(_("--from and --to name the versions of --paper changes, which needs --from"))
    if options.layout and (paper == _CHANGES or options.version is not None):
        parser.error(_("a version is printed in the layout it was submitted with: leave out --layout"))
    if paper == _CHANGES and options.version is not None:
        parser.error(_("--paper changes takes --from and --to instead of --version"))


def _new(options: argparse.Namespace) -> None:
    planning.new_file(
        options.file, name=options.name, kind=options.kind, year=options.year, layout=options.layout or ""
    )


def _import(options: argparse.Namespace) -> None:
    importing.import_file(options.data, options.file)


def _export(options: argparse.Namespace) -> None:
    # everything is made before anything is written
    outputs: dict[Path, bytes] = {}
    with files.open_store(options.file, writable=False) as store:
        if options.paper == _CHANGES:
            outputs |= _changes(store, options)
        elif options.year is not None:
            outputs |= _programme(store, options)
        if options.json:
            outputs[options.json] = exporting.exchange_data(versions.whole(store))
    exporting.save(outputs, source=options.file)


def _programme(store: Store, options: argparse.Namespace) -> dict[Path, bytes]:
    """Return the outputs of a year, as it is now or as it was submitted to the council."""
    year, number, stamp = options.year, options.version, ""
    if number is None:
        ctx = exporting.programme_context(store.load(), year, options.layout)
    else:
        ctx = versions.version_context(store, year, number)
        stamp = versions.stamp_of(store, year, number)
    outputs: dict[Path, bytes] = {}
    control = _control(store, ctx, options, stamp)
    if options.paper:
        unit = finding_unit.unit_named(ctx.municipality.units, options.unit).id if options.unit else ""
        for path, file_format in ((options.pdf, exporting.PDF), (options.xlsx, exporting.XLSX)):
            if path:
                outputs[path] = exporting.paper(
                    ctx, options.paper, unit=unit, file_format=file_format, stamp=stamp, control=control
                )
        return outputs
    if options.pdf:
        outputs[options.pdf] = exporting.book(ctx, stamp=stamp)
    if options.docx:
        outputs[options.docx] = exporting.word(ctx, stamp=stamp)
    if options.xlsx:
        outputs[options.xlsx] = exporting.workbook(ctx, stamp=stamp, control=control)
    return outputs


def _control(store: Store, ctx: Context, options: argparse.Namespace, stamp: str) -> Control | None:
    """Return what the checks find in a year, its results held against what was decided; None where nothing tells it."""
    from perfdesk.documents.papers import PAPERS
    from perfdesk.services.control import checking
    from perfdesk.services.output import controlling

    of_findings = PAPERS[options.paper].of_findings if options.paper else bool(options.xlsx and not stamp)
    if not of_findings:
        return None
    frozen = None if stamp else checking.decided(store, ctx.municipality, options.year)
    return controlling.control(ctx, checking.check_context(ctx, frozen), stamp=stamp)


def _changes(store: Store, options: argparse.Namespace) -> dict[Path, bytes]:
    """Return what has changed between two versions, or since one."""
    outputs: dict[Path, bytes] = {}
    if options.pdf:
        outputs[options.pdf] = changes.changes_book(store, options.year, options.old, options.new)
    if options.xlsx:
        outputs[options.xlsx] = changes.changes_workbook(store, options.year, options.old, options.new)
    return outputs


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


def _check_year(options: argparse.Namespace) -> int:
    # only this command needs them
    from perfdesk.checks.finding import data_of
    from perfdesk.services.control import checking

    checked = checking.check_file(options.file, options.year)
    if options.json:
        _print_json([data_of(finding, checking.reason(checked, finding)) for finding in checked.findings])
    else:
        _show(checking.told(checked))
    grave = _GRAVITY[: _GRAVITY.index(options.fail_on) + 1] if options.fail_on else ()
    return FOUND if any(finding.severity in grave for finding in checked.open) else DONE


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
