"""The forms that serve: a broken file takes down nothing, a changed one is noticed, hundreds are read at once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from forms.catalogue import Catalogue
from forms.definition import Form
from tests.forms.definitions import said

GOOD = "title: {}\nfields:\n  - {{name: a, type: text, label: A}}\n"
LISTED = "title: L\nfields:\n  - {name: d, type: choice, label: D, options: {list: dieta}}\n"
LIMITED = "title: G\nfields:\n  - {name: a, type: integer, label: A, max: limit('prog')}\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], None]:
    """`write("forms/a.yaml", text)`: each writing is later than the one before by the clock of the file system."""
    for name in ("forms", "lists", "texts"):
        (tmp_path / name).mkdir()
    moments = iter(range(1_000_000_000, 2_000_000_000))

    def writing(name: str, text: str | bytes) -> None:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(path, (moment := next(moments), moment))

    return writing


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """A catalogue of an empty folder."""
    return Catalogue(tmp_path)


def title(catalogue: Catalogue, slug: str = "a") -> str | None:
    """The title of the version that serves now, None when there is none."""
    catalogue.refresh(now=True)
    form = catalogue.get(slug)
    return str(form.title) if form else None


def test_a_broken_file_never_takes_down_a_form_that_serves(
    catalogue: Catalogue, write: Callable[[str, str], None]
) -> None:
    write("forms/a.yaml", GOOD.format("Pierwsza"))
    write("forms/b.yaml", GOOD.format("Druga"))
    assert title(catalogue) == "Pierwsza"
    write("forms/a.yaml", "title: [")
    assert (title(catalogue), title(catalogue, "b")) == ("Pierwsza", "Druga")
    entry = catalogue.entry("a")
    assert entry is not None
    assert entry.errors
    assert entry.text == "title: ["
    write("forms/a.yaml", GOOD.format("Poprawiona"))
    assert title(catalogue) == "Poprawiona"
    assert not catalogue.entries()[0].errors


def test_a_file_that_was_never_good_serves_nothing_and_is_listed_with_its_mistakes(
    catalogue: Catalogue, write: Callable[[str, str | bytes], None]
) -> None:
    write("forms/a.yaml", b"\xff\xfe\x00")
    write("forms/b.yaml", GOOD.format("Druga"))
    assert (title(catalogue), title(catalogue, "b")) == (None, "Druga")
    assert [(entry.slug, bool(entry.errors)) for entry in catalogue.entries()] == [("a", True), ("b", False)]


def test_after_a_restart_the_last_good_version_comes_from_what_was_stored(
    tmp_path: Path, write: Callable[[str, str], None]
) -> None:
    kept: dict[str, Mapping[str, Any]] = {}

    def publish(form: Form) -> None:
        kept[form.slug] = form.bundle

    write("lists/dieta.yaml", "- {miesna: mięsna}\n")
    write("forms/a.yaml", LISTED)
    before = Catalogue(tmp_path, published=publish)
    assert title(before) == "L"
    write("forms/a.yaml", LISTED.replace("choice", "choicee"))
    write("lists/dieta.yaml", "- [\n")
    after = Catalogue(tmp_path, stored=kept.get)
    assert title(after) == "L"
    form, first = after.get("a"), before.get("a")
    assert form is not None
    assert first is not None
    assert form.hash == first.hash


def test_a_stored_version_that_does_not_read_any_more_is_no_version(
    tmp_path: Path, write: Callable[[str, str], None]
) -> None:
    write("forms/a.yaml", "title: [")
    assert title(Catalogue(tmp_path, stored=lambda slug: {"file": "title: [", "lists": {}})) is None


def test_each_version_is_published_once(tmp_path: Path, write: Callable[[str, str], None]) -> None:
    published: list[str] = []
    catalogue = Catalogue(tmp_path, published=lambda form: published.append(str(form.title)))
    for text in (GOOD.format("Raz"), GOOD.format("Raz"), "title: [", GOOD.format("Raz"), GOOD.format("Dwa")):
        write("forms/a.yaml", text)
        title(catalogue)
    assert published == ["Raz", "Dwa"]


def test_a_changed_list_makes_a_new_version_and_a_broken_one_keeps_the_old(
    catalogue: Catalogue, write: Callable[[str, str], None]
) -> None:
    def labels() -> list[str]:
        catalogue.refresh(now=True)
        form = catalogue.get("a")
        assert form is not None
        return [str(option.label) for option in next(form.fields).type.options.items]  # type: ignore[attr-defined]

    write("lists/dieta.yaml", "- {miesna: mięsna}\n")
    write("forms/a.yaml", LISTED)
    assert labels() == ["mięsna"]
    write("lists/dieta.yaml", "- {miesna: mięsna}\n- {jarska: jarska}\n")
    assert labels() == ["mięsna", "jarska"]
    write("lists/dieta.yaml", "- {miesna: [}\n")
    assert labels() == ["mięsna", "jarska"]


def test_a_broken_file_of_limits_keeps_those_that_held(
    catalogue: Catalogue, write: Callable[[str, str | bytes], None]
) -> None:
    write("limits.yaml", "prog: {value: 20, from: 2023-01-01}\n")
    write("forms/a.yaml", LIMITED)
    assert title(catalogue) == "G"
    for broken in ("prog: {value: 20, from: 2023-02-31}\n", "prog: [\n", b"\xff\xfe\x00"):
        write("limits.yaml", broken)
        assert title(catalogue) == "G"
        assert catalogue.limit("prog", date(2026, 11, 23)) == 20
        assert catalogue.limit("prog", date(2022, 12, 31)) is None
    write("limits.yaml", "prog: 2.5\n")
    assert title(catalogue) == "G"
    assert catalogue.limit("prog", date(2026, 11, 23)) == Decimal("2.5")


def test_a_text_that_appears_mends_the_form_that_needs_it(
    catalogue: Catalogue, write: Callable[[str, str], None]
) -> None:
    write("forms/a.yaml", f"privacy: rodo\n{GOOD.format('A')}")
    assert title(catalogue) is None
    write("texts/rodo.md", "Dane…")
    assert title(catalogue) == "A"


def test_a_file_that_is_gone_serves_no_more(
    tmp_path: Path, catalogue: Catalogue, write: Callable[[str, str], None]
) -> None:
    write("forms/a.yaml", GOOD.format("A"))
    assert title(catalogue) == "A"
    (tmp_path / "forms" / "a.yaml").unlink()
    assert title(catalogue) is None


def test_a_form_whose_file_did_not_change_is_not_read_again(
    catalogue: Catalogue, write: Callable[[str, str], None]
) -> None:
    write("forms/a.yaml", GOOD.format("A"))
    write("forms/b.yaml", GOOD.format("B"))
    title(catalogue)
    before = catalogue.entry("a")
    write("forms/b.yaml", GOOD.format("C"))
    title(catalogue)
    assert catalogue.entry("a") is before


def test_a_past_version_is_read_from_its_bundle_and_kept_at_hand(
    catalogue: Catalogue, write: Callable[[str, str], None]
) -> None:
    bundle = {"file": GOOD.format("Dawna"), "lists": {}}
    first = catalogue.past("a", "f00", lambda: bundle)
    assert (said(first.title), first.hash) == ("Dawna", "f00")
    assert catalogue.past("a", "f00", lambda: {}) is first


def test_a_text_that_comes_back_serves_as_the_form_that_its_plan_was_made_of(
    catalogue: Catalogue, write: Callable[[str, str], None]
) -> None:
    for text in (GOOD.format("Raz"), GOOD.format("Dwa"), GOOD.format("Raz")):
        write("forms/a.yaml", text)
        assert title(catalogue) is not None
        form = catalogue.get("a")
        assert form is not None
        assert catalogue.plan(form).form is form


def test_a_stored_version_that_serves_after_a_restart_is_the_one_that_is_looked_up(
    tmp_path: Path, write: Callable[[str, str], None]
) -> None:
    bundle = {"file": GOOD.format("Dawna"), "lists": {}}
    catalogue = Catalogue(tmp_path, stored=lambda slug: bundle)
    write("forms/a.yaml", "title: [")
    assert title(catalogue) == "Dawna"
    form = catalogue.get("a")
    assert form is not None
    assert catalogue.past("a", form.hash, lambda: bundle) is form


def test_three_hundred_definitions_are_read_in_a_moment(
    catalogue: Catalogue, write: Callable[[str, str], None]
) -> None:
    questions = "".join(f"  - {{name: p{n}, type: integer, label: P{n}, when: p0 > {n}}}\n" for n in range(1, 10))
    text = f"title: A\nfields:\n  - {{name: p0, type: integer, label: P}}\n{questions}"
    for number in range(300):
        write(f"forms/f{number}.yaml", text)
    start = time.process_time()
    assert title(catalogue, "f299") == "A"
    assert time.process_time() - start < 5  # under a second on a machine with nothing else to do


def test_two_forms_with_the_same_text_are_two_forms(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    for slug in ("pierwszy", "drugi"):
        (tmp_path / "forms" / f"{slug}.yaml").write_text("title: A\nfields:\n  - {name: a, type: text, label: A}\n")
    catalogue = Catalogue(tmp_path)
    first, second = catalogue.get("pierwszy"), catalogue.get("drugi")
    assert first is not None
    assert second is not None
    assert (catalogue.plan(first).form.slug, catalogue.plan(second).form.slug) == ("pierwszy", "drugi")
