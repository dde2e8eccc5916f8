"""Entry point. `freeze_support()` comes before any import of ours (DECISIONS 17)."""

import multiprocessing
import sys


def main() -> None:
    """Runs the command line or opens the window."""
    multiprocessing.freeze_support()
    from retiree_desk.cli import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
