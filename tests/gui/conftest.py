"""A small municipality with what the window must cope with, its session and its window."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from perfdesk.domain.administration import Administration, Unit
from perfdesk.domain.costs import CostLine, CostSheet, Transfer
from perfdesk.domain.plan import Goal, Objective, Plan
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, Target
from perfdesk.domain.value import Value, ValueKind
from perfdesk.gui import application
from perfdesk.gui.dialogs import unsaved
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.session import Session
from perfdesk.storage import files


def indicator(n, **fields):
    values = {
        (2025, ValueKind.REALISED): Value(Decimal(10 * n)),
        (2026, ValueKind.ESTIMATE): Value(mark="-"),
        (2027, ValueKind.TARGET): Value(text="60 bin"),
    }
    return Indicator(f"i{n}", name=f"Gösterge {n}", unit="adet", values=values, **fields)


def lines(**amounts):
    return tuple(CostLine(code[1:], Decimal(amount)) for code, amount in amounts.items())


MUNICIPALITY = Municipality(
    Administration("Güneyçam Belediyesi", "district", province="Çamlı"),
    units=(
        Unit("u1", "Fen İşleri Müdürlüğü", "FİM"),
        Unit("u2", "Park ve Bahçeler Müdürlüğü"),
        Unit("u3", "Mali Hizmetler Müdürlüğü"),
        Unit("u4", "Yazı İşleri Müdürlüğü"),
    ),
    plans=(
        Plan(
            2025,
            2029,
            goals=(
                Goal("g1", title="Yeşil kent", objectives=(Objective("o1", title="Kişi başına yeşil alanı artırmak"),)),
            ),
        ),
    ),
    programmes=(
        Programme(2026, targets=(Target("t1", "o1", title="Geçen yılın hedefi"),)),
        Programme(
            2027,
            targets=(
                Target(
                    "t1",
                    "o1",
                    title="Ağaçlandırmayı artırmak",
                    description="Yol kenarları ağaçlandırılacaktır.",
                    indicators=(indicator(1), indicator(2), indicator(3)),
                    activities=(
                        Activity("a1", name="Fidan dikimi"),
                        Activity("a2", name="Sulama hattı"),
                        Activity("a3", name="Bakım"),
                    ),
                    cost_sheets=(
                        CostSheet(
                            ("a1",),
                            ("u2",),
                            lines=lines(c01="2400000", c03="3150000"),
                            transfers=(Transfer("İl Özel İdaresi", "05", Decimal("500.00")),),
                        ),
                        CostSheet(("a2", "a3"), ("u1", "u2"), lines=lines(c06="4500000"), off_budget={}),
                    ),
                ),
                Target("t2", "o1", title="İkinci hedef", activities=(Activity("a9", name="Ölçüm"),)),
            ),
        ),
    ),
)


@pytest.fixture
def file(tmp_path):
    """A new file with the small municipality."""
    path = tmp_path / "Güneyçam.perfdesk"
    files.create(path, MUNICIPALITY)
    return path


@pytest.fixture(autouse=True)
def own_settings(tmp_path):
    """Settings of the test's own: neither the user's are read nor changed."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture(autouse=True)
def closing(monkeypatch):
    """Nobody is there to answer: windows close all the same, once the question is gone. What was asked is noted."""
    asked = []

    def ask(_parent, _question, entries, *, go_on, **_others):
        asked.append(entries)
        QTimer.singleShot(0, go_on)

    monkeypatch.setattr(unsaved, "ask", ask)
    return asked


@pytest.fixture(scope="session")
def qapp_cls():
    """Qt's application, with our languages and colours as soon as it is there."""

    class Application(QApplication):
        def __init__(self, arguments):
            super().__init__(arguments)
            application.prepare(self)

    return Application


@pytest.fixture
def session(qapp, file):
    """The open file."""
    session = Session(files.open_store(file, writable=True))
    yield session
    session.close()


@pytest.fixture
def reading(qapp, file):
    """The file open for reading only."""
    session = Session(files.open_store(file, writable=False))
    yield session
    session.close()


@pytest.fixture
def window(qtbot, file):
    """The window with the file open, shown, on the first target."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 740)
    window.show()
    window.open_path(file)
    qtbot.waitExposed(window)
    yield window
    window.close()
    # it may have asked first, and closes with the answer
    QApplication.processEvents()
