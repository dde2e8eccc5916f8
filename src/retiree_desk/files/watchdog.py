"""How much memory another process uses, where the system cannot be told to limit it (macOS, Windows)."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any


def resident_bytes(pid: int) -> int | None:
    """The memory process `pid` holds now, in bytes; None where it is gone or the system does not tell."""
    if sys.platform == "win32":
        return _windows(pid)
    if os.path.exists("/proc/self/statm"):
        try:
            with open(f"/proc/{pid}/statm", encoding="ascii") as statm:
                return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            return None
    answer = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(answer.stdout) * 1024 if answer.stdout.strip().isdecimal() else None


def _windows(pid: int) -> int | None:
    """The commit charge by PSAPI; ctypes, because the standard library has no other way to ask."""
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [("cb", wintypes.DWORD), ("faults", wintypes.DWORD)] + [
            (name, ctypes.c_size_t)
            for name in (
                "peak_set",
                "set",
                "peak_paged",
                "paged",
                "peak_nonpaged",
                "nonpaged",
                "commit",
                "peak_commit",
            )
        ]

    kernel: Any = vars(ctypes)["WinDLL"]("kernel32", use_last_error=True)  # exists on Windows only
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return None
    try:
        counters = Counters()
        counters.cb = ctypes.sizeof(counters)
        asked = kernel.K32GetProcessMemoryInfo(wintypes.HANDLE(handle), ctypes.byref(counters), counters.cb)
        return int(counters.commit) if asked else None
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
