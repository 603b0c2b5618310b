"""Files that people keep beside letters and that are none: each is refused with what to do instead.

Asked before the other loaders, by content, so that a mailbox named brief.txt is not read as a letter.
"""

import re
from collections.abc import Callable

from index.errors import UnreadableFileError
from index.extract import Extract
from index.loaders.docx import accepts as is_docx
from index.loaders.odt import accepts as is_odt
from index.loaders.package import is_package, part_names

MAIL = re.compile(rb"\A(?:[\x21-\x39\x3b-\x7e]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}")
MAIL_FIELDS = re.compile(
    rb"^(?:received|return-path|message-id|mime-version|x-mailer|delivered-to|dkim-signature|from|to|subject|date):",
    re.IGNORECASE | re.MULTILINE,
)
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")


def accepts(data: bytes, name: str) -> bool:
    """Whether `data` is of a kind that is known and never a letter."""
    return _why(data, name) is not None


def load(data: bytes, name: str) -> Extract:
    """Always raises UnreadableFileError, with the kind of file and the next step."""
    raise UnreadableFileError(f"{name} is {_why(data, name) or 'geen brief'}")


def _why(data: bytes, name: str) -> str | None:
    return next((why for test, why in KINDS if test(data, name)), None)


def _is_mail(data: bytes, name: str) -> bool:
    head = data[:4096]
    fields = {field.lower() for field in MAIL_FIELDS.findall(head)}
    return name.lower().endswith(".eml") or (MAIL.match(head) is not None and len(fields) >= 3)


def _is_other_package(data: bytes, name: str) -> bool:
    return is_package(data) and not is_docx(data, name) and not is_odt(data, name)


def _holds(part: str) -> Callable[[bytes, str], bool]:
    return lambda data, _: any(name.startswith(part) for name in part_names(data))


KINDS: tuple[tuple[Callable[[bytes, str], bool], str], ...] = (
    (_is_mail, "een e-mail. Sla de bijlage met de brief apart op en voeg die toe."),
    (_holds("xl/"), "een rekenblad. Sla de brief op als .docx of .pdf en voeg die toe."),
    (_holds("ppt/"), "een presentatie. Sla de brief op als .docx of .pdf en voeg die toe."),
    (
        lambda data, name: is_package(data) and name.lower().endswith((".docx", ".odt")) and _is_other_package(data, name),
        "beschadigd of geen tekstdocument. Haal het bestand opnieuw op.",
    ),
    (_is_other_package, "een zip-bestand. Pak het uit en voeg de map met brieven toe."),
    (
        lambda data, _: data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "een oud Office-bestand (.doc of .msg) of met een wachtwoord beveiligd. Sla het op als .docx en voeg dat toe.",
    ),
    (lambda data, _: data.startswith(b"{\\rtf"), "een RTF-bestand. Sla het op als .docx en voeg dat toe."),
    (
        lambda data, _: data.startswith(PICTURES),
        "een afbeelding. Zet de scan om naar een PDF en voeg die toe.",
    ),
    (
        lambda data, _: data.startswith((b"\x1f\x8b", b"7z\xbc\xaf'\x1c", b"Rar!\x1a", b"BZh")),
        "een ingepakt bestand. Pak het uit en voeg de map met brieven toe.",
    ),
)
