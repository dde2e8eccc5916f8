"""Qt's own words that its Chinese catalogue lacks or says otherwise than an office does."""

from PySide6.QtCore import QObject, QTranslator

from retiree_desk.i18n import N_, _

# Asked only for what qtbase_zh_CN.qm of Qt 6.8 to 6.12 does not hold: mostly the file and print dialogs.
# Qt's text -> ours, where the same English stands for another Chinese word on our own screens.
_WORDS = {
    text: text
    for text in (
        N_("&Look in:"),
        N_("Files of &type:"),
        N_("File &name:"),
        N_("File"),
        N_("Drive"),
        N_("All Pages"),
        N_("Odd Pages"),
        N_("Even Pages"),
        N_("Current Page"),
        N_("Duplex Settings Conflicts"),
    )
} | {"Folder": N_("A folder")}


class QtWords(QTranslator):
    """Installed before Qt's own translator, so that it is asked after it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("office words")

    def isEmpty(self) -> bool:  # Qt's name: an empty translator is never asked
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Our word, or None: a null text, with which Qt goes on to the next translator."""
        return _(_WORDS[source]) if source in _WORDS else None
