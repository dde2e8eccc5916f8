"""Makes a fresh machine ready: environment, packages, the system libraries that Qt needs.

Standard library only: this runs before anything is installed. It speaks Chinese and English at once, because
the catalogues are not there yet either.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
STAMP = VENV / "retiree-desk.json"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


class SetupError(Exception):
    """Something the person at this machine has to do; the message says what, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library that the Qt wheels expect from the system, and the packages that bring it."""

    soname: str
    deb: str
    rpm: str


# What the Qt wheels link to but do not carry; a minimal Debian lacks all of these.
QT_LIBRARIES = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libX11.so.6", "libx11-6", "libX11"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs"),
    Library("libzstd.so.1", "libzstd1", "libzstd"),
)
# Besides, for a window on an X11 screen.
WINDOW_LIBRARIES = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
)

# Besides, for a window on a Wayland screen without X11.
WAYLAND_LIBRARIES = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    Library("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)


def libraries_for(screen: str) -> tuple[Library, ...]:
    """The system libraries for a screen (``x11``, ``wayland``); for any other what Qt needs without one."""
    extra = {"x11": WINDOW_LIBRARIES, "wayland": WAYLAND_LIBRARIES}.get(screen, ())
    return QT_LIBRARIES + extra


def say(chinese: str, english: str) -> None:
    """One message, first in Chinese, then in English."""
    print(chinese)
    print(f"  {english}", flush=True)


def lenient_console() -> None:
    """Never fail on a console that cannot show Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def venv_python(folder: Path = VENV) -> Path:
    """The interpreter of the environment in ``folder``."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def child_environment() -> dict[str, str]:
    """The environment of our child processes: UTF-8, and nothing of an outer virtual environment."""
    environment = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"):
        environment.pop(name, None)
    environment["PYTHONUTF8"] = "1"
    return environment


# -- the environment --


def qt_extra(libc: str, version: str, machine: str) -> str:
    """Which Qt this computer can run: ``desktop``, or ``old-desktop`` where glibc is too old for today's.

    Today's wheels are built for glibc 2.34 on x86_64 and 2.39 on aarch64; ``libc`` and ``version`` are what
    ``platform.libc_ver()`` says, empty on Windows and macOS.
    """
    if libc != "glibc":
        return "desktop"
    needed = (2, 39) if machine in {"aarch64", "arm64"} else (2, 34)
    found = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    return "old-desktop" if found < needed else "desktop"


def pins(text: str, extra: str) -> str:
    """The constraints to install by; on an old desktop without those of Qt: pip finds the newest 6.8."""
    if extra != "old-desktop":
        return text
    qt = ("pyside6", "shiboken6")
    return "".join(line for line in text.splitlines(keepends=True) if not line.lower().startswith(qt))


def fingerprint(files: Iterable[Path], extras: Sequence[str], place: Path, version: str) -> str:
    """A hash of all that an installed environment depends on; another one means: install again."""
    digest = hashlib.sha256()
    for file in files:
        # A checkout on Windows may end its lines otherwise; that is no change.
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
        digest.update(b"\0")
    digest.update(json.dumps([sorted(extras), str(place), version]).encode())
    return digest.hexdigest()


def read_stamp(file: Path) -> Mapping[str, object]:
    """What was installed last time; empty when nothing was, or the note cannot be read."""
    try:
        stamp = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def wanted_extras(stamp: Mapping[str, object], needed: Sequence[str]) -> list[str]:
    """The extras to have: those needed now, and ``dev`` once it is there (two commands do not take turns)."""
    before = stamp.get("extras")
    known = {"dev"} if isinstance(before, list) and "dev" in before else set()
    return sorted(known | set(needed))


def environment_works(folder: Path) -> bool:
    """Whether the environment in ``folder`` has an interpreter that runs, of this Python's version."""
    python = venv_python(folder)
    if not python.exists():
        return False
    ask = "import sys, pip; print(*sys.version_info[:2], sep='.')"
    answer = subprocess.run([str(python), "-c", ask], capture_output=True, text=True, env=child_environment())
    return answer.returncode == 0 and answer.stdout.strip() == PYTHON


def make_environment(folder: Path) -> None:
    """Make a virtual environment; Debian keeps the part that Python needs for it in a package of its own."""
    try:
        import ensurepip  # noqa: F401  (Debian's bare python3 lacks it)
    except ImportError:
        package = f"python{PYTHON}-venv"
        apt_install([package], f"创建运行环境需要 {package}", f"making the environment needs {package}")
    say(f"正在创建运行环境 {folder}", f"Making the environment {folder}")
    venv.EnvBuilder(with_pip=True, clear=folder.exists(), symlinks=os.name != "nt").create(folder)


def prepare(needed: Sequence[str]) -> Path:
    """Make the environment and install the program with the extras ``needed``; returns the interpreter.

    Installs only when ``pyproject.toml`` or the constraints changed since the last time. Raises `SetupError`.
    """
    lenient_console()
    libc, version = platform.libc_ver()
    qt = qt_extra(libc, version, platform.machine())
    stamp = read_stamp(STAMP)
    extras = wanted_extras(stamp, [qt, *needed])
    # The hook decides what an install holds, so it counts like the two lists.
    files = [ROOT / "pyproject.toml", CONSTRAINTS, ROOT / "packaging" / "build_hook.py"]
    wanted = fingerprint(files, extras, ROOT, sys.version)
    works = environment_works(VENV)
    if works and stamp.get("fingerprint") == wanted:
        return venv_python()
    if not works:
        make_environment(VENV)
    install(extras, qt)
    STAMP.write_text(json.dumps({"fingerprint": wanted, "extras": extras}), encoding="utf-8")
    return venv_python()


def install(extras: Sequence[str], qt: str) -> None:
    """Install the program from this clone, every package at its pinned version."""
    say(
        "正在安装程序及其依赖包(首次约需几分钟)……",
        "Installing the program and its packages (some minutes the first time) ...",
    )
    pinned = VENV / "constraints.txt"
    pinned.write_text(pins(CONSTRAINTS.read_text(encoding="utf-8"), qt), encoding="utf-8")
    environment = child_environment()
    # The build of the program itself obeys the pins too; older and newer pip read different names for that.
    environment["PIP_CONSTRAINT"] = environment["PIP_BUILD_CONSTRAINT"] = str(pinned)
    command = [str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--constraint", str(pinned), "--editable", f".[{','.join(extras)}]"]
    if subprocess.run(command, cwd=ROOT, env=environment).returncode != 0:
        raise SetupError(
            "依赖包没有装好(原因见上)。请检查网络后再运行一次;"
            "单位有内部软件源的,先设置环境变量 PIP_INDEX_URL。\n"
            "  The packages could not be installed (the reason stands above). Check the network and run this "
            "again; where your office has a package mirror, set PIP_INDEX_URL first."
        )


# -- the system --


def missing(libraries: Iterable[Library]) -> list[Library]:
    """Those of the libraries that this computer cannot load."""
    absent = []
    for library in libraries:
        try:
            ctypes.CDLL(library.soname)
        except OSError:
            absent.append(library)
    return absent


def in_order(names: Iterable[str]) -> list[str]:
    """The names, each once, in the order in which they came."""
    return list(dict.fromkeys(names))


def install_command(libraries: Sequence[Library], family: str) -> str:
    """The one command that brings the libraries on a system of that family (``apt``, ``dnf`` or none)."""
    if family == "dnf":
        return "sudo dnf install " + " ".join(in_order(library.rpm for library in libraries))
    return "sudo apt-get install " + " ".join(in_order(library.deb for library in libraries))


def package_family() -> str:
    """How this system installs packages: ``apt``, ``dnf``, or the empty string."""
    for family, program in (("apt", "apt-get"), ("dnf", "dnf"), ("dnf", "yum")):
        if shutil.which(program):
            return family
    return ""


def may_install() -> bool:
    """Whether we are root on a system with apt."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str], chinese: str, english: str) -> None:
    """Install system packages with apt where we may; else raise `SetupError` that names the one command."""
    command = f"sudo apt-get install {' '.join(packages)}"
    if not may_install():
        raise SetupError(
            f"{chinese}。请运行:{command}\n  {english[0].upper()}{english[1:]}. Please run: {command}"
        )
    say(f"正在安装系统组件:{' '.join(packages)}", f"Installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A list that cannot be refreshed is no reason to stop: the packages may be in the old one.
    subprocess.run(["apt-get", "update", "-qq"], env=environment, stdin=subprocess.DEVNULL)
    quiet = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    done = subprocess.run(quiet, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        raise SetupError(
            f"系统组件没有装好(原因见上)。请处理后运行:{command}\n"
            f"  The system packages could not be installed (the reason stands above). Then run: {command}"
        )


def ensure_libraries(libraries: Iterable[Library]) -> None:
    """See to the system libraries that Qt needs on Linux; raises `SetupError` that names the one command."""
    if not sys.platform.startswith("linux"):
        return
    absent = missing(libraries)
    if not absent:
        return
    names = " ".join(library.soname for library in absent)
    if package_family() != "apt":
        command = install_command(absent, package_family())
        raise SetupError(
            f"窗口需要的系统组件缺少 {names}。请运行:{command}\n"
            f"  The window needs system libraries that are missing: {names}. Please run: {command}"
        )
    apt_install(
        in_order(library.deb for library in absent),
        f"窗口需要的系统组件缺少 {names}",
        f"the window needs system libraries that are missing: {names}",
    )
