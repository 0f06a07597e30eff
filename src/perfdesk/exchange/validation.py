"""Whether exchange data may be read: bytes, shape, references and sums. The first fault refuses the whole file."""

from perfdesk.exchange.content import check_content
from perfdesk.exchange.decoding import Json, decode
from perfdesk.exchange.shape import check_shape


def load(content: bytes) -> dict[str, Json]:
    """Return checked exchange data.

    Raises:
        ExchangeError: naming the first fault and its path.
    """
    data = decode(content)
    check_shape(data)
    check_content(data, load)
    return dict(data)
