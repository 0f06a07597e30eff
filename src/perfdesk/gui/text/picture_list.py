"""The pictures of a file as a list: small, with name, size and where each is used. Names are changed in place."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QListView, QWidget

from perfdesk.domain.administration import Picture
from perfdesk.domain.programme import Municipality
from perfdesk.gui.text.thumbnails import Thumbnails
from perfdesk.i18n import _
from perfdesk.services.book import pictures

_ICON: Final = QSize(112, 84)
_Index = QModelIndex | QPersistentModelIndex


class PictureModel(QAbstractListModel):
    """The pictures of a snapshot. ``renamed`` carries a picture's row in the file and the name typed."""

    renamed = Signal(int, str)

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._pictures: tuple[Picture, ...] = ()
        self._details: dict[str, str] = {}
        self._thumbnails = Thumbnails()
        self.read_only = False

    def show_pictures(self, municipality: Municipality) -> None:
        """Show the pictures of now; the list is built anew only where others are in it."""
        same = [p.id for p in self._pictures] == [p.id for p in municipality.pictures]
        if not same:
            self.beginResetModel()
        self._pictures = municipality.pictures
        self._details = {picture.id: self._told(municipality, picture) for picture in municipality.pictures}
        if not same:
            self.endResetModel()
        elif self._pictures:
            self.dataChanged.emit(self.index(0), self.index(len(self._pictures) - 1))

    def picture(self, index: _Index) -> Picture | None:
        """Return the picture of an index."""
        return self._pictures[index.row()] if index.isValid() else None

    def place_of(self, id_: str) -> QModelIndex:
        """Return the index of a picture; an invalid one if it is not there."""
        return next((self.index(n) for n, p in enumerate(self._pictures) if p.id == id_), QModelIndex())

    def _told(self, municipality: Municipality, picture: Picture) -> str:
        size = self._thumbnails.size(picture)
        points = (
            _("{width} × {height} points").format(width=size.width(), height=size.height())
            if size.isValid()
            else _("The picture cannot be shown")
        )
        places = "; ".join(map(pictures.place_name, pictures.uses(municipality, picture.id)))
        return f"{points}\n{places}" if places else points + "\n" + _("not used")

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._pictures)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags if self.read_only or not index.isValid() else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        picture = self.picture(index)
        if picture is None:
            return None
        if role == Qt.ItemDataRole.EditRole:
            return picture.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(picture)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{picture.name}\n{self._details[picture.id]}"
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        picture = self.picture(index)
        if picture is None or role != Qt.ItemDataRole.EditRole or value == picture.name:
            return False
        self.renamed.emit(picture.row, str(value))
        return True

    def _icon(self, picture: Picture) -> QPixmap:
        """Return a picture in the middle of a field, so that the names stand below each other."""
        ratio = self._view.devicePixelRatioF()
        field = QPixmap(_ICON * ratio)
        field.setDevicePixelRatio(ratio)
        field.fill(Qt.GlobalColor.transparent)
        size = self._thumbnails.shown(picture, _ICON.width(), _ICON.height())
        if size.isValid():
            painter = QPainter(field)
            corner = QPointF((_ICON.width() - size.width()) / 2, (_ICON.height() - size.height()) / 2)
            painter.drawPixmap(corner, self._thumbnails.pixmap(picture, size, ratio))
            painter.end()
        return field


class PictureList(QListView):
    """Shows the pictures; ``chosen`` carries the id of the one taken with Enter or a double click."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = PictureModel(self)
        self.setModel(self.pictures)
        self.setIconSize(_ICON)
        self.setSpacing(4)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        # a double click takes a picture, F2 changes its name
        self.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.activated.connect(self._choose)

    def show_pictures(self, municipality: Municipality) -> None:
        """Show the pictures of now; the one in hand stays so."""
        in_hand, row = self.current_id(), self.currentIndex().row()
        self.pictures.show_pictures(municipality)
        if not in_hand or self.current_id() == in_hand:
            return
        if not self.select_picture(in_hand) and self.pictures.rowCount():
            # where the one in hand was deleted its neighbour is
            self._set_current(self.pictures.index(min(row, self.pictures.rowCount() - 1)))

    def setReadOnly(self, read_only: bool) -> None:
        """Let names be read only."""
        self.pictures.read_only = read_only

    def current_id(self) -> str:
        """Return the id of the picture in hand, or ""."""
        picture = self.pictures.picture(self.currentIndex())
        return picture.id if picture else ""

    def select_picture(self, id_: str) -> bool:
        """Take a picture in hand; tell whether it is there."""
        index = self.pictures.place_of(id_)
        if index.isValid():
            self._set_current(index)
        return index.isValid()

    def _set_current(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _choose(self, index: QModelIndex) -> None:
        picture = self.pictures.picture(index)
        if picture:
            self.chosen.emit(picture.id)
