"""The registry: units at the left, the list of people, the chosen person at the right."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.people_columns import Masks, people_columns
from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.services.people_list import FOUND_LIMIT, SMALL, PeopleFilter, PeopleIds, PeopleList, Sort
from retiree_desk.settings import PRIVACY
from retiree_desk.ui import ask, theme
from retiree_desk.ui.context import Context, Refresher
from retiree_desk.ui.widgets.empty_office import EmptyOffice
from retiree_desk.ui.widgets.filter_bar import FilterBar
from retiree_desk.ui.widgets.find_box import FindBox
from retiree_desk.ui.widgets.grid import PeopleGrid
from retiree_desk.ui.widgets.people_loader import PeopleLoader
from retiree_desk.ui.widgets.people_model import PeopleModel
from retiree_desk.ui.widgets.summary import Summary
from retiree_desk.ui.widgets.unit_tree import UnitTree

_SPLIT = "registry.split"


class RegistryTab(QWidget):
    """People found, narrowed, sorted, copied, opened; rosters of what is shown."""

    code = "registry"
    topics = frozenset({Topic.REGISTRY, Topic.UNITS, Topic.VISITS})

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.people = PeopleList(context.desk)
        self.wanted = PeopleFilter()
        self.sort = Sort()
        self._numbers = False
        self._settled: PeopleIds | None = None
        columns = people_columns(context.desk.registry.custom_fields())
        self.model = PeopleModel(self.people, [], context.desk.today(), self)
        self.loader = PeopleLoader(self.people, context.tasks, self)
        self.find_box = FindBox()
        self.tree = UnitTree(context.settings)
        self.filters = FilterBar()
        self.grid = PeopleGrid(self.model, columns, context.settings)
        self.summary = Summary()
        self.empty = EmptyOffice()
        self._build()
        self._connect()
        self._select_after = "keep"
        # Counting a big office can wait until its first rows stand there.
        self._count_soon = QTimer(self)
        self._count_soon.setSingleShot(True)
        self._count_soon.setInterval(500)
        self._count_soon.timeout.connect(self._count_units)
        Refresher(self, self.topics, self.refresh, context)
        self._apply_masks()
        self._refresh_units()
        self.ask_list("first")

    # Building

    def _build(self) -> None:
        self.new_button = QPushButton(theme.icon("user-plus"), _("New"))
        self.new_button.setToolTip(_("New person …"))
        self.import_button = QPushButton(theme.icon("file-import"), _("Import"))
        self.import_button.setToolTip(_("Import HR workbooks …"))
        self.export_button = QPushButton(theme.icon("file-export"), _("Roster"))
        menu = QMenu(self.export_button)
        menu.addAction(theme.icon("file-spreadsheet"), _("Export roster …"), self.export_roster)
        menu.addAction(theme.icon("printer"), _("Print roster …"), self.print_roster)
        self.export_button.setMenu(menu)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.find_box, 1)
        for button in (self.new_button, self.import_button, self.export_button):
            top.addWidget(button)
        self._nobody = QWidget()
        nobody = QVBoxLayout(self._nobody)
        self._nobody_words = QLabel()
        self._nobody_words.setProperty("role", "hint")
        self._nobody_button = QPushButton(_("Show everybody"))
        nobody.addStretch(1)
        nobody.addWidget(self._nobody_words, 0, Qt.AlignmentFlag.AlignHCenter)
        nobody.addWidget(self._nobody_button, 0, Qt.AlignmentFlag.AlignHCenter)
        nobody.addStretch(2)
        self._list = QStackedWidget()
        self._list.addWidget(self.grid)
        self._list.addWidget(self._nobody)
        middle = QWidget()
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.filters)
        box.addWidget(self._list, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(9)
        for place, widget in enumerate((self.tree, middle, self.summary)):
            self.split.addWidget(widget)
            self.split.setStretchFactor(place, int(widget is middle))
            self.split.setCollapsible(place, widget is not middle)
        sizes = self.context.settings.get(_SPLIT)
        self.split.setSizes(sizes if isinstance(sizes, list) and len(sizes) == 3 else [200, 850, 250])
        self._pages = QStackedWidget()
        self._pages.addWidget(self.split)
        self._pages.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 8)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self._pages, 1)
        self.show_numbers = QAction(_("Show ID numbers"), self, checkable=True)
        self.show_numbers.setShortcut(QKeySequence("Ctrl+D"))
        self.show_numbers.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self.show_numbers)
        eye = QPushButton(theme.icon("eye"), "")
        eye.setCheckable(True)
        eye.setToolTip(_("Show ID numbers, accounts and what privacy hides (Ctrl+D)"))
        eye.setAccessibleName(_("Show ID numbers"))
        eye.toggled.connect(self.show_numbers.setChecked)
        self.show_numbers.toggled.connect(eye.setChecked)
        self.filters.add_at_end(eye)
        QWidget.setTabOrder(self.find_box, self.grid)

    def _connect(self) -> None:
        self.find_box.asked.connect(self._find)
        self.find_box.entered.connect(self._open_first)
        self.find_box.left.connect(self._into_list)
        self.tree.chosen.connect(lambda unit: self.narrow(replace(self.wanted, unit=unit)))
        self.filters.changed.connect(self._filter_changed)
        self.filters.more_asked.connect(self.open_filter)
        self.filters.columns_asked.connect(self._columns_menu)
        self.loader.loaded.connect(self._loaded)
        self.grid.opened.connect(self.open_person)
        self.grid.sort_asked.connect(self.sort_by)
        self.grid.typed.connect(self._type_on)
        self.grid.selection_told.connect(self._chosen)
        self.grid.columns_changed.connect(self._after_columns)
        self.summary.open_asked.connect(self.open_person)
        self.summary.visit_asked.connect(self.enter_visit)
        self.new_button.clicked.connect(lambda: self.open_person(None))
        self.import_button.clicked.connect(lambda: self.context.open("import"))
        self.empty.import_asked.connect(lambda: self.context.open("import"))
        self.empty.new_asked.connect(lambda: self.open_person(None))
        self.empty.sample_asked.connect(self.explain_sample)
        self._nobody_button.clicked.connect(self.show_everybody)
        self.show_numbers.toggled.connect(self._show_numbers)
        self.split.splitterMoved.connect(lambda: self.context.settings.set(**{_SPLIT: self.split.sizes()}))

    # The list

    def ask_list(self, how: str = "first") -> None:
        """Asks for the list. `how`: "first" goes to its top, "best" takes the best hit, "keep" stays."""
        self._select_after = how
        self.loader.ask(self.wanted, self.sort, at_once=how != "keep")

    def refresh(self) -> None:
        """Shows the data as it is now, at the place where the clerk is."""
        self.people.forget()
        self._apply_masks()
        self.model.forget()
        self.grid.set_all_columns(people_columns(self.context.desk.registry.custom_fields()))
        self._refresh_units()
        self.ask_list("keep")

    def focus_find(self) -> None:
        """Ctrl+F."""
        self.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_box.selectAll()

    def narrow(self, wanted: PeopleFilter) -> None:
        """Another filter."""
        self.wanted = wanted
        name = ""
        if wanted.unit is not None and wanted.unit in self.people.trees.by_id:
            name = self.people.trees.by_id[wanted.unit].title
        self.filters.show_filter(wanted, name)
        self.ask_list("best" if wanted.text else "first")

    def sort_by(self, sort: Sort) -> None:
        """Another order."""
        self.sort = sort
        self.grid.show_sort(sort)
        self.ask_list("first")

    def show_everybody(self) -> None:
        """No find text, no filter."""
        self.find_box.clear()
        self.tree.choose(None)
        self._find_sort("")
        self.narrow(PeopleFilter())

    def _find(self, text: str) -> None:
        self._find_sort(text)
        self.narrow(replace(self.wanted, text=text))

    def _find_sort(self, text: str) -> None:
        # Typing asks for the best hits; without a text the order is the clerk's again.
        self.sort = replace(self.sort, best=bool(text))
        self.grid.show_sort(self.sort)

    def _filter_changed(self, wanted: PeopleFilter) -> None:
        if wanted.unit is None and self.wanted.unit is not None:
            self.tree.choose(None)
        self.narrow(wanted)

    def _loaded(self, found: PeopleIds) -> None:
        grid, model, how = self.grid, self.model, self._select_after
        keep, place = grid.current_id(), grid.verticalScrollBar().value()
        self._settled = found
        changed = model.set_ids(found.ids)
        if how == "keep":
            if changed:
                grid.select_person(keep)
                grid.verticalScrollBar().setValue(place)
        elif how == "best" and found.ids:
            grid.choose_row(0)
            grid.scrollToTop()
        elif changed:
            grid.clearSelection()
            grid.scrollToTop()
        # The rest of the same list goes on below what is there.
        self._select_after = "keep"
        self._show_state(found)
        self._chosen()

    def _show_state(self, found: PeopleIds) -> None:
        anybody = bool(found.ids) or self.people.size() > 0
        self._pages.setCurrentIndex(0 if anybody else 1)
        self._list.setCurrentIndex(0 if found.ids else 1)
        if not found.ids:
            words = _("Nobody is found for “{text}”.").format(text=self.wanted.text)
            self._nobody_words.setText(
                words if self.wanted.text else _("Nobody in the list: the filters leave nobody.")
            )

    def _tell_counts(self) -> None:
        found = self._settled
        if found is None:
            return
        if not found.complete:
            words = _("Counting …")
        elif self.wanted.text and found.total >= FOUND_LIMIT:
            words = _("more than {n} people; type on").format(n=f"{FOUND_LIMIT:,}")
        else:
            words = _("{n} people").format(n=f"{found.total:,}")
        chosen = self.grid.selected_count()
        if chosen > 1:
            words += " · " + _("{n} selected").format(n=f"{chosen:,}")
        self.filters.told.setText(words)

    # The person chosen

    def _chosen(self) -> None:
        self._tell_counts()
        number = self.grid.current_id() if self.grid.selected_count() else None
        person = None
        if number is not None:
            found = self.people.people([number], ["labels", "last_visit", "unread"])
            person = found[0] if found else None
        self.summary.show_person(person, self.context.desk.today(), self.model.masks)

    def open_person(self, person_id: int | None) -> Any:
        """The person dialog; from there one can go on to the next in the list."""
        from retiree_desk.ui.dialogs.person import PersonDialog

        dialog = PersonDialog(self.context, person_id, self.window(), neighbour=self._neighbour)
        dialog.moved.connect(self.grid.select_person)
        dialog.open()
        return dialog

    def enter_visit(self, person_id: int) -> Any:
        """The dialog for one visit to a person."""
        from retiree_desk.ui.dialogs.visit import VisitDialog

        dialog = VisitDialog(self.context, person_id, self.window())
        dialog.open()
        return dialog

    def _neighbour(self, person_id: int, step: int) -> int | None:
        row = self.model.row_of(person_id)
        return self.model.id_at(row + step) if row >= 0 else None

    def _open_first(self) -> None:
        number = self.grid.current_id() if self.grid.selected_count() else self.model.id_at(0)
        if self.wanted.text and number is not None:
            self.open_person(number)

    def _into_list(self) -> None:
        if self.model.rowCount():
            if not self.grid.selected_count():
                self.grid.choose_row(0)
            self.grid.setFocus()

    def _type_on(self, text: str) -> None:
        self.find_box.setFocus()
        self.find_box.setText(text)

    # What is shown of people

    def _apply_masks(self) -> None:
        masks = Masks(numbers=self._numbers, privacy=bool(self.context.settings.get(PRIVACY, False)))
        if masks != self.model.masks:
            self.model.set_masks(masks)

    def _show_numbers(self, shown: bool) -> None:
        self._numbers = shown
        self._apply_masks()
        self._chosen()

    def _after_columns(self) -> None:
        self._select_after = "keep"
        self._chosen()

    def _columns_menu(self) -> None:
        menu = self.grid.columns_menu(self)
        button = self.filters.columns
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def open_filter(self) -> Any:
        """Category, age and labels."""
        from retiree_desk.ui.dialogs.filter import FilterDialog

        dialog = FilterDialog(self.wanted, self.window())
        dialog.applied.connect(self.narrow)
        dialog.open()
        return dialog

    def copy(self) -> None:
        """The chosen rows onto the clipboard."""
        self.grid.copy()

    # Units

    def _refresh_units(self) -> None:
        self.tree.show_trees(self.people.trees)
        if self.people.size() <= SMALL:
            self._show_counts(self.people.unit_counts())
        else:
            self._count_soon.start()

    def _count_units(self) -> None:
        self.context.tasks.run(
            lambda _progress, _cancelled: self.people.unit_counts(),
            self._show_counts,
            words=_("Counting …"),
            owner=self,
        )

    def _show_counts(self, counted: tuple[dict[int, int], int]) -> None:
        self.tree.show_counts(*counted)

    # Rosters and the rest

    def export_roster(self) -> Any:
        """花名册 of the people in the list, as a workbook."""
        return self._roster(print_it=False)

    def print_roster(self) -> Any:
        """花名册 of the people in the list, on paper."""
        return self._roster(print_it=True)

    def _roster(self, *, print_it: bool) -> Any:
        from retiree_desk.ui.dialogs.export import RosterDialog

        chosen = [self.model.id_at(row) or 0 for row in self.grid.selected_rows()]
        dialog = RosterDialog(
            self.context,
            lambda: self.people.ids(self.wanted, self.sort).ids,
            chosen if len(chosen) > 1 else [],
            self.grid.shown_keys(),
            print_it=print_it,
            narrowed=self.wanted != PeopleFilter(),
            parent=self.window(),
        )
        dialog.open()
        return dialog

    def explain_sample(self) -> None:
        """How to look at a made-up office without touching this one."""
        ask.inform(
            _("A sample office holds made-up people only, in a file of its own."),
            _("Make one with “retiree-desk sample FOLDER”, then open its file here with Ctrl+O."),
        )
