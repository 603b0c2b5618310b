"""Setting made-up pages as PDF for tests of reading them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

A4 = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Type:
    """Text at a place in points from the lower left; several are set in the order given."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


def pdf(*pages: Sequence[Type], rotate: int = 0, password: str | None = None) -> bytes:
    """A PDF with the given type on each page."""
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(stream, pagesize=A4, invariant=True, encrypt=encrypt)
    for page in pages:
        if rotate:
            canvas.setPageRotation(rotate)
        for piece in page:
            canvas.setFont("Helvetica-Bold" if piece.bold else "Helvetica", piece.size)
            canvas.drawString(piece.x, piece.y, piece.text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def picture(data: bytes, dots_per_inch: int = 150) -> bytes:
    """The pages of a PDF as pictures in a PDF without text: a scan."""
    from index.loaders.pdf import count_pages, render

    pages = [render(data, "scan", number, dots_per_inch) for number in range(count_pages(data, "scan"))]
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=dots_per_inch)
    return stream.getvalue()


def prose(x: float, y: float, *lines: str, size: float = 10, leading: float = 12) -> list[Type]:
    """Lines under one another."""
    return [Type(x, y - i * leading, line, size) for i, line in enumerate(lines)]


def width(text: str, size: float = 10) -> float:
    """The width of set text in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, "Helvetica", size))
