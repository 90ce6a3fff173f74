"""Unpublished texts of forms: one for each person, saved as it is typed, never typed over from another window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from records import audit, editing, people, publishing, versions
from records.publishing import FileChanged, Linked, NotText, Publication
from records.versions import Bundle

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEXT = "title: Piknik\nfields: []\n"


@pytest.fixture
def anna(database: Any) -> int:
    return people.add("Anna", "anna@urzad.example", "editor").id


@pytest.fixture
def beata(database: Any) -> int:
    return people.add("Beata", "beata@urzad.example", "editor").id


def test_a_text_is_kept_with_the_file_it_began_from(anna: int) -> None:
    kept = editing.save("piknik", anna, TEXT, "abc", 0, NOW)
    assert kept == editing.load("piknik", anna)
    assert (kept.text, kept.base, kept.revision, kept.saved_at) == (TEXT, "abc", 1, NOW)


def test_lines_end_alike_whatever_the_browser_sends(anna: int) -> None:
    assert editing.save("piknik", anna, "a\r\nb\rc\0", "", 0, NOW).text == "a\nb\nc"


def test_each_saving_is_a_new_revision_and_the_same_text_is_none(anna: int) -> None:
    editing.save("piknik", anna, TEXT, "", 0, NOW)
    later = editing.save("piknik", anna, f"{TEXT}#", "", 1, NOW + timedelta(minutes=1))
    assert (later.revision, later.saved_at) == (2, NOW + timedelta(minutes=1))
    assert editing.save("piknik", anna, f"{TEXT}#", "", 1, NOW).revision == 2


def test_a_window_that_has_not_seen_the_last_saving_does_not_type_over_it(anna: int) -> None:
    editing.save("piknik", anna, "one", "", 0, NOW)
    editing.save("piknik", anna, "two", "", 1, NOW)
    with pytest.raises(editing.Elsewhere) as caught:
        editing.save("piknik", anna, "three", "", 1, NOW)
    assert caught.value.kept.text == "two"


def test_a_text_is_one_persons_own(anna: int, beata: int) -> None:
    mine = editing.save("piknik", anna, "one", "", 0, NOW)
    editing.save("piknik", beata, "two", "", 0, NOW)
    assert editing.load("piknik", anna) == mine
    assert editing.others("piknik", anna) == [("Beata", NOW)]
    assert editing.of_person(anna) == [("piknik", NOW)]
    editing.discard("piknik", anna)
    assert editing.load("piknik", anna) is None
    assert editing.taken("piknik")


def test_a_preview_counts_only_for_the_text_that_was_seen(anna: int) -> None:
    editing.previewed(editing.save("piknik", anna, TEXT, "", 0, NOW))
    seen = editing.load("piknik", anna)
    assert seen is not None
    assert seen.seen
    assert not editing.save("piknik", anna, f"{TEXT}#", "", 1, NOW).seen


def test_publishing_writes_the_file_and_keeps_both_versions(anna: int, tmp_path: Path) -> None:
    file = tmp_path / "piknik.yaml"
    file.write_text("old", encoding="utf-8")
    editing.save("piknik", anna, TEXT, "", 0, NOW)
    base = publishing.source(tmp_path, "piknik").digest
    publishing.publish(tmp_path, Publication("piknik", TEXT, base, Bundle(TEXT), Bundle("old")), anna, NOW)
    assert file.read_text(encoding="utf-8") == TEXT
    assert [each.bundle.file for each in versions.history("piknik")] == [TEXT, "old"]
    assert publishing.publishers("piknik") == {Bundle(TEXT).hash(): (anna, NOW)}
    assert editing.load("piknik", anna) is None
    assert audit.verify() is None


def test_whoever_publishes_second_is_told_and_nothing_is_lost(anna: int, beata: int, tmp_path: Path) -> None:
    for person, text in ((anna, "one"), (beata, "two")):
        editing.save("piknik", person, text, "", 0, NOW)
    publishing.publish(tmp_path, Publication("piknik", "one", "", Bundle("one"), None), anna, NOW)
    with pytest.raises(FileChanged):
        publishing.publish(tmp_path, Publication("piknik", "two", "", Bundle("two"), None), beata, NOW)
    assert (tmp_path / "piknik.yaml").read_text(encoding="utf-8") == "one"
    assert editing.load("piknik", beata) is not None
    assert [each.bundle.file for each in versions.history("piknik")] == ["one"]


def test_a_file_of_another_kind_is_left_alone(anna: int, tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (tmp_path / "stary.yaml").write_bytes(b"title: \xb3")
    with pytest.raises(Linked):
        publishing.publish(tmp_path, Publication("link", "x", "", Bundle("x"), None), anna, NOW)
    with pytest.raises(NotText):
        publishing.writable(tmp_path, "stary")
