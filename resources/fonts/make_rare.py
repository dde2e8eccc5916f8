"""Make RetireeRareHan-Regular.ttf.gz: the rare ideographs (CJK extensions B to F) that Noto Serif SC lacks.

python make_rare.py NotoSerifSC-Regular.ttf HanaMinB.ttf OUT.ttf.gz     (needs fontTools; takes two minutes)

HanaMinB draws curves as chains of short straight strokes. Points that lie within 1.1/1024 of the line between
their neighbours are dropped (0.013 pt at 12 pt type: below what a printer draws).
"""

import gzip
import io
import sys
from array import array

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

TOLERANCE = 1.1
NAMES = {
    0: "Copyright 2008-2017 GlyphWiki Project. Subset of HanaMinB; see LICENSE-hanazono.txt",
    1: "Retiree Rare Han",
    2: "Regular",
    3: "RetireeRareHan-Regular",
    4: "Retiree Rare Han",
    5: "Version 1.0",
    6: "RetireeRareHan-Regular",
    13: "Hanazono Font License or SIL Open Font License 1.1",
}

Point = tuple[float, float]


def distance2(point: Point, start: Point, end: Point) -> float:
    """The square of the distance of `point` from the stroke between `start` and `end`."""
    x, y = point[0] - start[0], point[1] - start[1]
    dx, dy = end[0] - start[0], end[1] - start[1]
    length2 = dx * dx + dy * dy
    if not length2:
        return x * x + y * y
    along = (x * dx + y * dy) / length2
    if along < 0:
        return x * x + y * y
    if along > 1:
        return (x - dx) ** 2 + (y - dy) ** 2
    return (x * dy - y * dx) ** 2 / length2


def thinned(points: list[Point]) -> list[Point]:
    """A closed outline of straight strokes with the points dropped that nobody can see (Douglas-Peucker)."""
    first = max(range(len(points)), key=lambda k: points[k][0] + 3 * points[k][1])
    ring = [*points[first:], *points[: first + 1]]
    last = len(ring) - 1
    far = max(range(last), key=lambda k: (ring[k][0] - ring[0][0]) ** 2 + (ring[k][1] - ring[0][1]) ** 2)
    keep = {0, far, last}
    todo = [(0, far), (far, last)]
    while todo:
        start, end = todo.pop()
        if end - start < 2:
            continue
        worst = max(range(start + 1, end), key=lambda k: distance2(ring[k], ring[start], ring[end]))
        if distance2(ring[worst], ring[start], ring[end]) > TOLERANCE**2:
            keep.add(worst)
            todo += [(start, worst), (worst, end)]
    kept = [ring[k] for k in sorted(keep) if k < last]
    return kept if len(kept) >= 3 else points


def main(serif: str, hanazono: str, out: str) -> None:
    """Subset, thin, rename, compress."""
    have = TTFont(serif).getBestCmap()
    font = TTFont(hanazono)
    options = subset.Options()
    options.glyph_names = False
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.drop_tables += ["vmtx", "vhea", "GSUB", "GPOS", "VORG", "FFTM"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[c for c in font.getBestCmap() if c not in have and 0x20000 <= c <= 0x2EBE0])
    cutter.subset(font)
    outlines = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = outlines[name]
        if glyph.numberOfContours <= 0:
            continue
        points, ends, on_curve = glyph.getCoordinates(outlines)
        if not all(flag & 1 for flag in on_curve):
            continue  # a handful of real curves: kept as they are
        start, kept, new_ends = 0, [], []
        for end in ends:
            kept += thinned(list(points[start : end + 1]))
            new_ends.append(len(kept) - 1)
            start = end + 1
        glyph.coordinates = GlyphCoordinates(kept)
        glyph.flags = array("B", [1] * len(kept))
        glyph.endPtsOfContours = new_ends
    font["name"].names = []
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)
        font["name"].setName(text, number, 1, 0, 0)
    font["post"].formatType = 3.0
    plain = io.BytesIO()
    font.save(plain)
    with open(out, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(plain.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])
