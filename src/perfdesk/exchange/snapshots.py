"""Frozen versions as data: a year's programme as exchange data in one canonical form, its hash, and both packed."""

import hashlib
import json
import zlib
from typing import Any, Final

from perfdesk.domain.programme import Municipality
from perfdesk.exchange.errors import ExchangeError
from perfdesk.exchange.writing import as_data
from perfdesk.i18n import N_

Json = dict[str, Any]
# so many hexadecimal digits of the SHA-256 are printed: short enough to compare by eye
HASH_DIGITS: Final = 12


def canonical(municipality: Municipality) -> bytes:
    """Return exchange data in the one form that is hashed: UTF-8, keys in order, no white space."""
    return json.dumps(as_data(municipality), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(content: bytes) -> str:
    """Return what is printed to tell contents apart: the first digits of the SHA-256."""
    return hashlib.sha256(content).hexdigest()[:HASH_DIGITS]


def pack(content: bytes) -> bytes:
    """Return content as a file stores it."""
    return zlib.compress(content, 9)


def unpack(data: bytes, expected: str, limit: int) -> bytes:
    """Return packed content of at most ``limit`` bytes, whose hash is as ``expected``.

    Raises:
        ExchangeError: it is not.
    """
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(data, limit)
    except zlib.error:
        content = b""
    if not unpacker.eof or unpacker.unused_data or hash_of(content) != expected:
        raise ExchangeError((), N_("The version's data do not agree with its hash “{hash}”."), hash=expected)
    return content
