import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from tests.example import example

from perfdesk.gui.text.picture_list import PictureList


@pytest.mark.parametrize("read_only", [False, True])
def test_the_list_of_pictures_keeps_qts_rules(qtbot, read_only):
    pictures = PictureList()
    qtbot.addWidget(pictures)
    pictures.setReadOnly(read_only)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    # its warnings are caught by pytest-qt
    tester = QAbstractItemModelTester(pictures.pictures, mode)
    with qtbot.captureExceptions() as exceptions:
        pictures.show_pictures(example())
    assert tester.model() is pictures.pictures
    assert exceptions == []
    assert not pictures.pictures.flags(QModelIndex())
