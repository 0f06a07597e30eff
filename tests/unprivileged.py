"""Running a function as an ordinary user, whatever runs the tests."""

import codecs
import os
import pickle
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")
NOBODY = 65534

needs_users = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system knows no other users to run as")


def as_ordinary_user(function: Callable[[], T], folder: Path, *, hand_over: bool = True) -> T:
    """Return what the function returns; as root, in a child process that has given up root's rights.

    ``folder`` is opened for the user; with ``hand_over`` it and all in it become hers.
    """
    if os.getuid() != 0:
        return function()
    if hand_over:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    for above in folder.parents:
        if not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)
    # Python reads a codec when it is first asked for, and its own folder may be one that only the tester may search
    codecs.lookup("utf-16-le")
    end, start = os.pipe()
    child = os.fork()
    if not child:
        # from here on nothing may reach the test runner in this process
        try:
            os.close(end)
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            result: tuple[bool, object] = (True, function())
        except BaseException:
            result = (False, traceback.format_exc())
        try:
            with os.fdopen(start, "wb") as pipe:
                pickle.dump(result, pipe)
        finally:
            os._exit(0)
    os.close(start)
    with os.fdopen(end, "rb") as pipe:
        returned, value = pickle.load(pipe)
    os.waitpid(child, 0)
    assert returned, value
    return value
