"""An export covers all versions of a form under one set of names."""

from __future__ import annotations

import json
from typing import Any

from forms.answers import EXPLAINED
from forms.definition import Form
from records.export.exporter import export
from tests.records.exports import answer, files, forms, objects, publish, rows

OLD = """
title: Szkolenie
fields:
  - {name: mail, type: text, label: E-mail}
  - {name: dawne, type: text, label: Dawne}
  - {name: dieta, type: choices, label: Dieta, options: [{miesna: mięsna}, {rybna: rybna}]}
  - name: uczestnicy
    type: group
    label: Uczestnicy
    fields: [{name: imie_nazwisko, type: text, label: Kto}, {name: uwagi, type: text, label: Uwagi}]
"""
NEW = """
title: Szkolenie
fields:
  - {name: nowe, type: text, label: Nowe}
  - {name: dieta, type: choices, label: Dieta, options: [{miesna: mięsna}, {weganska: wegańska}]}
  - {name: email, type: text, label: E-mail, was: [mail]}
  - name: osoby
    type: group
    label: Osoby
    was: [uczestnicy]
    fields: [{name: osoba, type: text, label: Kto, was: [imie_nazwisko]}]
"""


def test_columns_are_the_union_of_all_versions_in_the_order_of_the_newest(database: Any) -> None:
    old, new = publish(OLD), publish(NEW)
    answer(old, mail="a@b.example", dawne="tak", dieta=["rybna"], uczestnicy=[{"imie_nazwisko": "Anna", "uwagi": "x"}])
    answer(new, email="c@d.example", nowe="1", dieta=["weganska"], osoby=[{"osoba": "Jan"}])
    found = files("csv", new)
    first, second = found["szkolenie.csv"]
    assert list(first)[5:-1] == [
        *("nowe", "dieta", "dieta.miesna", "dieta.weganska", "email", "osoby.count"),
        *("dawne", "dieta.rybna"),
    ]
    columns = ("nowe", "dieta", "dieta.weganska", "dieta.rybna", "email", "osoby.count", "dawne")
    assert [first[name] for name in columns] == ["", "rybna", "", "1", "a@b.example", "1", "tak"]
    assert [second[name] for name in columns] == ["1", "weganska", "1", "", "c@d.example", "1", ""]
    assert [tuple(row.values())[2:] for row in found["szkolenie_osoby.csv"]] == [("Anna", "x"), ("Jan", "")]
    assert [row["answers"]["osoby"][0]["osoba"] for row in objects(new)] == ["Anna", "Jan"]


def test_two_old_fields_that_became_one_keep_a_column_each(database: Any) -> None:
    old = publish("title: T\nfields: [{name: a, type: text, label: A}, {name: b, type: text, label: B}]")
    new = publish("title: T\nfields: [{name: c, type: text, label: C, was: [a, b]}]")
    answer(old, a="z a", b="z b")
    (row,) = rows(new)
    assert (row["c"], row["b"]) == ("z a", "z b")
    assert objects(new)[0]["answers"] == {"c": "z a", "b": "z b"}


def test_a_version_that_nobody_answered_adds_no_column(database: Any) -> None:
    publish(OLD)
    new = publish(NEW)
    answer(new, email="c@d.example")
    assert "dawne" not in rows(new)[0]


def test_a_version_that_no_longer_reads_is_exported_like_the_newest(database: Any) -> None:
    old, new = publish(OLD), publish(NEW)
    answer(old, mail="a@b.example", dieta=["miesna"], **{EXPLAINED: {"K@mail": "bo"}})

    def unreadable(version_id: int) -> Form:
        raise ValueError(version_id)

    made = b"".join(export("szkolenie", forms[new], unreadable, "json").chunks())
    assert json.loads(made)["answers"] == {"email": "a@b.example", "dieta": ["miesna"]}
    several = export("szkolenie", forms[new], unreadable, "csv").files()
    assert b"".join(next(several)[1]).endswith(b",miesna,1,0,a@b.example,,K@mail: bo\r\n")
