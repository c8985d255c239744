"""Messages between two of our own processes: a length, then as many bytes."""

from __future__ import annotations

import struct
from typing import BinaryIO

LENGTH = struct.Struct("<Q")


def write_frame(stream: BinaryIO, message: bytes) -> None:
    """Write one message and flush it."""
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next message; None where the stream ends before it is whole."""
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(header)
    message = stream.read(length)
    return message if len(message) == length else None
