"""Versions of forms: stored once, whole, whoever asks and however often."""

from __future__ import annotations

import threading
from typing import Any

from records import models, versions
from records.versions import Bundle
from tests.records.steps import counting


def test_a_version_comes_back_word_for_word(database: Any) -> None:
    bundle = Bundle("title: Zgłoszenie\r\n# uwaga\n", {"powiaty": "kod;nazwa\n3201;białogardzki\n"})
    stored = versions.store("szkolenie", bundle)
    assert versions.load(stored.id) == stored
    assert stored.bundle == bundle
    assert stored.hash == bundle.hash()


def test_the_same_text_is_stored_once_and_a_changed_list_is_another_version(database: Any) -> None:
    first = versions.store("a", Bundle("x", {"l": "1", "m": "2"}))
    assert versions.store("a", Bundle("x", {"m": "2", "l": "1"})).id == first.id
    assert versions.store("a", Bundle("x", {"l": "1", "m": "3"})).id != first.id
    assert versions.store("b", Bundle("x", {"l": "1", "m": "2"})).id != first.id
    assert [each.bundle.lists["m"] for each in versions.history("a")] == ["3", "2"]


def test_many_who_store_the_same_version_at_once_store_it_once(database: Any) -> None:
    got: list[int] = []
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        got.append(versions.store("szkolenie", Bundle("title: Szkolenie")).id)
        database.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(got)) == 1
    assert models.Version.select().count() == 1


def test_a_version_once_loaded_is_kept_in_memory(database: Any, version: int) -> None:
    versions.load(version)
    with counting(database) as seen:
        versions.load(version)
    assert seen == []
