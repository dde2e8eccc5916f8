"""Made-up people and the means to read what was printed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from pypdf import PdfReader

from retiree_desk.files.pdf.page import Imprint

IMPRINT = Imprint("某某石油机械有限公司离退休职工管理站", "李秀兰", "2026-10-30 14:05")
#: Ordinary, two characters, compound, four parts, and names that only rare fonts have.
NAMES = ("王伟", "欧阳建国", "刘淑珍", "买买提·吐尔逊·阿不都热合曼", "㐱𠮷", "李𪚥", "张䶮", "𬱖明")


def pages(path: Path) -> list[str]:
    """The text of every page, as a reader copies it."""
    return [page.extract_text() for page in PdfReader(path).pages]


def squeezed(text: str) -> str:
    """Without blanks and line ends, which differ from reader to reader."""
    return "".join(text.split())


def fonts(path: Path) -> dict[str, bool]:
    """Every font of the file and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in PdfReader(path).pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()
            descriptor = described.get("/FontDescriptor")
            found[described["/BaseFont"]] = descriptor is not None and "/FontFile2" in descriptor.get_object()
    return found


def boxes(path: Path, page: int = 0) -> list[tuple[float, float, float, str]]:
    """Every piece of words on a page: left, right and base line in points, and the words (needs poppler)."""
    return [(x1, x2, y2, words) for x1, _y1, x2, y2, words in _words(path, page)]


def overlaps(path: Path, page: int = 0) -> list[str]:
    """Words that lie over one another, or over the edge of the paper."""
    paper = PdfReader(path).pages[page].mediabox
    found = _words(path, page)
    told = [
        words
        for x1, y1, x2, y2, words in found
        if x1 < 0 or y1 < 0 or x2 > float(paper.width) or y2 > float(paper.height)
    ]
    for at, (x1, y1, x2, y2, words) in enumerate(found):
        for left, top, right, bottom, others in found[at + 1 :]:
            # The boxes reach from the highest accent to the lowest tail; lines may share a third of that.
            high = min(y2, bottom) - max(y1, top)
            if min(x2, right) - max(x1, left) > 1 and high > 0.4 * min(y2 - y1, bottom - top):
                told.append(f"{words} / {others}")
    return told


def _words(path: Path, page: int) -> list[tuple[float, float, float, float, str]]:
    tool = shutil.which("pdftotext")
    if tool is None:
        return []
    command = [tool, "-bbox", "-f", str(page + 1), "-l", str(page + 1), str(path), "-"]
    told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    pattern = r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
    return [
        (float(x1), float(y1), float(x2), float(y2), words)
        for x1, y1, x2, y2, words in re.findall(pattern, told)
    ]
