"""Counting what stored answers use of a form, whatever version they were given under."""

from __future__ import annotations

from typing import Any

from records import responses, usage, versions
from records.responses import Working
from records.usage import Used
from records.versions import Bundle
from tests.records.steps import LATER, counting, draft, send


def has(name: str) -> usage.Question:
    return lambda answers: name in answers


def test_sent_responses_and_drafts_of_one_form_are_counted_apart(database: Any, version: int) -> None:
    for answers in ({"dieta": "wege"}, {"dieta": "wege", "uwagi": "brak"}, {}):
        send(draft(version, **answers), version)
    draft(version, dieta="wege")
    draft(versions.store("wizyta", Bundle("title: Wizyta")).id, slug="wizyta", dieta="wege")
    found = usage.count("szkolenie", [has("dieta"), has("uwagi"), has("nic")])
    assert found == [Used(2, 1), Used(1, 0), Used(0, 0)]


def test_a_correction_in_progress_counts_as_it_was_sent(database: Any, version: int) -> None:
    begun = draft(version, dieta="wege")
    send(begun, version)
    opened = responses.correct(begun.key, LATER)
    responses.save(opened, Working({"uwagi": "brak"}), version_id=version, revision=opened.revision, now=LATER)
    assert usage.count("szkolenie", [has("dieta"), has("uwagi")]) == [Used(1, 0), Used(0, 0)]


def test_all_are_counted_in_one_pass_of_several_batches(database: Any, version: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(usage, "BATCH", 2)
    for _ in range(5):
        draft(version, dieta="wege")
    with counting(database) as seen:
        assert usage.count("szkolenie", [has("dieta")] * 3) == [Used(0, 5)] * 3
    assert len(seen) == 3


def test_nothing_is_read_where_nothing_is_asked(database: Any, version: int) -> None:
    with counting(database) as seen:
        assert usage.count("szkolenie", []) == []
    assert seen == []


def test_versions_know_how_many_responses_they_have(database: Any, version: int) -> None:
    newer = versions.store("szkolenie", Bundle("title: Szkolenie 2")).id
    send(draft(version), version)
    send(draft(version), newer)
    draft(version)
    assert usage.by_version("szkolenie") == {version: Used(1, 1), newer: Used(1, 0)}
