"""Files that people attach: taken in by what they are, kept whole, handed out, and gone when they should be."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from records import drafts, files, models, responses
from records.database import writing
from records.files import FileEmpty, FileStore, FileTooLarge, FileTypeWrong, displayable
from records.kinds import KINDS
from tests.records.steps import LATER, NOW, draft, send

PDF = b"%PDF-1.7\n" + b"x" * 100
ALL = tuple(KINDS)


def packed(*entries: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return held.getvalue()


TYPES = ("[Content_Types].xml", b"<Types/>")
DOCX = packed(TYPES, ("word/document.xml", b"<w/>"))
XLSX = packed(TYPES, ("xl/workbook.xml", b"<x/>"))
ODT = packed(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<o/>"))
ODS = packed(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<o/>"))
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20
XML = "\ufeff<?xml version='1.0'?><podpis/>".encode()
GOOD = {
    "pdf": PDF,
    "docx": DOCX,
    "xlsx": XLSX,
    "odt": ODT,
    "ods": ODS,
    "png": PNG,
    "jpg": JPG,
    "jpeg": JPG,
    "zip": packed(("a.txt", b"a")),
    "xml": XML,
    "sig": b"\x30\x82\x05\x00" + b"\0" * 20,
}


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def response(version: int) -> responses.Response:
    return draft(version)


def keep(store: FileStore, response: responses.Response, name: str, content: bytes, **more: Any) -> files.StoredFile:
    settings: dict[str, Any] = {"accept": ALL, "max_size": 1_000_000, "path": "zalacznik", "now": NOW} | more
    return store.keep(io.BytesIO(content), name=name, response_id=response.id, **settings)


def on_disk(store: FileStore) -> list[Path]:
    return [place for place in store.folder.rglob("*") if place.is_file()]


def test_a_file_comes_back_byte_for_byte(store: FileStore, response: responses.Response) -> None:
    content = PDF + os.urandom(200_000)
    kept = keep(store, response, "Umowa nr 5.PDF", content)
    assert files.get(kept.id, response.id) == kept
    with store.open_for_download(kept) as handed_out:
        assert handed_out.read() == content
    assert (kept.name, kept.media_type, kept.size) == ("Umowa nr 5.PDF", "application/pdf", len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert "Umowa" not in str(on_disk(store))


def test_a_file_belongs_to_its_response_only(store: FileStore, response: responses.Response, version: int) -> None:
    kept = keep(store, response, "a.pdf", PDF)
    assert files.get(kept.id, draft(version).id) is None


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_is_known_by_its_content_and_by_that_only(kind: str) -> None:
    for other, content in GOOD.items():
        same = KINDS[other].media_type == KINDS[kind].media_type
        archive = kind == "zip" and content.startswith(b"PK")
        signature = kind == "sig" and other == "xml"  # XAdES
        assert KINDS[kind].fits(io.BytesIO(content)) == (same or archive or signature), (kind, other)
    assert not KINDS[kind].fits(io.BytesIO(b"MZ\x90\x00" + b"\0" * 200))
    assert not KINDS[kind].fits(io.BytesIO(b"<html><script>alert(1)</script></html>"))


@pytest.mark.parametrize(
    ("name", "content", "accept"),
    [
        ("a.exe", b"MZ", ("pdf",)),
        ("a.pdf", b"MZ\x90" * 50, ("pdf",)),
        ("a.pdf", PNG, ("pdf", "png")),
        ("a.docx", XLSX, ("docx", "xlsx")),
        ("pdf", PDF, ("pdf",)),
        ("a.docx", packed(TYPES, ("word/document.xml", b""), ("word/vbaProject.bin", b"")), ("docx",)),
        ("a.zip", GOOD["zip"], ("pdf",)),
        ("a.exe", b"MZ", ("exe",)),
    ],
)
def test_a_file_that_is_not_what_was_asked_for_is_refused(
    store: FileStore, response: responses.Response, name: str, content: bytes, accept: tuple[str, ...]
) -> None:
    with pytest.raises(FileTypeWrong) as caught:
        keep(store, response, name, content, accept=accept)
    assert caught.value.accept == accept
    assert on_disk(store) == []
    assert models.StoredFile.select().count() == 0


def test_an_empty_file_and_one_too_large_are_refused_and_leave_nothing(
    store: FileStore, response: responses.Response
) -> None:
    with pytest.raises(FileEmpty):
        keep(store, response, "a.pdf", b"")
    with pytest.raises(FileTooLarge) as caught:
        keep(store, response, "a.pdf", PDF, max_size=len(PDF) - 1)
    assert caught.value.limit == len(PDF) - 1
    assert keep(store, response, "a.pdf", PDF, max_size=len(PDF)).size == len(PDF)
    assert len(on_disk(store)) == 1


def test_an_archive_made_to_exhaust_its_reader_is_refused_at_once() -> None:
    bomb = packed(*((f"{n:0200}", b"") for n in range(6000)))
    lying = bytearray(GOOD["zip"])
    lying[-10:-6] = struct.pack("<L", 2**31)
    started = time.process_time()
    assert not KINDS["docx"].fits(io.BytesIO(bomb))
    assert not KINDS["zip"].fits(io.BytesIO(bytes(lying)))
    assert not KINDS["zip"].fits(io.BytesIO(b"PK\x03\x04" + b"\0" * 50))
    assert not KINDS["odt"].fits(io.BytesIO(ODT[: len(ODT) // 2]))
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\Ola\\umowa.pdf", "umowa.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("umowa\u202efdp.exe.pdf", "umowafdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("Zaz\u0307o\u0301łć.pdf", "Zażółć.pdf"),
        (".pdf", "plik.pdf"),
        ("..", "plik"),
        ("ą" * 300 + ".pdf", "ą" * 116 + ".pdf"),
    ],
)
def test_a_name_is_safe_to_show(given: str, shown: str) -> None:
    assert displayable(given) == shown


def test_a_removed_file_leaves_the_disk_only_when_that_is_certain(
    store: FileStore, response: responses.Response
) -> None:
    kept = keep(store, response, "a.pdf", PDF)
    with pytest.raises(RuntimeError), writing():
        store.remove([kept])
        raise RuntimeError
    assert len(on_disk(store)) == 1
    assert files.get(kept.id, response.id) == kept
    store.remove([kept])
    assert on_disk(store) == []
    assert files.get(kept.id, response.id) is None


def test_what_a_crash_left_behind_is_swept_up_and_nothing_else(store: FileStore, response: responses.Response) -> None:
    kept = keep(store, response, "a.pdf", PDF)
    place = on_disk(store)[0]
    orphan, half, young = (place.parent / name for name in ("orphan", "half.part", "young.part"))
    for left in (orphan, half, young):
        left.write_bytes(b"x")
    for old in (place, orphan, half):
        os.utime(old, (time.time() - 7200,) * 2)
    assert store.sweep_orphans(timedelta(hours=1)) == 2
    assert set(on_disk(store)) == {place, young}
    store.open_for_download(kept).close()


def test_old_drafts_go_with_their_files_and_what_was_sent_stays(
    store: FileStore, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "BATCH", 2)
    old, sent, corrected = [draft(version) for _ in range(5)], draft(version), draft(version)
    for each in (*old, sent):
        keep(store, each, "a.pdf", PDF)
    send(sent, version)
    send(corrected, version)
    responses.correct(corrected.key, NOW)
    young = responses.begin("szkolenie", version, responses.Working(), "pl", LATER)
    assert drafts.erase_drafts(store, LATER) == 5
    assert len(on_disk(store)) == 1
    assert [responses.load(each.key) is None for each in (old[0], sent, corrected, young)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_person_can_have_a_draft_erased_but_not_what_was_sent(store: FileStore, version: int) -> None:
    begun, sent = draft(version), draft(version)
    send(sent, version)
    assert drafts.erase_draft(store, begun.key)
    assert not drafts.erase_draft(store, begun.key)
    assert not drafts.erase_draft(store, sent.key)
    assert responses.load(sent.key) is not None
