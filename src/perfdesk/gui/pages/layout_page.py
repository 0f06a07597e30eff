"""The form of the print layout: one of the presets, its settings, and at once how they print."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Programme
from perfdesk.gui.dialogs import unsaved
from perfdesk.gui.fields.bind import Binding, BoundField
from perfdesk.gui.forms.ui_layout_page import Ui_LayoutPage
from perfdesk.gui.headings import make_quiet
from perfdesk.gui.layout.preset_buttons import PresetButtons
from perfdesk.gui.pages.page import Page
from perfdesk.gui.refused import Anchor, Row, Spot, Wrong, refusal
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing.fields import Choice
from perfdesk.services.layout import layout_catalogue, layout_example, layout_settings
from perfdesk.services.places import LAYOUT, Place
from perfdesk.tables.form import DEFAULT_FORM, FORMS, load_form
from perfdesk.tables.layout import DEFAULT_LAYOUT, layout_of, value_of

# below this width, in average letters, list and example stand one above the other
_SIDE_BY_SIDE: Final = 90
# the form's name among those that entries are refused in
_FORM: Final = "layout_settings"
# as many settings as a sentence can name
_MOST_NAMED: Final = 6


class LayoutPage(Page):
    """Baskı düzeni."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ui = ui = Ui_LayoutPage()
        self.add_content(ui)
        # the list and the example take what the window has, not the blank at its foot
        self.frame.column.setStretch(self.frame.column.indexOf(self.frame.body), 1)
        self.frame.column.setStretch(self.frame.column.count() - 1, 0)
        make_quiet(ui.left_behind)
        self._editor_height = ui.editor.minimumHeight()
        self._programme: Programme | None = None
        self._drawn: object = None
        self._settings: dict[str, layout_catalogue.Described] = {}
        # what was refused stays with its year and setting until it is mended or given up
        self._refused = session.refused
        self._last_changed = ""
        self._bind_form()
        self.presets = self._add_presets()
        for kind in layout_example.EXAMPLES:
            named = layout_catalogue.TABLE_NAMES.get(kind, N_("Headings and their numbers"))
            ui.shown.addItem(_(named), kind)
        # beside the list of settings there may be less room than its longest entry needs
        ui.shown.setToolTip(ui.shown.currentText())
        ui.shown.currentTextChanged.connect(ui.shown.setToolTip)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self._show_example)
        ui.find.textChanged.connect(ui.settings.search)
        ui.find.returnPressed.connect(ui.settings.setFocus)
        ui.settings.picked.connect(self._pick)
        ui.settings.wanted.connect(lambda _key: ui.editor.take_focus())
        ui.editor.follow(ui.settings)
        ui.editor.given.connect(self._write)
        ui.editor.reset.connect(self._reset)
        ui.reset_all.clicked.connect(self._reset_all)
        ui.shown.activated.connect(lambda _at: self._due.start())

    def _bind_form(self) -> None:
        """Offer the forms: which parts the book of the year has, and in which words."""
        names = {name: _(layout_catalogue.FORM_NAMES.get(name, name)) for name in sorted(FORMS)}

        def show(programme: Programme) -> str:
            return names[load_form(programme.form).name]

        def write(programme: Programme, text: str) -> None:
            chosen = next((name for name, shown in names.items() if shown == text), DEFAULT_FORM)
            layout_settings.set_form(self.session.store, programme.row, chosen)

        def current() -> Programme | None:
            return self.session.context.programme if self.session.context else None

        field = BoundField(self.ui.form, show, write, lambda: [Choice(name, name) for name in names.values()])
        binding = Binding(self.session, current, {"form": field}, self, table="programme")
        binding.problem_said.connect(self.problem_said)
        self._bindings.append(binding)

    def _add_presets(self) -> PresetButtons:
        presets = PresetButtons(self)
        for number, (button, difference) in enumerate(presets.rows):
            button.setEnabled(not self.session.read_only)
            self.ui.presets.addWidget(button, number, 0)
            if difference is not None:
                self.ui.presets.addWidget(difference, number, 1)
        presets.follow(self.ui.form)
        presets.idClicked.connect(lambda _number: self._choose())
        return presets

    # --- showing ----------------------------------------------------------------------------------------------------

    def turn(self) -> None:
        """Take up another year."""
        if self._programme is not None and self.session.year != self._programme.year:
            self._programme = None

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        ctx, ui = self.session.context, self.ui
        if ctx is None:
            return
        before, self._programme = self._programme, ctx.programme
        self.say(
            _(
                "The form gives the book of {year} its parts and their words, the layout says how its tables are "
                "printed. Neither changes what has been entered."
            ).format(year=ctx.programme.year)
        )
        name = ctx.programme.layout or DEFAULT_LAYOUT
        self.presets.choose(name)
        self._note_change(before, ctx.programme)
        self._settings = {one.key: one for one in layout_catalogue.described(ctx.layout)}
        changed = ctx.programme.layout_settings
        ui.reset_all.setEnabled(bool(changed) and not self.session.read_only)
        ui.settings.show_settings(self._settings.values(), ctx.layout, changed, self._refused_here())
        self._show_setting()
        self._due.start()

    def _note_change(self, before: Programme | None, now: Programme) -> None:
        """Note which setting became another, and say what another layout has left behind."""
        left = ""
        if before is not None and before is not now:
            old, new = before.layout_settings, now.layout_settings
            changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
            self._last_changed = changed[0] if changed else self._last_changed
            if before.layout != now.layout:
                left = self._left_behind([key for key in old if key not in new])
            else:
                for key in changed:
                    # undo has written over what was refused there
                    self._refused.pop(_spot(now, key), None)
            if not changed and before.layout == now.layout:
                return
        self.ui.left_behind.setText(left)
        self.ui.left_behind.setVisible(bool(left))

    def _left_behind(self, keys: Sequence[str]) -> str:
        """Say which settings were changed by hand in the former layout and went with it."""
        names = [f"“{self._settings[key].name}”" for key in keys if key in self._settings]
        if not names:
            return ""
        listed = ", ".join(names[:_MOST_NAMED])
        if len(names) > _MOST_NAMED:
            listed = _("{names} and {count} more").format(names=listed, count=len(names) - _MOST_NAMED)
        return _(
            "Your changes to the former layout were dropped: {settings}. Only Undo (Ctrl+Z) brings them back."
        ).format(settings=listed)

    def _refused_here(self) -> dict[str, Wrong]:
        """Return what was refused in the year shown, by setting; another layout does not change that."""
        now = self._programme
        found = {key: self._refused.get(_spot(now, key)) for key in self._settings} if now is not None else {}
        return {key: wrong for key, wrong in found.items() if wrong is not None}

    def _show_setting(self, *, written: bool = False) -> None:
        ctx, one = self.session.context, self._settings.get(self.ui.settings.key())
        if ctx is None or one is None:
            return
        value, preset = value_of(ctx.layout, one.key), ""
        if one.key in ctx.programme.layout_settings:
            own = layout_of(Programme(0, form=ctx.programme.form, layout=ctx.programme.layout))
            preset = one.shown(value_of(own, one.key)) or _("nothing")
        refused = self._refused.get(_spot(ctx.programme, one.key))
        self.ui.editor.show_setting(
            one,
            refused.text if refused else one.typed(value),
            preset=preset,
            read_only=self.session.read_only,
            written=written,
        )
        self.ui.editor.tell(refused.error if refused else None)

    def _show_example(self) -> None:
        """Set the example anew where the programme or what is shown of it is another."""
        programme, kind = self._programme, self.ui.shown.currentData()
        one = self._settings.get(self.ui.settings.key())
        # shares stand at the right of a wide table
        at_end = one is not None and one.group == layout_catalogue.MONEY
        if programme is None or self._drawn == (id(programme), kind, at_end):
            return
        self._drawn = (id(programme), kind, at_end)
        shown = layout_example.example(self.session.municipality, programme, kind)
        self.ui.example.show_example(shown, at_end=at_end)

    def show_place(self, place: Place) -> None:
        """Go to the presets or to the setting that is another."""
        if place.column == "form":
            super().show_place(place)
        elif place.column == "layout_settings" and self._last_changed:
            self.ui.find.clear()
            self.ui.settings.put(self._last_changed)
            self.ui.settings.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.presets.checkedButton().setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _SIDE_BY_SIDE * self.fontMetrics().averageCharWidth()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self.ui.work.direction() != way:
            self.ui.work.setDirection(way)
            # beside the example the list does not jump with the height of each setting's field
            self.ui.editor.setMinimumHeight(0 if narrow else self._editor_height)

    def show_refused(self, spot: Spot) -> None:
        """Go to the setting."""
        self.ui.find.clear()
        self.ui.settings.put(spot.column)
        self.ui.editor.take_focus()

    # --- writing ----------------------------------------------------------------------------------------------------

    def commit(self) -> bool:
        """Write whatever is being typed."""
        done = super().commit()
        self.ui.editor.commit()
        return done

    def _choose(self) -> None:
        if self._programme is None:
            return
        # what is being typed belongs to the layout it was typed in
        self.ui.editor.commit()
        chosen, current = self.presets.chosen, self._programme.layout or DEFAULT_LAYOUT
        changed = self._programme.layout_settings
        if chosen == current or not changed:
            self._set_layout(chosen)
            return
        # until it is answered, the layout is what it was
        self.presets.choose(current)
        unsaved.ask(
            self.window(),
            _(
                "With another layout your changes to this one are dropped; choosing it again does not bring them back, "
                "only Undo (Ctrl+Z) does."
            ),
            self._changed_by_hand(),
            go_on=lambda: self._set_layout(chosen),
            go_on_text=_("&Choose the other layout"),
            show_first=None,
        )

    def _changed_by_hand(self) -> list[str]:
        """Return the settings that differ from the layout's own, each with its value."""
        ctx = self.session.context
        changed = ctx.programme.layout_settings if ctx else {}
        return [
            f"{one.name}: {one.shown(value_of(ctx.layout, key)) or _('nothing')}"
            for key, one in self._settings.items()
            if ctx is not None and key in changed
        ]

    def _set_layout(self, name: str) -> None:
        if self._programme is not None:
            layout_settings.set_layout(self.session.store, self._programme.row, name)

    def _pick(self, key: str) -> None:
        one = self._settings.get(key)
        self._show_setting()
        at = self.ui.shown.findData(one.example) if one and one.example else -1
        if at >= 0 and at != self.ui.shown.currentIndex():
            self.ui.shown.setCurrentIndex(at)
        self._due.start()

    def _write(self, key: str, value: Any) -> None:
        if self._programme is None:
            return
        spot, year = _spot(self._programme, key), self._programme.year
        with self._refused.noted():
            had = self._refused.pop(spot, None) is not None
            try:
                layout_settings.set_setting(self.session.store, self._programme.row, key, value)
            except UserError as error:
                self._refused[spot] = Wrong(value, error, self._settings[key].name, (year, LAYOUT))
                self.problem_said.emit(refusal(error.sentence()))
        refused = spot in self._refused
        if had or refused:
            self.refresh()
        if not refused and key == self.ui.settings.key():
            # {year} may have been typed for what is shown as {yıl}
            self._show_setting(written=True)

    def _reset(self, key: str) -> None:
        if self._programme is not None:
            with self._refused.noted():
                self._refused.pop(_spot(self._programme, key), None)
                layout_settings.reset(self.session.store, self._programme.row, key)
            self.refresh()
            self.ui.editor.take_focus()

    def _reset_all(self) -> None:
        if self._programme is not None:
            with self._refused.noted():
                for key in self._refused_here():
                    del self._refused[_spot(self._programme, key)]
                layout_settings.reset(self.session.store, self._programme.row)
            self.refresh()


def _spot(programme: Programme, key: str) -> Spot:
    return Spot(_FORM, Anchor((Row.of("programme", programme.row),)), key)
