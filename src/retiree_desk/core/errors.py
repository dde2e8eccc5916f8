"""What a clerk may read: a `UserError` is one plain sentence, everything else is a bug.

The sentence says what happened, whether the data is safe, and what to do. `code` is the
machine's word for it (`--json`), `exit_status` what the command line ends with (CLI.md).
"""


class UserError(Exception):
    """Something a person can understand and act upon; never a bug."""

    exit_status = 1

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type["UserError"], tuple[str, str]]:
        return (type(self), (self.code, self.message))


class UsageError(UserError):
    """The command or the value asked for is wrong (exit status 2); nothing was changed."""

    exit_status = 2


class InputError(UserError):
    """An input file cannot be read (exit status 3); the data is as before."""

    exit_status = 3


class DataFileError(UserError):
    """The data file cannot be opened, is newer, damaged, or held by another (exit status 3)."""

    exit_status = 3


class RefusedError(UserError):
    """A rule of the office forbids the change (exit status 1); nothing was changed."""


class Cancelled(UserError):
    """The person stopped the work; nothing of it is left behind."""

    def __init__(self) -> None:
        super().__init__("cancelled", "cancelled")

    def __reduce__(self) -> tuple[type["UserError"], tuple[()]]:  # type: ignore[override]
        return (type(self), ())
