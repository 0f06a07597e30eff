import io

import pytest
from PIL import Image

from perfdesk.domain.administration import Administration, Picture
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.texts import BlockKind, Section, TextBlock
from perfdesk.services.book import pictures
from perfdesk.services.book.pictures import PAGE, Read
from perfdesk.storage import files


def encoded(image, kind, **options):
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def opened(read):
    image = Image.open(io.BytesIO(read.data))
    image.load()
    assert read.media_type == f"image/{image.format.lower()}"
    return image


def noise(*size):
    return Image.merge("RGB", [Image.effect_noise(size, 80) for _ in range(3)])


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("RGB", "JPEG"), ("L", "JPEG")]
)
def test_png_and_jpeg_stay_as_they_are(tmp_path, mode, kind):
    data = encoded(Image.new(mode, (40, 30)), kind)
    path = tmp_path / "harita.bin"
    path.write_bytes(data)
    assert pictures.read_picture(path) == Read(data, f"image/{kind.lower()}")


@pytest.mark.parametrize(
    ("mode", "kind", "becomes"),
    [
        ("RGB", "BMP", "RGB"),
        ("RGB", "WEBP", "RGB"),
        ("RGBA", "WEBP", "RGBA"),
        ("CMYK", "TIFF", "RGB"),
        ("1", "TIFF", "L"),
        ("P", "GIF", "RGB"),
        ("CMYK", "JPEG", "RGB"),
        ("I;16", "PNG", "L"),
    ],
)
def test_other_kinds_are_converted(mode, kind, becomes):
    image = opened(pictures.prepared(encoded(Image.new(mode, (40, 30)), kind), "resim"))
    assert (image.size, image.mode) == ((40, 30), becomes)


def test_sixteen_bits_of_grey_keep_their_shades():
    grey = Image.new("I;16", (2, 1))
    grey.putpixel((0, 0), 0x8000)
    grey.putpixel((1, 0), 0xFFFF)
    image = opened(pictures.prepared(encoded(grey, "PNG"), "resim"))
    assert [image.getpixel((x, 0)) for x in (0, 1)] == [128, 255]


def test_of_a_moving_picture_the_first_frame_is_taken():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert opened(pictures.prepared(data, "resim")).getpixel((0, 0)) == (255, 0, 0)


def test_a_photo_is_stood_upright_without_what_the_camera_noted():
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "Kamera"
    photo = Image.new("RGB", (40, 30), "red")
    image = opened(pictures.prepared(encoded(photo, "JPEG", exif=notes), "resim"))
    assert image.size == (30, 40)
    assert not image.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_large_photo_becomes_as_large_as_a_page_prints(kind):
    data = encoded(noise(3100, 1500), kind)
    read = pictures.prepared(data, "resim")
    image = opened(read)
    assert image.size == (PAGE[0], 1200)
    assert read.media_type == "image/jpeg"
    assert len(read.data) < len(data)


def test_a_large_drawing_stays_a_drawing():
    read = pictures.prepared(encoded(Image.new("RGB", (6000, 3000), "navy"), "PNG"), "resim")
    assert (read.media_type, opened(read).width) == ("image/png", PAGE[0])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"Bu bir resim de\xc4\x9fil", "not a picture"),
        (b"%PDF-1.7\n", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        (encoded(noise(300, 200), "JPEG")[:2000], "damaged"),
        (encoded(noise(300, 200), "PNG")[:2000], "damaged"),
        (encoded(Image.new("1", (9000, 5000)), "PNG"), "million points"),
        (encoded(Image.new("1", (20000, 12000)), "PNG"), "million points"),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_name(tmp_path, data, said):
    path = tmp_path / "belge.png"
    path.write_bytes(data)
    with pytest.raises(UserError) as told:
        pictures.read_picture(path)
    assert told.value.params["file"] == "belge.png"
    assert said in told.value.message


def test_a_file_too_large_is_not_read(tmp_path):
    path = tmp_path / "büyük.png"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(UserError) as told:
        pictures.read_picture(path)
    assert (told.value.params["size"], told.value.params["limit"]) == (51, 20)


def test_a_folder_or_nothing_is_told(tmp_path):
    for path in (tmp_path, tmp_path / "yok.png"):
        with pytest.raises(UserError, match=r"“.*” (cannot be read|okunam)"):
            pictures.read_picture(path)


PNG = encoded(Image.new("RGB", (4, 4)), "PNG")


@pytest.fixture
def store(tmp_path):
    figure = TextBlock(BlockKind.PICTURE, picture="map")
    municipality = Municipality(
        Administration("A", "town", logo="logo"),
        programmes=(
            Programme(2026, sections=(Section("foreword", blocks=(figure, figure)),)),
            Programme(2027, sections=(Section("foreword", "Başkandan", (figure,)),)),
        ),
        pictures=(
            Picture("logo", "Logo", "image/png", PNG),
            Picture("map", "Harita", "image/png", PNG + b" "),
            Picture("spare", "Yedek", "image/png", PNG + b"  "),
        ),
    )
    files.create(tmp_path / "a.perfdesk", municipality)
    with files.open_store(tmp_path / "a.perfdesk", writable=True) as store:
        yield store


def names(store):
    return [picture.name for picture in store.load().pictures]


def test_the_same_picture_is_not_stored_twice(store):
    assert pictures.add_picture(store, "Yine logo", Read(PNG, "image/png")) == "logo"
    assert store.undo_label == ""
    added = pictures.add_picture(store, " Ag\u0306aç ", Read(b"new", "image/jpeg"))
    picture = store.load().pictures[-1]
    assert picture == Picture(added, "Ağaç", "image/jpeg", b"new")
    store.undo()
    assert names(store) == ["Logo", "Harita", "Yedek"]


def test_a_picture_is_renamed(store):
    row = store.load().pictures[1].row
    pictures.rename(store, row, " Şehir haritası ")
    assert names(store) == ["Logo", "Şehir haritası", "Yedek"]
    with pytest.raises(UserError):
        pictures.rename(store, row, " ")


def test_only_what_is_used_nowhere_is_deleted(store):
    municipality = store.load()
    for id_, places in (("map", "2026, Sunuş; 2027, Başkandan"), ("logo", None)):
        with pytest.raises(UserError) as told:
            pictures.delete_picture(store, municipality, id_)
        assert places is None or told.value.params["places"] == places
    pictures.delete_picture(store, municipality, "spare")
    assert names(store) == ["Logo", "Harita"]
    store.undo()
    assert names(store) == ["Logo", "Harita", "Yedek"]


def test_uses_name_each_place_once(store):
    municipality = store.load()
    assert pictures.uses(municipality, "map") == [(2026, "foreword", "Sunuş"), (2027, "foreword", "Başkandan")]
    assert pictures.uses(municipality, "logo") == [(0, "", "")]
    assert pictures.uses(municipality, "spare") == []
    assert pictures.uses(municipality, "") == []
