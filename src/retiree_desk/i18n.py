"""Words: English in the code, Chinese and English catalogues through gettext.

`_()` translates now; `N_()` only marks a constant, which is translated with `_()` when it is
shown (so that a change of language changes it). The default language is Chinese.
"""

import gettext
import locale
import os

from retiree_desk.paths import resource

DOMAIN = "retiree_desk"
LANGUAGES = {"zh": "zh_CN", "en": "en"}

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def set_language(language: str) -> None:
    """Speak `zh` or `en` from now on (whole process)."""
    global _translations, _language
    _language = language if language in LANGUAGES else "zh"
    _translations = gettext.translation(
        DOMAIN, resource("locale"), languages=[LANGUAGES[_language]], fallback=True
    )


def language() -> str:
    """The language spoken now: `zh` or `en`."""
    return _language


def system_language() -> str:
    """Chinese unless the system language is something else that we have (PRODUCT.md)."""
    named = (
        os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or (locale.getlocale()[0] or "")
    )
    return "en" if named.lower().startswith("en") else "zh"


def _(message: str) -> str:
    """The message in the language spoken now."""
    return _translations.gettext(message) if message else ""


def N_(message: str) -> str:
    """Marks a constant for the catalogues and returns it untranslated."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message for `n` things in the language spoken now."""
    return _translations.ngettext(singular, plural, n)


set_language("zh")
