"""A desk of its own: a virtual screen with a window manager, a Turkish keyboard, a mouse, and the program on it.

The program is started as a person starts it and is reached through the X server alone. Waiting is for something that
can be seen, on the screen or on the disk, never for a time.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageChops, ImageGrab

TOOLS: Final = ("Xvfb", "openbox", "xdotool", "setxkbmap", "pdftotext")
SCREEN: Final = (1366, 768)
# nothing a clerk does takes so long; two shared cores may be busy with something else, in seconds
_LONGEST: Final = 30.0
_LOOK: Final = 0.05
# the picture stands still so long before a screenshot
_STILL: Final = 0.2
_DELAY: Final = "4"
_KEYS: Final = {"\t": "Tab", "\n": "Return"}
# a text cursor is no wider, in pixels
_CURSOR: Final = 3
_FAILED: Final = "not seen"


def missing() -> list[str]:
    """Return the tools that are not on this machine."""
    return [tool for tool in TOOLS if not shutil.which(tool)]


class NotSeenError(AssertionError):
    """What was waited for did not come."""


class Desk:
    """The screen, what stands on it, and the hands. Use it as a context."""

    def __init__(self, home: Path, shots: Path) -> None:
        self.home = home
        self.shots = shots
        self._taken = 0
        self._processes: list[subprocess.Popen[bytes]] = []
        self.program: subprocess.Popen[bytes] | None = None
        self._clipboard: subprocess.Popen[bytes] | None = None
        shots.mkdir(parents=True, exist_ok=True)
        documents = home / "Belgeler"
        documents.mkdir(parents=True, exist_ok=True)
        config = home / ".config"
        config.mkdir()
        (config / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/Belgeler"\n', "utf-8")
        foreign = ("QT_", "PERFDESK_", "XDG_", "LC_", "LANG", "WAYLAND_", "PYTEST_", "DBUS_")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(foreign)},
            "LC_ALL": "C.UTF-8",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(config),
            "XDG_DATA_HOME": str(home / ".local/share"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_RUNTIME_DIR": str(home / "run"),
        }
        (home / "run").mkdir(mode=0o700)

    def __enter__(self) -> "Desk":
        try:
            self._start_screen()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Put everything away, whatever state it is in."""
        for process in reversed(self._processes):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(5)
        self._processes.clear()

    # --- the screen -------------------------------------------------------------------------------------------------

    def _start_screen(self) -> None:
        width, height = SCREEN
        reading, writing = os.pipe()
        # without -noreset the server begins anew when its only client leaves: a look that is over before the window
        # manager is there would cut the window manager off
        command = ["Xvfb", "-displayfd", str(writing), "-noreset", "-nolisten", "tcp"]
        command += ["-screen", "0", f"{width}x{height}x24"]
        self._begin(command, "screen", pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as told:
            # a free number is chosen by the server itself
            self.environment["DISPLAY"] = f":{told.readline().strip()}"
        self._begin(["openbox", "--sm-disable"], "windows")
        self.until(lambda: self._says("xdotool", "get_desktop"), "the window manager")
        # the window manager brings a keyboard of its own
        self._do("setxkbmap", "tr")

    def _begin(
        self, command: Sequence[str], name: str, pass_fds: Sequence[int] = (), **environment: str
    ) -> "subprocess.Popen[bytes]":
        """Start a process that stays; what it says goes into a file of that name."""
        with self._log(name).open("ab") as log:
            process = subprocess.Popen(
                command,
                env={**self.environment, **environment},
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=pass_fds,
            )
        self._processes.append(process)
        return process

    def _do(self, *command: str) -> str:
        done = self._run(command)
        assert not done.returncode, f"{' '.join(command)}: {done.stderr}"
        return done.stdout

    def _says(self, *command: str) -> str:
        """Return what a command says; nothing where it fails."""
        done = self._run(command)
        return "" if done.returncode else done.stdout.strip()

    def _run(self, command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=_LONGEST, check=False
        )

    # --- the program ------------------------------------------------------------------------------------------------

    def start(self, *arguments: str) -> None:
        """Start the program and wait for its window."""
        command = [sys.executable, "-X", "faulthandler", "-m", "perfdesk", *arguments]
        # a Turkish machine's, for Qt's own words and dates
        self.program = self._begin(command, "program", LC_ALL="", LANG="tr_TR.UTF-8")
        self.window("perfdesk")

    def stopped(self) -> int:
        """Wait until the program has ended and return how."""
        assert self.program is not None
        self.until(lambda: self.program.poll() is not None, "the end of the program")  # type: ignore[union-attr] # above
        return int(self.program.returncode)

    def said(self) -> str:
        """Return what the program wrote to its terminal: tracebacks, and what Qt grumbles about."""
        return self._said_by("program")

    def _said_by(self, name: str) -> str:
        log = self._log(name)
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def _log(self, name: str) -> Path:
        return self.home / f"{name}.log"

    # --- waiting ----------------------------------------------------------------------------------------------------

    def until(self, look: Callable[[], Any], what: str, longest: float = _LONGEST) -> Any:
        """Look again and again until there is something to be seen, and return it."""
        end = time.monotonic() + longest
        while not (seen := look()):
            if time.monotonic() > end:
                self.shot(_FAILED)
                said = (f"{name}: {self._said_by(name)}" for name in ("screen", "windows", "program"))
                raise NotSeenError("\n".join((f"not seen: {what}", *said)))
            time.sleep(_LOOK)
        return seen

    def window(self, title: str) -> str:
        """Wait for a window by a part of its title, in front and with the keyboard; return its number."""
        wanted = re.escape(title)

        def look() -> str:
            active = self._says("xdotool", "getactivewindow")
            found = self._says("xdotool", "search", "--onlyvisible", "--name", wanted).split()
            return active if active in found else ""

        return str(self.until(look, f"a window “{title}”"))

    def gone(self, title: str) -> None:
        """Wait until no window has this in its title."""
        wanted = re.escape(title)
        self.until(
            lambda: not self._says("xdotool", "search", "--onlyvisible", "--name", wanted), f"“{title}” to be closed"
        )

    @property
    def title(self) -> str:
        """The title of the window in front."""
        return self._says("xdotool", "getactivewindow", "getwindowname")

    def picture(self) -> Image.Image:
        """Return what is on the screen now."""
        return ImageGrab.grab(xdisplay=self.environment["DISPLAY"])

    def still(self) -> Image.Image:
        """Wait until the screen stands still, but for what blinks in a line, and return it."""
        end = time.monotonic() + _LONGEST
        before, since = self.picture(), time.monotonic()
        while time.monotonic() < end:
            time.sleep(_LOOK)
            now = self.picture()
            changed = ImageChops.difference(before, now).getbbox()
            if changed and changed[2] - changed[0] > _CURSOR:
                before, since = now, time.monotonic()
            elif time.monotonic() - since >= _STILL:
                return now
        raise NotSeenError("the screen never stands still")

    def shot(self, name: str) -> Path:
        """Keep a picture of the screen, once it stands still."""
        self._taken += 1
        path = self.shots / f"{self._taken:02} {name}.png"
        (self.picture() if name == _FAILED else self.still()).save(path)
        return path

    # --- hands ------------------------------------------------------------------------------------------------------

    def key(self, *names: str, times: int = 1) -> None:
        """Press keys, each by its name of X: Return, ctrl+z, KP_Separator."""
        self._do("xdotool", "key", "--delay", _DELAY, *(names * times))

    def type(self, text: str) -> None:
        """Type a text; tabs and line ends are the keys."""
        for part in re.findall(r"[\t\n]|[^\t\n]+", text):
            if part in _KEYS:
                self.key(_KEYS[part])
            else:
                self._do("xdotool", "type", "--delay", _DELAY, "--", part)

    def click(self, x: int, y: int, *, times: int = 1, button: int = 1) -> None:
        """Click at a place of the screen."""
        self._do("xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(times), "--delay", "60", str(button))

    # --- the clipboard ----------------------------------------------------------------------------------------------

    def copy_elsewhere(self, html: Path, text: Path) -> None:
        """Let another program own the clipboard with cells in it, as a spreadsheet does when they are copied."""
        if self._clipboard is not None:
            self._clipboard.terminate()
            self._clipboard.wait(5)
        command = [sys.executable, str(Path(__file__).with_name("spreadsheet.py")), str(html), str(text)]
        told = self.home / "copied"
        told.unlink(missing_ok=True)
        self._clipboard = self._begin([*command, str(told)], "spreadsheet")
        self.until(told.exists, "the copied cells")
