"""Qt's texts and those of ``.ui`` files, from the one gettext catalogue."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from perfdesk import i18n

_KEYS: Final = {key: key for key in ("Ctrl", "Shift", "Alt", "Del", "Enter", "Home", "End", "Esc", "PgUp")} | {
    "PgDown": "PgDn",
    "Return": "Enter",
}


class CatalogueTranslator(QTranslator):
    """Answers Qt's questions for a text from our catalogue."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # type: ignore[override]
        """Return the text in the user's language; None, not "", leaves it to the next translator."""
        del disambiguation, n
        # keys are called what is printed on them, in Turkey too
        if context == "QShortcut" and source in _KEYS:
            return _KEYS[source]
        shown = i18n._(source)
        return shown if shown != source else None


def install(application: QCoreApplication) -> None:
    """Translate Qt's own words, then ours: the translator installed last is asked first.

    Dates and numbers in Qt's own dialogs are written as the language does, whatever the system's is.
    """
    QLocale.setDefault(QLocale(i18n.language()))
    for former in application.findChildren(QTranslator):
        application.removeTranslator(former)
        former.deleteLater()
    qt = QTranslator(application)
    if qt.load(f"qtbase_{i18n.language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qt)
    application.installTranslator(CatalogueTranslator(application))
