"""Damaging files in the ways that disks, networks and strangers do."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache

Mutation = Callable[[random.Random, bytes], bytes]


def flip(rng: random.Random, data: bytes) -> bytes:
    """Some bits the other way."""
    damaged = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def cut(rng: random.Random, data: bytes) -> bytes:
    """Only the beginning."""
    return data[: rng.randrange(1, len(data))]


def behead(rng: random.Random, data: bytes) -> bytes:
    """Only the end."""
    return data[rng.randrange(1, len(data)) :]


def hole(rng: random.Random, data: bytes) -> bytes:
    """A stretch of zeros."""
    start = rng.randrange(len(data))
    size = min(rng.choice((16, 512, 4096)), len(data) - start)
    return data[:start] + bytes(size) + data[start + size :]


def repeat(rng: random.Random, data: bytes) -> bytes:
    """A stretch twice, or many times."""
    start = rng.randrange(len(data))
    piece = data[start : start + rng.choice((8, 200, 2000))]
    return data[:start] + piece * rng.choice((2, 50)) + data[start:]


def noise(rng: random.Random, data: bytes) -> bytes:
    """Random bytes put in between."""
    start = rng.randrange(len(data))
    return data[:start] + rng.randbytes(rng.choice((1, 50, 1000))) + data[start:]


def inside(mutation: Mutation) -> Mutation:
    """The same to a part of a package, that is then packed whole; other files as they are."""

    def mutate(rng: random.Random, data: bytes) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                parts = {name: package.read(name) for name in package.namelist()}
        except zipfile.BadZipFile:
            return mutation(rng, data)
        chosen = rng.choice([name for name, content in parts.items() if name.endswith(".xml") and content])
        parts[chosen] = mutation(rng, parts[chosen])
        return pack(parts)

    return mutate


MUTATIONS: Sequence[Mutation] = (
    flip,
    cut,
    behead,
    hole,
    repeat,
    noise,
    inside(flip),
    inside(cut),
    inside(repeat),
    inside(hole),
)


def mutated(originals: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """`count` damaged files made from `originals`, always the same for one seed."""
    rng = random.Random(seed)
    for i in range(count):
        yield MUTATIONS[i % len(MUTATIONS)](rng, rng.choice(originals)) or b"\0"


def pack(parts: dict[str, bytes]) -> bytes:
    """A zip file of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


@cache
def bombs() -> dict[str, bytes]:
    """Small files that unpack, expand or nest to very much, by name."""
    big = b"<w:p>" + b"haas " * 16_000_000
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    laughs = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    deep = 200_000
    stream = zlib.compress(b"BT /F1 9 Tf (haas) Tj ET " * 2_000_000)
    return {
        "bom.docx": pack({"word/document.xml": word + big}),
        "bom.odt": pack({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": big}),
        "delen.docx": pack({"word/document.xml": word, **{f"deel{i}": b"" for i in range(20_000)}}),
        "lachen.xml": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "haas">{laughs}]><kamerwrk>&e11;</kamerwrk>'.encode(),
        "diep.xml": b"<kamerwrk>" + b"<al>" * deep + b"haas" + b"</al>" * deep + b"</kamerwrk>",
        "diep.html": b"<html><body>" + b"<div>" * deep + b"haas" + b"</div>" * deep,
        "breed.html": b"<html><body><table>" + b"<tr><td>haas</td></tr>" * 100_000,
        "lang.xml": b"<kamerwrk><al>" + b"haas " * 4_000_000 + b"</al></kamerwrk>",
        "stroom.pdf": _pdf(stream),
    }


def _pdf(stream: bytes) -> bytes:
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" /Filter /FlateDecode >>\nstream\n" + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += str(number).encode() + b" 0 obj\n" + content + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end
