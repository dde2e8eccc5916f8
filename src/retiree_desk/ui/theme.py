"""The look: one accent colour, black on white (or a dark theme as readable), three type sizes."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from retiree_desk.i18n import N_
from retiree_desk.paths import resource

TYPE_SIZES: Mapping[str, tuple[str, int]] = {
    "standard": (N_("Standard type"), 12),
    "large": (N_("Large type"), 15),
    "largest": (N_("Largest type"), 18),
}
ACCENT = "#1f5fa8"
OVERDUE = "#b3261e"
DONE = "#2b6a3b"
GRID = "#e3e6ea"

# Points are of 1/72 inch; on a screen of 96 dots one is 4/3 pixels.
_FAMILIES = ["Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"]


def font_families() -> list[str]:
    """The system's own Chinese type where it has one, else the one we ship."""
    known = set(QFontDatabase.families())
    found = [family for family in _FAMILIES if family in known]
    shipped: list[str] = []
    if not found:
        number = QFontDatabase.addApplicationFont(str(resource("fonts/NotoSansSC-Regular.ttf")))
        shipped = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return [*found[:1], *shipped]


def apply(app: QApplication, size: str, families: list[str]) -> None:
    """Sets type size and style for the whole program, at once and live."""
    points = TYPE_SIZES.get(size, TYPE_SIZES["standard"])[1]
    font = QFont(app.font())
    if families:
        font.setFamilies(families)
    # Screens of 96 dots an inch show 12 pt at 16 pixels; the office's 12 pt means what Word means.
    font.setPointSizeF(points * 0.8)
    app.setFont(font)
    app.setStyle("Fusion")
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    app.setPalette(_palette(dark))
    app.setStyleSheet(_sheet(dark))


def _palette(dark: bool) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    back, base, text, soft = (
        ("#1e2126", "#15171b", "#f1f3f5", "#2a2e35") if dark else ("#f6f7f8", "#ffffff", "#16181b", "#eef1f4")
    )
    for name, color in (
        (role.Window, back),
        (role.Base, base),
        (role.AlternateBase, soft),
        (role.Button, soft),
        (role.WindowText, text),
        (role.Text, text),
        (role.ButtonText, text),
        (role.ToolTipBase, base),
        (role.ToolTipText, text),
        (role.Highlight, ACCENT),
        (role.HighlightedText, "#ffffff"),
        (role.Link, "#7fb2ee" if dark else ACCENT),
        (role.PlaceholderText, "#9aa3ad" if dark else "#6a737d"),
    ):
        palette.setColor(name, QColor(color))
    grey = QColor("#808790")
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, grey)
    return palette


def _sheet(dark: bool) -> str:
    line = "#3a3f47" if dark else "#d4d9df"
    base = "#15171b" if dark else "#ffffff"
    arrow, arrow_up = (
        resource(f"icons/chevron-{way}{'-light' if dark else ''}.svg").as_posix() for way in ("down", "up")
    )
    return f"""
    QTabWidget::pane {{ border: 0; border-top: 1px solid {line}; }}
    QTabBar::tab {{ padding: 8px 18px; border: 0; background: transparent; }}
    QTabBar::tab:selected {{ color: {"#9cc4f2" if dark else ACCENT}; border-bottom: 3px solid {ACCENT}; }}
    QLineEdit, QComboBox, QDateEdit, QSpinBox, QPlainTextEdit {{
        padding: 5px 8px; border: 1px solid {line}; border-radius: 4px; background: {base}; }}
    QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QPlainTextEdit:focus {{
        border: 2px solid {ACCENT}; padding: 4px 7px; }}
    QPushButton {{ padding: 6px 14px; border: 1px solid {line}; border-radius: 4px; background: {base}; }}
    QPushButton:hover {{ border-color: {ACCENT}; }}
    QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 5px 13px; }}
    QPushButton[primary="true"] {{ background: {ACCENT}; color: white; border-color: {ACCENT}; }}
    QPushButton[primary="true"]:disabled {{ background: #9fb3c8; border-color: #9fb3c8; }}
    QPushButton:disabled {{ color: #808790; }}
    QTableView, QTreeView, QListView {{ border: 1px solid {line}; background: {base}; gridline-color: {line};
        selection-background-color: {ACCENT}; selection-color: white; }}
    QHeaderView::section {{ padding: 6px 8px; border: 0; border-right: 1px solid {line};
        border-bottom: 1px solid {line}; background: {"#2a2e35" if dark else "#eef1f4"}; }}
    QStatusBar {{ border-top: 1px solid {line}; }}
    QStatusBar::item {{ border: 0; }}
    QGroupBox {{ border: 0; margin-top: 22px; font-weight: bold; }}
    QGroupBox::title {{ subcontrol-origin: margin; left: 0; }}
    QLabel[role="hint"] {{ color: {"#aab2bb" if dark else "#5b646e"}; }}
    QLabel[role="problem"] {{ color: {"#ff8f86" if dark else OVERDUE}; }}
    QLabel[role="title"] {{ font-size: {round(QApplication.font().pointSizeF() * 1.35)}pt; }}
    QLabel[role="section"] {{ font-weight: bold; padding-top: 8px; }}
    QLabel[role="month"] {{ font-weight: bold; }}
    QToolButton[step="true"] {{ padding: 6px 12px; border: 1px solid {line}; border-radius: 4px;
        background: {base}; }}
    QToolButton[step="true"]:hover, QToolButton[step="true"]:focus {{ border-color: {ACCENT}; }}
    QToolButton[chip="true"] {{ padding: 3px 8px; border: 1px solid {line}; border-radius: 11px;
        background: {"#243447" if dark else "#e8f0fa"}; }}
    QToolButton[chip="true"]:hover, QToolButton[chip="true"]:focus {{ border-color: {ACCENT}; }}
    QTabBar[small="true"]::tab {{ padding: 5px 8px; }}
    QTreeView, QTableView {{ outline: 0; alternate-background-color: {"#1b1e23" if dark else "#f7f9fb"}; }}
    QTreeView::item {{ padding: 4px 2px; }}
    QTableView::item {{ padding: 0 6px; border: 0; }}
    QTableView::item:selected {{ background: {ACCENT}; color: white; }}
    QComboBox {{ padding-right: 24px; combobox-popup: 0; }}
    QComboBox QAbstractItemView {{ padding: 0; }}
    QComboBox QAbstractItemView::item {{ padding: 4px 6px; }}
    QComboBox QAbstractItemView::item:selected {{ background: {ACCENT}; color: white; }}
    QComboBox:focus {{ padding-right: 23px; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: 0; width: 24px; }}
    QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{arrow}"); width: 14px; height: 14px; }}
    QSpinBox {{ padding-right: 24px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: 22px; subcontrol-origin: border; }}
    QSpinBox::up-button {{ subcontrol-position: top right; }}
    QSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QSpinBox::up-arrow {{ image: url("{arrow_up}"); width: 12px; height: 12px; }}
    QSpinBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
    QPushButton:checked {{ border: 1px solid {ACCENT}; background: {"#243447" if dark else "#e8f0fa"}; }}
    QScrollBar:vertical {{ width: 13px; background: transparent; margin: 0; }}
    QScrollBar:horizontal {{ height: 13px; background: transparent; margin: 0; }}
    QScrollBar::handle {{ background: {"#565d67" if dark else "#c3cad2"}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {"#7b8490" if dark else "#98a2ad"}; }}
    QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
    QPushButton {{ icon-size: {round(QApplication.font().pointSizeF() * 1.6)}px; }}
    QCheckBox::indicator, QTableView::indicator {{
        width: {round(QApplication.font().pointSizeF() * 1.6)}px;
        height: {round(QApplication.font().pointSizeF() * 1.6)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QListWidget[role="parts"] {{ border: 0; background: transparent; }}
    QListWidget[role="parts"]::item {{ padding: 7px 8px; border-radius: 4px; }}
    QListWidget[role="parts"]::item:selected {{ background: {"#243447" if dark else "#dfe9f5"};
        color: {"#f1f3f5" if dark else "#16181b"}; }}
    QFrame[role="banner"] {{ background: {"#3a3320" if dark else "#fdf6e3"}; border-radius: 4px; }}
    QSplitter::handle {{ background: transparent; }}
    QToolTip {{ padding: 4px; border: 1px solid {line}; }}
    """


def hint_color() -> str:
    """The colour of hints, for rich text, which the style sheet does not reach."""
    return "#aab2bb" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "#5b646e"


def icon(name: str, *, on_accent: bool = False) -> QIcon:
    """One of the shipped SVG icons, in the colour of text; white for a primary button."""
    path = resource(f"icons/{name}.svg")
    if not path.is_file():
        return QIcon()
    color = QApplication.palette().color(QPalette.ColorRole.ButtonText).name()
    data = path.read_text(encoding="utf-8").replace("currentColor", "#ffffff" if on_accent else color)
    renderer = QSvgRenderer(QByteArray(data.encode()))
    picture = QPixmap(48, 48)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    return QIcon(picture)
