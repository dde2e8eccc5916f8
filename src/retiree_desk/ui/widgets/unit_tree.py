"""The three trees of units beside the list; choosing a unit narrows the list to it and all below."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTabBar, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from retiree_desk.i18n import N_, _
from retiree_desk.services.units import Unit, UnitTrees
from retiree_desk.settings import LocalSettings

_TREES = {"PARTY": N_("Party"), "RESIDENCE": N_("Residence"), "MANAGEMENT": N_("Group")}
_UNIT = Qt.ItemDataRole.UserRole
_TREE = "registry.tree"


class UnitTree(QWidget):
    """`chosen` the id of a unit, or None for everybody."""

    chosen = Signal(object)

    def __init__(self, settings: LocalSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._trees = UnitTrees()
        self._counts: Mapping[int, int] = {}
        self._all: int | None = None
        self._unit: int | None = None
        self._filling = False
        self.switch = QTabBar()
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        self.switch.setUsesScrollButtons(False)
        self.switch.setElideMode(Qt.TextElideMode.ElideNone)
        self.switch.setAccessibleName(_("Which tree"))
        self.switch.setProperty("small", True)
        for title in _TREES.values():
            self.switch.addTab(_(title))
        stored = str(settings.get(_TREE))
        if stored in _TREES:
            self.switch.setCurrentIndex(list(_TREES).index(stored))
        self.view = QTreeWidget()
        self.view.setColumnCount(2)
        self.view.setHeaderHidden(True)
        self.view.setUniformRowHeights(True)
        self.view.setAccessibleName(_("Units"))
        self.view.header().setStretchLastSection(False)
        self.view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.view.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.switch)
        box.addWidget(self.view, 1)
        self.switch.currentChanged.connect(self._switched)
        self.view.currentItemChanged.connect(self._item_chosen)
        self.view.itemExpanded.connect(self._fill_below)

    @property
    def tree(self) -> str:
        """Which of the three trees is shown."""
        return list(_TREES)[self.switch.currentIndex()]

    def show_trees(self, trees: UnitTrees) -> None:
        """Shows the units as they are now; the chosen one stays chosen while it is there."""
        self._trees = trees
        if self._unit is not None and self._unit not in trees.by_id:
            self._unit = None
            self.chosen.emit(None)
        self._fill()

    def show_counts(self, direct: Mapping[int, int], everybody: int) -> None:
        """How many people belong to each unit itself; what lies below is added up here."""
        total: dict[int, int] = {}

        def walk(item: Unit) -> int:
            number = direct.get(item.id, 0)
            number += sum(walk(below) for below in self._trees.children.get(item.id, []))
            total[item.id] = number
            return number

        for root in self._trees.children.get(None, []):
            walk(root)
        self._counts = total
        self._all = everybody
        for place in range(self.view.topLevelItemCount()):
            item = self.view.topLevelItem(place)
            if item is not None:
                self._count(item)

    def choose(self, unit_id: int | None) -> None:
        """Chooses a unit (None: everybody) and tells it."""
        if unit_id != self._unit:
            self._unit = unit_id
            self._fill()
            self.chosen.emit(unit_id)

    def _count(self, item: QTreeWidgetItem) -> None:
        number = self._all if item.data(0, _UNIT) is None else self._counts.get(item.data(0, _UNIT))
        item.setText(1, "" if number is None else f"{number:,}")
        for place in range(item.childCount()):
            below = item.child(place)
            if below is not None:
                self._count(below)

    def _switched(self) -> None:
        self._settings.set(**{_TREE: self.tree})
        self._unit = None
        self._fill()
        self.chosen.emit(None)

    def _fill(self) -> None:
        self._filling = True
        open_now = set(self._open())
        self.view.clear()
        everybody = self._item(None, _("Everybody"))
        self.view.addTopLevelItem(everybody)
        for item in self._trees.roots(self.tree):
            self.view.addTopLevelItem(self._unit_item(item))
        wanted = {one.id for one in self._trees.chain(self._unit)} if self._unit is not None else set()
        self._open_again(open_now | wanted)
        if self._unit is None:
            self.view.setCurrentItem(everybody)
        self._filling = False

    def _open(self) -> list[int]:
        found: list[int] = []

        def walk(item: QTreeWidgetItem | None) -> None:
            if item is None or not item.isExpanded():
                return
            found.append(item.data(0, _UNIT))
            for place in range(item.childCount()):
                walk(item.child(place))

        for place in range(self.view.topLevelItemCount()):
            walk(self.view.topLevelItem(place))
        return found

    def _open_again(self, wanted: set[int]) -> None:
        def walk(item: QTreeWidgetItem | None) -> None:
            if item is None:
                return
            number = item.data(0, _UNIT)
            if number == self._unit and number is not None:
                self.view.setCurrentItem(item)
            if number in wanted:
                item.setExpanded(True)
                self._fill_below(item)
                for place in range(item.childCount()):
                    walk(item.child(place))

        for place in range(self.view.topLevelItemCount()):
            walk(self.view.topLevelItem(place))

    def _item(self, unit_id: int | None, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title, ""])
        item.setData(0, _UNIT, unit_id)
        item.setToolTip(0, title)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._count(item)
        return item

    def _unit_item(self, unit: Unit) -> QTreeWidgetItem:
        item = self._item(unit.id, unit.title)
        if self._trees.children.get(unit.id):
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _fill_below(self, item: QTreeWidgetItem) -> None:
        # Thousands of entrances are made into items only where somebody looks.
        if item.childCount() == 0:
            for below in self._trees.children.get(item.data(0, _UNIT), []):
                item.addChild(self._unit_item(below))

    def _item_chosen(self, item: QTreeWidgetItem | None) -> None:
        if self._filling or item is None:
            return
        unit_id = item.data(0, _UNIT)
        if unit_id != self._unit:
            self._unit = unit_id
            self.chosen.emit(unit_id)
