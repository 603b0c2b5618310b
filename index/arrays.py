"""Named arrays in one file that is opened without reading it: the safetensors format, memory-mapped.

The format is eight bytes with the length of a JSON header, the header (name -> dtype, shape, offsets), then the raw
arrays: nothing in it can run code. The safetensors package copies what it opens; here an array is a read-only view of the
mapped file, so that opening a large index costs no time and only the touched pages cost memory.
"""

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DTYPES = {
    "float16": "F16",
    "float32": "F32",
    "uint8": "U8",
    "int32": "I32",
    "uint32": "U32",
    "int64": "I64",
    "uint64": "U64",
}
MAX_HEADER = 2**20


def write_arrays(file: Path, arrays: "Mapping[str, NDArray[Any]]") -> None:
    """Write `arrays` to `file`, each aligned to 8 bytes; the same arrays give the same bytes."""
    import numpy as np

    header: dict[str, Any] = {}
    position = 0
    # The widest come first, so that every array starts at a multiple of its own item size and the format's rule of no
    # gaps between arrays holds.
    ordered = sorted(arrays.items(), key=lambda item: (-item[1].dtype.itemsize, item[0]))
    for name, array in ordered:
        end = position + array.nbytes
        header[name] = {"dtype": DTYPES[array.dtype.name], "shape": list(array.shape), "data_offsets": [position, end]}
        position = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with file.open("wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for _, array in ordered:
            out.write(np.ascontiguousarray(array).data)


def map_arrays(file: Path) -> "dict[str, NDArray[Any]]":
    """The arrays in `file` as read-only views of the mapped file; raises ValueError where it is not safetensors."""
    import numpy as np

    with file.open("rb") as source:
        head = source.read(8)
        if len(head) < 8:
            raise ValueError(f"{file} is too short")
        (length,) = struct.unpack("<Q", head)
        if length > MAX_HEADER:
            raise ValueError(f"{file} is not a safetensors file")
        header = json.loads(source.read(length))
    header.pop("__metadata__", None)
    raw: np.ndarray[Any, Any] = np.memmap(file, dtype=np.uint8, mode="r")
    return {name: _view(np.asarray(raw)[8 + length :], entry) for name, entry in header.items()}


def to_float32(array: "NDArray[Any]") -> "NDArray[Any]":
    """The `array` as float32. One of float16, whose values must be finite, becomes to the last bit what `astype` gives, in
    a seventh of the time.

    Sign, exponent and fraction move to where float32 has them; the product makes up for the other bias of the exponent.
    """
    import numpy as np

    if array.dtype != np.float16:
        return array.astype(np.float32, copy=False)
    bits = array.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= ~0x70000000  # copies of the sign, from widening
    wide: NDArray[Any] = bits.view(np.float32)
    wide *= np.float32(2.0**112)
    return wide


def _view(data: "NDArray[np.uint8]", entry: Mapping[str, Any]) -> "NDArray[Any]":
    names = {code: name for name, code in DTYPES.items()}
    start, end = entry["data_offsets"]
    return data[start:end].view(names[entry["dtype"]]).reshape(entry["shape"])
