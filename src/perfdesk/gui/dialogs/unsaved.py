"""Asks before typed entries that could not be saved are lost with the closing of a file."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QMessageBox, QWidget

from perfdesk.i18n import _

# as many sentences as can be read at a glance
_SHOWN: Final = 4


def close_all_the_same(parent: QWidget, sentences: Sequence[str]) -> bool:
    """Ask whether to close although these entries were refused and wait to be mended."""
    box = QMessageBox(
        QMessageBox.Icon.Warning, "perfdesk", _("{count} entries were not saved.").format(count=len(sentences))
    )
    box.setParent(parent, box.windowFlags())
    more = _("… and {count} more.").format(count=len(sentences) - _SHOWN) if len(sentences) > _SHOWN else ""
    lines = [f"•  {sentence}" for sentence in sentences[:_SHOWN]]
    box.setInformativeText("\n".join([*lines, *filter(None, [more])]))
    back = box.addButton(_("&Go back to them"), QMessageBox.ButtonRole.RejectRole)
    close = box.addButton(_("&Close all the same"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    box.exec()
    return box.clickedButton() is close
