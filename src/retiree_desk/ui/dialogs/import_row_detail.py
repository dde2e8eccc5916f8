"""One row of the preview in full: its fields with ticks, what is wrong with it, whom it means."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QVBoxLayout, QWidget

from retiree_desk.core.imports import CONFLICT, KINDS
from retiree_desk.i18n import _
from retiree_desk.ui.dialogs.import_choices import NEW_PERSON, NOT_ANSWERED, Choices
from retiree_desk.ui.dialogs.import_found_page import table_view
from retiree_desk.ui.widgets.import_rows import FieldsModel, Words


class RowDetail(QWidget):
    """Beside the list of rows: the chosen one."""

    ticked = Signal(list)  # positions in the plan whose ticks or answers changed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Words | None = None
        self._place = -1
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.where = QLabel()
        self.where.setProperty("role", "hint")
        self.where.setWordWrap(True)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._who = QLabel(_("&Whom does this row mean?"))
        self.person = QComboBox()
        self.person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.person.setMinimumContentsLength(12)
        self._who.setBuddy(self.person)
        self.view = table_view(_("Fields of the row"))
        self.view.setWordWrap(True)
        self.view.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.viewport().installEventFilter(self)
        self.hint = QLabel(
            _("A field that stays unticked is kept as ours and not asked again until HR's value changes.")
        )
        self.hint.setProperty("role", "hint")
        self.hint.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 0, 0, 0)
        for widget in (self.title, self.where, self.why, self._who, self.person, self.view, self.hint):
            box.addWidget(widget)
        box.setStretchFactor(self.view, 1)
        self.fields: FieldsModel | None = None
        self.person.activated.connect(self._answered)

    @property
    def choices(self) -> Choices:
        """The ticks it works on."""
        assert self._words is not None
        return self._words.choices

    def set_words(self, words: Words) -> None:
        """Begins with another plan."""
        self._words = words
        old = self.fields
        self.fields = FieldsModel(words, self)
        self.fields.ticked.connect(lambda place: self._changed([place]))
        self.view.setModel(self.fields)
        if old is not None:
            old.deleteLater()
        self.show_row(-1)

    def show_row(self, place: int) -> None:
        """Shows a row of the plan; -1: none."""
        self._place = place
        words = self._words
        if words is None or self.fields is None:
            return
        asks = False
        if place < 0:
            self.title.setText(_("Choose a row to see its fields."))
            self.where.setText("")
            self.why.setText("")
        else:
            row = words.choices.row(place)
            self.title.setText(row.name or _("(no name)"))
            self.where.setText(
                _("{sheet}, row {row} · {kind}").format(
                    sheet=words.place(row), row=row.number, kind=_(KINDS[row.kind])
                )
            )
            self.why.setText(words.why(place).replace(" · ", "\n"))
            asks = row.kind == CONFLICT
            if asks:
                self._fill_people(place)
        self.why.setVisible(bool(self.why.text()))
        self._who.setVisible(asks)
        self.person.setVisible(asks)
        self.fields.show(place)
        shown = self.fields.rowCount() > 0
        self.view.setVisible(shown)
        ticks = shown and bool(words.choices.differences(place)) if place >= 0 else False
        self.view.setColumnHidden(FieldsModel.HELD, not ticks)
        self.hint.setVisible(ticks)
        self._fit()

    def _fit(self) -> None:
        """Titles as wide as they need, up to two fifths; the rest for what is held and told."""
        wide = self.view.viewport().width()
        title = min(max(self.view.sizeHintForColumn(FieldsModel.FIELD) + 8, wide // 4), wide * 2 // 5)
        hidden = self.view.isColumnHidden(FieldsModel.HELD)
        self.view.setColumnWidth(FieldsModel.FIELD, title)
        held = 0 if hidden else (wide - title) // 2
        if held:
            self.view.setColumnWidth(FieldsModel.HELD, held)
        self.view.setColumnWidth(FieldsModel.TOLD, wide - title - held)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """As many lines as the longest cell of a row needs; Qt's own count forgets padding and tick."""
        fields, metrics = self.fields, self.view.fontMetrics()
        if fields is None:
            return
        flags = int(Qt.TextFlag.TextWordWrap)
        tick = self.view.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + 8
        for line in range(fields.rowCount()):
            tall = metrics.height()
            for column in range(fields.columnCount()):
                room = self.view.columnWidth(column) - 18 - (tick if column == FieldsModel.FIELD else 0)
                text = str(fields.index(line, column).data() or "")
                if room > 0 and text:
                    tall = max(tall, metrics.boundingRect(QRect(0, 0, room, 10_000), flags, text).height())
            self.view.setRowHeight(line, tall + 14)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's name
        if watched is self.view.viewport() and event.type() == QEvent.Type.Resize and self.fields is not None:
            self._fit()
        return super().eventFilter(watched, event)

    def _fill_people(self, place: int) -> None:
        words = self._words
        assert words is not None
        row = words.choices.row(place)
        self.person.clear()
        self.person.addItem(_("(not decided: the row is not imported)"), NOT_ANSWERED)
        for person in row.candidates:
            self.person.addItem(self._person_words(person), person)
        self.person.addItem(_("Nobody of them: a new person"), NEW_PERSON)
        self.person.setCurrentIndex(max(0, self.person.findData(words.choices.answer(place))))
        self.person.setToolTip(self.person.currentText())
        for at in range(self.person.count()):
            self.person.setItemData(at, self.person.itemText(at), Qt.ItemDataRole.ToolTipRole)
        view = self.person.view()
        wide = max(
            self.fontMetrics().horizontalAdvance(self.person.itemText(at))
            for at in range(self.person.count())
        )
        view.setMinimumWidth(wide + 40)

    def _person_words(self, person: int) -> str:
        words = self._words
        assert words is not None
        held = words.choices.plan.held
        assert held is not None
        at = held.at[person]
        keys = ("name", "birth", "party_branch", "id_number", "employee_no")
        parts = [words.value(key, held.column(key)[at]) for key in keys]
        return " · ".join(part for part in parts if part)

    def _answered(self, _at: int) -> None:
        place = self._place
        freed = self.choices.answer_row(place, self.person.currentData())
        self._changed([place, *freed])

    def _changed(self, places: list[int]) -> None:
        current = self.view.currentIndex()
        line = (current.row(), current.column())
        self.show_row(self._place)
        if self.fields is not None and 0 <= line[0] < self.fields.rowCount():
            self.view.setCurrentIndex(self.fields.index(*line))
        self.ticked.emit(places)

    def current_index(self) -> QModelIndex:
        """The marked field."""
        return self.view.currentIndex()
