"""Workbooks with a password, by msoffcrypto-tool; what is unlocked stays in the memory of the child."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from retiree_desk.files.readers.limits import ReadFailure

#: Excel's own password for files that are protected against changes only; it opens them without asking.
_NOBODYS = "VelvetSweatshop"


def unlock(file: BinaryIO, password: str | None) -> bytes:
    """The unlocked workbook; raises ReadFailure `encrypted` without a password and `wrong_password` with
    a wrong one.
    """
    import msoffcrypto
    from msoffcrypto import exceptions

    try:
        office: Any = msoffcrypto.OfficeFile(file)
    except Exception as error:  # the library raises what its parsers happen to raise
        raise ReadFailure("damaged", type(error).__name__) from error
    for attempt in [_NOBODYS] if password is None else [password, _NOBODYS]:
        unlocked = io.BytesIO()
        try:
            _try(office, attempt, unlocked)
        except exceptions.InvalidKeyError:
            continue
        except exceptions.DecryptionError as error:
            if "password" in str(error).lower():
                continue
            raise ReadFailure("unsupported", "DecryptionError") from error
        except MemoryError:
            raise
        except Exception as error:
            raise ReadFailure("damaged", type(error).__name__) from error
        return unlocked.getvalue()
    raise ReadFailure("encrypted" if password is None else "wrong_password")


def _try(office: Any, password: str, unlocked: BinaryIO) -> None:
    if getattr(office, "format", "") == "ooxml":
        office.load_key(password=password, verify_password=True)
    else:  # the binary formats always verify
        office.load_key(password=password)
    office.decrypt(unlocked)
