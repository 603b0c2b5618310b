"""Plain text: the decoded file is the canonical text, byte for byte, newlines too.

UTF-8 first, because it proves itself: text in another encoding is hardly ever valid UTF-8. A byte order mark says how the
file is coded and is not a part of the text, so offset 0 is the first character a reader sees. Other encodings are detected,
and the report says so, because a wrong guess damages accents.
"""

import codecs

from index.errors import UnreadableFileError
from index.extract import Extract

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: the mark of UTF-32 (little endian) begins with that of UTF-16."""
TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")
MAX_CONTROL_SHARE = 0.002
"""Text has no control characters but white space; a stray one per 500 bytes is borne, as OCR programs leave some."""
SAMPLE = 65536
DUTCH_SIGNS = frozenset("áàäâéèëêíìïîóòöôúùüûçñÁÀÄÂÉÈËÊÍÏÎÓÖÔÚÜÛÇÑ€‘’‚“”„–—…•«»§°²³½\u00a0\u00ad")
"""Guessing is unsure on short texts, and this code page is what Dutch office programs wrote for decades."""


def accepts(data: bytes, _name: str) -> bool:
    """Whether `data` looks like text: it has a byte order mark, or (nearly) no control characters and no NUL."""
    if any(data.startswith(bom) for bom, _ in BOMS):
        return True
    if b"\0" in data:
        return False
    sample = data[:SAMPLE]
    controls = sum(byte < 32 and byte not in TEXT_CONTROLS for byte in sample)
    return controls <= MAX_CONTROL_SHARE * len(sample)


def load(data: bytes, name: str) -> Extract:
    """The text of `data`; a Dutch warning where its encoding had to be guessed.

    Raises UnreadableFileError when no encoding fits.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            try:
                return _extract(data[len(bom) :].decode(encoding), name)
            except UnicodeDecodeError as error:
                raise UnreadableFileError(
                    f"{name} zegt {encoding} te zijn, maar is dat niet. Sla het opnieuw op als UTF-8."
                ) from error
    try:
        return _extract(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _detected(data, name)


def _detected(data: bytes, name: str) -> Extract:
    from charset_normalizer import from_bytes

    best = "cp1252" if _is_windows_dutch(data) else getattr(from_bytes(data).best(), "encoding", None)
    if best is None:
        raise UnreadableFileError(
            f"{name} is geen leesbaar tekstbestand. Sla de brief op als tekst in UTF-8 en voeg die toe."
        )
    text = data.decode(best)
    warning = f"{name} is geen UTF-8 en is gelezen als {best}; kijk of letters met accenten kloppen."
    return _extract(text, name, (warning,))


def _is_windows_dutch(data: bytes) -> bool:
    """Whether `data`, as Western European Windows text, has only the signs beyond ASCII that Dutch letters have."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return all(char.isascii() or char in DUTCH_SIGNS for char in text)


def _extract(text: str, name: str, warnings: tuple[str, ...] = ()) -> Extract:
    if "\0" in text:
        raise UnreadableFileError(
            f"{name} is geen leesbaar tekstbestand. Sla de brief op als tekst in UTF-8 en voeg die toe."
        )
    return Extract(text, "txt", warnings=warnings)
