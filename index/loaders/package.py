"""Word and ODT files are zip packages; this reads single parts of one without trusting it.

Only the named parts are unpacked, each up to a size and all together up to a size, so that a few kilobytes that unpack to
gigabytes end in one line in the report.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from index.errors import UnreadableFileError
from index.loaders.xmltree import parse

MAX_PARTS = 5000
MAX_PART_BYTES = 64 * 2**20
MAX_TOTAL_BYTES = 128 * 2**20


def is_package(data: bytes) -> bool:
    """Whether `data` is a zip file, empty ones included."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def part_names(data: bytes) -> frozenset[str]:
    """The names of the parts; none when the package is damaged."""
    if not is_package(data):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


@dataclass(slots=True)
class Package:
    """The parts of one package, read when asked for."""

    data: bytes
    name: str
    read_so_far: int = field(default=0, init=False)

    def names(self) -> frozenset[str]:
        """The names of the parts."""
        names = part_names(self.data)
        if len(names) > MAX_PARTS:
            raise UnreadableFileError(f"{self.name} bestaat uit {len(names)} delen; dat is geen gewone brief.")
        return names

    def part(self, part: str) -> bytes | None:
        """The content of one part, None when it is not there.

        Raises UnreadableFileError when it is damaged, locked or unpacks to too much.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as package:
                try:
                    info = package.getinfo(part)
                except KeyError:
                    return None
                with package.open(info) as stream:
                    content = stream.read(MAX_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableFileError(f"{self.name} is beschadigd. Haal het bestand opnieuw op.") from error
        except RuntimeError as error:  # zipfile's way to ask for a password
            raise UnreadableFileError(
                f"{self.name} is met een wachtwoord beveiligd. Sla het zonder wachtwoord op."
            ) from error
        self.read_so_far += len(content)
        if len(content) > MAX_PART_BYTES or self.read_so_far > MAX_TOTAL_BYTES:
            raise UnreadableFileError(
                f"{self.name} pakt uit tot meer dan {MAX_TOTAL_BYTES >> 20} MB. Controleer het bestand."
            )
        return content

    def xml(self, part: str) -> Any | None:
        """The root element of one part, None when it is not there."""
        content = self.part(part)
        return None if content is None else parse(content, self.name).root
