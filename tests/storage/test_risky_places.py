from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.storage import risky_places
from perfdesk.storage.risky_places import Kind, Risk, risky_place

LOCAL = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"


def mount(point: str, kind: str) -> str:
    return f"90 22 0:44 / {point} rw,relatime shared:9 master:2 - {kind} //sunucu/ortak rw,vers=3.0\n"


def risk(path: str, mounts: str = LOCAL, **variables: str) -> Risk | None:
    return risky_place(Path(path), mounts=mounts, variables=variables)


def test_local_disk_is_safe() -> None:
    assert risk("/home/ayşe/Belgeler/Güneyçam.perfdesk") is None
    assert risk("/home/x/a.perfdesk", "") is None


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "davfs", "fuse.gvfsd-fuse"])
def test_network_file_systems(kind: str) -> None:
    found = risk("/mnt/ortak/mali/a.perfdesk", LOCAL + mount("/mnt/ortak", kind))
    assert found == Risk(Kind.NETWORK, "a.perfdesk")
    assert "a.perfdesk" in found.sentence()


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "vfat", "exfat", "fuseblk", "tmpfs", "overlay"])
def test_sticks_and_disks(kind: str) -> None:
    assert risk("/media/x/STICK/a.perfdesk", LOCAL + mount("/media/x/STICK", kind)) is None


def test_innermost_mount_decides() -> None:
    mounts = LOCAL + mount("/mnt/ortak", "cifs") + mount("/mnt/ortak/disk", "ext4")
    assert risk("/mnt/ortak/disk/a.perfdesk", mounts) is None
    assert risk("/mnt/ortak/a.perfdesk", mounts) is not None
    # a name that only begins like the mount point is another place
    assert risk("/mnt/ortak2/a.perfdesk", mounts) is None
    assert risk("/mnt/a.perfdesk", mounts) is None


def test_later_mount_covers_the_earlier_one() -> None:
    automatic = mount("/home", "autofs") + mount("/home", "nfs4")
    assert risk("/home/x/a.perfdesk", LOCAL + automatic) is not None
    assert risk("/home/x/a.perfdesk", LOCAL + mount("/home", "nfs4") + mount("/home", "ext4")) is None


def test_mount_point_with_blanks() -> None:
    mounts = LOCAL + mount(r"/media/Mali\040Hizmetler\011\134x", "cifs")
    assert risk("/media/Mali Hizmetler\t\\x/a.perfdesk", mounts) is not None


@given(st.text(max_size=200))
def test_any_mount_table_is_survived(mounts: str) -> None:
    assert risk("/x/a.perfdesk", mounts) in (None, Risk(Kind.NETWORK, "a.perfdesk"))


@pytest.mark.parametrize(
    ("path", "program"),
    [
        ("/home/x/Dropbox/a.perfdesk", "Dropbox"),
        ("/home/x/Dropbox (Belediye)/2027/a.perfdesk", "Dropbox"),
        ("/home/x/OneDrive/a.perfdesk", "OneDrive"),
        ("/home/x/OneDrive - Güneyçam Belediyesi/a.perfdesk", "OneDrive"),
        ("/home/x/Google Drive/a.perfdesk", "Google Drive"),
        ("/g/My Drive/a.perfdesk", "Google Drive"),
        ("/g/Drive'ım/a.perfdesk", "Google Drive"),
        ("/home/x/Nextcloud/a.perfdesk", "Nextcloud"),
        ("/home/x/ownCloud/a.perfdesk", "ownCloud"),
        ("/home/x/Yandex.Disk/a.perfdesk", "Yandex Disk"),
        ("/home/x/iCloudDrive/a.perfdesk", "iCloud"),
    ],
)
def test_names_of_synchronised_folders(path: str, program: str) -> None:
    found = risk(path)
    assert found == Risk(Kind.SYNCHRONISED, "a.perfdesk", program)
    assert program in found.sentence()


@pytest.mark.parametrize("name", ["Dropbox.perfdesk", "OneDrive eski.perfdesk"])
def test_name_of_the_file_itself_says_nothing(name: str) -> None:
    assert risk(f"/home/x/{name}") is None
    assert risk("/home/x/Dropboxes/a.perfdesk") is None


@pytest.mark.parametrize(
    "marker", [".dropbox", ".nextcloudsync.log", ".owncloudsync.log", ".sync_a1b2.db", "._sync_a1b2.db", ".stfolder"]
)
def test_what_synchronising_programs_leave(tmp_path: Path, marker: str) -> None:
    path = tmp_path / "Ortak" / "2027" / "a.perfdesk"
    assert risk(str(path)) is None
    path.parent.mkdir(parents=True)
    (tmp_path / "Ortak" / marker).touch()
    found = risk(str(path))
    assert found is not None
    assert found.kind is Kind.SYNCHRONISED
    assert risk(str(tmp_path / "a.perfdesk")) is None


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_says_where_it_is(tmp_path: Path, variable: str) -> None:
    found = risk(f"{tmp_path}/Bulut/a.perfdesk", **{variable: f"{tmp_path}/Bulut"})
    assert found == Risk(Kind.SYNCHRONISED, "a.perfdesk", "OneDrive")
    assert risk(f"{tmp_path}/a.perfdesk", **{variable: f"{tmp_path}/Bulut"}) is None
    assert risk(f"{tmp_path}/a.perfdesk", **{variable: ""}) is None


def test_link_into_a_synchronised_folder(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Masaüstü").symlink_to(tmp_path / "Dropbox")
    assert risk(f"{tmp_path}/Masaüstü/a.perfdesk") is not None


def test_this_machine_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(LOCAL + mount(str(tmp_path), "nfs"))
    monkeypatch.setattr(risky_places, "_MOUNTS", table)
    assert risky_place(tmp_path / "a.perfdesk") is not None
    table.unlink()
    assert risky_place(tmp_path / "a.perfdesk") is None
