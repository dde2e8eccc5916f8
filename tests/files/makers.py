"""Workbooks made by hand for tests: written part by part, so that each oddity is exactly where it is
wanted.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def make_xlsx(
    path: Path,
    sheets: dict[str, str],
    *,
    states: dict[str, str] | None = None,
    strings: str = "",
    formats: list[str] | None = None,
    book_attributes: str = "",
    main: str = MAIN,
    rels: str = RELS,
    folder: str = "xl",
    replace: dict[str, bytes] | None = None,
) -> Path:
    """An .xlsx whose sheets hold the given XML (all that stands inside <worksheet>).

    `strings` stands inside <sst>; `formats` are number formats of the styles 1, 2, ... (`id:27` for a
    built-in one); `replace` gives parts as they are.
    """
    names = list(sheets)
    parts: dict[str, bytes] = {}

    def add(name: str, body: str) -> None:
        parts[name] = (_HEAD + body).encode()

    add(
        "[Content_Types].xml",
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{folder}/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/{folder}/tabs/t{n}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for n in range(len(names))
        )
        + f'<Override PartName="/{folder}/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        f'<Override PartName="/{folder}/sharedStrings.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    add(
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{rels}/officeDocument" '
        f'Target="{folder}/workbook.xml"/></Relationships>',
    )
    tabs = "".join(
        f'<sheet name="{name}" sheetId="{n + 1}"'
        + (f' state="{states[name]}"' if states and name in states else "")
        + f' r:id="s{n}"/>'
        for n, name in enumerate(names)
    )
    add(
        f"{folder}/workbook.xml",
        f'<workbook xmlns="{main}" xmlns:r="{rels}"><workbookPr {book_attributes}/>'
        f"<sheets>{tabs}</sheets></workbook>",
    )
    add(
        f"{folder}/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}">'
        + "".join(
            f'<Relationship Id="s{n}" Type="{rels}/worksheet" Target="tabs/t{n}.xml"/>'
            for n in range(len(names))
        )
        + f'<Relationship Id="st" Type="{rels}/styles" Target="styles.xml"/>'
        f'<Relationship Id="ss" Type="{rels}/sharedStrings" Target="/{folder}/sharedStrings.xml"/>'
        "</Relationships>",
    )
    codes = formats or []
    fonts = '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    fills = '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    borders = "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    own = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    xfs = "".join(
        f'<xf numFmtId="{code[3:] if code.startswith("id:") else 200 + n}" '
        'fontId="0" fillId="0" borderId="0" xfId="0"/>'
        for n, code in enumerate(codes)
    )
    base = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    add(
        f"{folder}/styles.xml",
        f'<styleSheet xmlns="{main}"><numFmts count="{len(codes)}">{own}</numFmts>{fonts}{fills}{borders}'
        f'<cellStyleXfs count="1">{base}/></cellStyleXfs><cellXfs count="{len(codes) + 1}">{base} xfId="0"/>'
        f"{xfs}</cellXfs></styleSheet>",
    )
    add(f"{folder}/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>')
    for n, name in enumerate(names):
        add(
            f"{folder}/tabs/t{n}.xml",
            f'<worksheet xmlns="{main}" xmlns:r="{rels}">{sheets[name]}</worksheet>',
        )
    parts.update(replace or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def data(*rows: str) -> str:
    """Rows as the content of a worksheet."""
    return f"<sheetData>{''.join(rows)}</sheetData>"
