"""Pictures of the book: read from files, brought to the size of a printed page, kept once, named, deleted."""

import io
import uuid
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.domain import texts
from perfdesk.domain.administration import Picture
from perfdesk.domain.errors import UserError, system_reason
from perfdesk.domain.programme import Municipality
from perfdesk.i18n import N_, _
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.storage.store import Store
from perfdesk.tables.form import load_form

if TYPE_CHECKING:
    from PIL.Image import Image

# a file's size in MB; a camera's photo has some 10
MOST_MEGABYTES: Final = 20
# what an office computer unpacks without trouble
MOST_MEGAPIXELS: Final = 40
# an A4 page at 300 points an inch: a printer shows no more
PAGE: Final = (2480, 3508)
# beyond it a drawing without transparency is a photo, which JPEG holds in a tenth
_LARGE_PNG: Final = 4_000_000
_QUALITY: Final = 88
_ORIENTATION: Final = 0x0112
_MEDIA_TYPES: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg"}
_LOSSY: Final = frozenset({"JPEG", "MPO", "WEBP"})
# the rest are programs of printers and codecs, which run other programs or read other files
_FORMATS: Final = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF")


class Read(NamedTuple):
    """A picture as it is stored."""

    data: bytes
    media_type: str


class Use(NamedTuple):
    """Where a picture is used: a section of a year, or with year 0 the municipality's logo."""

    year: int
    key: str
    title: str


def read_picture(path: Path) -> Read:
    """Read a picture from a file.

    Raises:
        UserError: it cannot be read, is empty, too large or no picture.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_MEGABYTES * 1_000_000 else b""
    except OSError as error:
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=path.name, reason=system_reason(error)) from None
    if size > MOST_MEGABYTES * 1_000_000:
        raise UserError(
            N_("“{file}” has {size} MB; a picture may have at most {limit}. Save it smaller and add it again."),
            file=path.name,
            size=-(-size // 1_000_000),
            limit=MOST_MEGABYTES,
        )
    return prepared(data, path.name)


def prepared(data: bytes, name: str) -> Read:
    """Return a picture's data as it is stored: upright, a PNG or JPEG, no larger than a printed page shows.

    A PNG or JPEG that is all this stays as it is.

    Raises:
        UserError: the data are empty, damaged, too large or no picture; ``name`` is what it is told of.
    """
    from PIL import Image, UnidentifiedImageError

    if not data:
        raise UserError(N_("“{file}” is empty. Choose another picture."), file=name)
    try:
        with warnings.catch_warnings():
            # the size is looked at below, before anything is unpacked
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                # a JPEG is unpacked at a half or a quarter where that is still large enough
                natural = opened.size
                opened.draft(None, _within_page(natural))
                if opened.width * opened.height > MOST_MEGAPIXELS * 1_000_000:
                    raise _too_many_points(name)
                opened.load()
                return _stored_form(opened, data, whole=opened.size == natural)
    except UserError:
        raise
    except Image.DecompressionBombError:
        raise _too_many_points(name) from None
    except UnidentifiedImageError:
        raise UserError(
            N_("“{file}” is not a picture that can be read. Save it as PNG or JPEG and add it again."), file=name
        ) from None
    except Exception as error:  # decoders raise nearly anything on broken data
        raise UserError(
            N_("The picture “{file}” is damaged or was not copied completely. Copy it again."), file=name
        ) from error


def new_picture(name: str, read: Read) -> Picture:
    """Return a picture with an identity of its own, which is in no file yet."""
    return Picture(f"picture-{uuid.uuid4().hex[:12]}", texts.typed(name), read.media_type, read.data)


def same(known: Iterable[Picture], data: bytes) -> Picture | None:
    """Return the picture with these data, if there is one."""
    return next((picture for picture in known if picture.data == data), None)


def add_picture(store: Store, name: str, read: Read) -> str:
    """Add a picture and return its identity; what is there already is not stored twice.

    Raises:
        UserError: the name holds a character that cannot be stored or printed.
    """
    found = store.find("picture", data=read.data)
    if found is not None:
        return str(store.field("picture", found, "identity"))
    picture = new_picture(name, read)
    with store.step(RECORD_TYPES["picture"].added):
        insert(store, picture)
    return picture.id


def insert(store: Store, picture: Picture) -> int:
    """Insert a picture behind the others, as part of the current step, and return its row."""
    rows = store.rows("picture")
    last = store.field("picture", rows[-1], "position") if rows else -1
    return store.insert(
        "picture",
        position=int(last or 0) + 1,
        identity=picture.id,
        name=picture.name,
        media_type=picture.media_type,
        data=picture.data,
    )


def rename(store: Store, row: int, name: str) -> None:
    """Change a picture's name.

    Raises:
        UserError: it is empty or holds a character that cannot be stored or printed.
    """
    new = texts.typed(name)
    if not new:
        raise UserError(N_("The picture needs a name."))
    with store.step(RECORD_TYPES["picture"].fields["name"].label):
        store.update("picture", row, name=new)


def delete_picture(store: Store, municipality: Municipality, id_: str) -> None:
    """Delete a picture that is used nowhere.

    Raises:
        UserError: it is used.
    """
    picture = next(picture for picture in municipality.pictures if picture.id == id_)
    places = uses(municipality, id_)
    if places:
        raise UserError(
            N_("“{name}” is still used: {places}. Take it out there first."),
            name=picture.name,
            places="; ".join(place_name(use) for use in places),
        )
    with store.step(RECORD_TYPES["picture"].deleted):
        store.delete("picture", picture.row)


def uses(municipality: Municipality, id_: str) -> list[Use]:
    """Return where a picture is used, each place once."""
    found = [Use(0, "", "")] if id_ and municipality.administration.logo == id_ else []
    for programme in municipality.programmes:
        titles = {part.key: part.title for part in load_form(programme.form).outline}
        found += [
            Use(programme.year, section.key, section.title or titles.get(section.key, section.key))
            for section in programme.sections
            if any(block.picture == id_ for block in section.blocks)
        ]
    return found


def place_name(use: Use) -> str:
    """Return how a place is named to a person."""
    return f"{use.year}, {use.title}" if use.year else _("logo of the municipality")


def _within_page(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size that fits on a page, turned or not."""
    scale = max(min(PAGE[0] / size[0], PAGE[1] / size[1]), min(PAGE[1] / size[0], PAGE[0] / size[1]))
    return max(1, int(size[0] * scale)), max(1, int(size[1] * scale))


def _too_many_points(name: str) -> UserError:
    return UserError(
        N_("“{file}” has more than {limit} million points. Save it smaller and add it again."),
        file=name,
        limit=MOST_MEGAPIXELS,
    )


def _stored_form(opened: "Image", data: bytes, *, whole: bool) -> Read:
    """Return the data as they are, where they can stay so, or the picture newly written."""
    from PIL import Image, ImageOps

    kind = opened.format or ""
    upright = opened.getexif().get(_ORIENTATION, 1) == 1
    fits = opened.width <= PAGE[0] and opened.height <= PAGE[1]
    usual = opened.mode in ("1", "L", "LA", "P", "RGB", "RGBA")
    if kind in _MEDIA_TYPES and whole and upright and fits and usual:
        return Read(data, _MEDIA_TYPES[kind])
    picture = _plain(ImageOps.exif_transpose(opened))
    picture.thumbnail(PAGE, Image.Resampling.LANCZOS)
    if kind in _LOSSY and picture.mode in ("L", "RGB"):
        return _encoded(picture, "JPEG")
    drawing = _encoded(picture, "PNG")
    return _encoded(picture, "JPEG") if len(drawing.data) > _LARGE_PNG and picture.mode == "RGB" else drawing


def _plain(picture: "Image") -> "Image":
    """Return the picture in grey or in three colours, transparent only where it was."""
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.mode.startswith("I;16"):
        # Pillow would cut off what is brighter than 255
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _encoded(picture: "Image", kind: str) -> Read:
    written = io.BytesIO()
    # what a camera noted beside the picture, its place among it, is not kept
    profile = picture.info.get("icc_profile")
    picture.save(written, kind, quality=_QUALITY, icc_profile=profile)
    return Read(written.getvalue(), _MEDIA_TYPES[kind])
