"""Files that are hostile, huge or another program's: each is answered within a second, with a place, never a traceback."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.settings import ROOT
from forms.problems import report
from forms.reader import read_form
from tests.forms.definitions import AROUND

LONGEST = 1.0  # seconds of this process
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
XLSFORM = json.dumps(
    {
        "survey": [
            {"type": "select_one yes_no", "name": "q1", "label": "Do you agree?", "required": "yes"},
            {"type": "begin_repeat", "name": "people", "label": "People", "relevant": "${q1} = 'yes'"},
            {"type": "integer", "name": "age", "label": "Age", "constraint": ". >= 18"},
            {"type": "end_repeat"},
        ],
        "choices": [{"list_name": "yes_no", "name": "yes", "label": "Yes"}],
        "settings": [{"form_title": "Survey", "form_id": "survey"}],
    },
    indent=1,
)
DRUPAL = """langcode: en
status: open
dependencies: {}
open: null
uid: null
template: false
id: contact
title: Contact
elements: |
  name:
    '#title': 'Your Name'
    '#type': textfield
    '#required': true
    '#default_value': '[current-user:display-name]'
css: ''
settings:
  ajax: false
  form_title: both
handlers: {}
"""
GITHUB = """name: Bug Report
description: File a bug report.
title: "[Bug]: "
labels: ["bug", "triage"]
body:
  - type: markdown
    attributes:
      value: |
        Thanks for taking the time to fill out this bug report!
  - type: input
    id: contact
    attributes:
      label: Contact Details
      placeholder: ex. email@example.com
    validations:
      required: false
"""
GOVUK = (
    '{"name": "Licence", "pages": [{"path": "/start", "title": "Start", "components": [], "next": []}], "lists": []}'
)
SURVEYJS = '{"pages": [{"name": "p1", "elements": [{"type": "text", "name": "q1", "visibleIf": "{q2} = 1"}]}], "title": {"default": "S"}}'
KUBERNETES = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n---\napiVersion: v1\nkind: Service\n"
JINJA = "title: {{ title }}\n{% for field in fields %}\n- {{ field }}\n{% endfor %}\n"
HTML = "<!doctype html>\n<html><body><form action='/x'><input name=a></form></body></html>\n"
CSV = "type,name,label\ntext,imie,Imię\ninteger,wiek,Ile lat?\n"
MERGED = "<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> other\n"
FIELD = "  - {name: a%d, type: text, label: A}\n"

HOSTILE: dict[str, str | bytes] = {
    "tabs": "title: A\nfields:\n\t- name: a\n\t\ttype: text\n",
    "anchor bomb": BOMB,
    "a hundred thousand aliases": "a: &a x\nb: [" + "*a, " * 100_000 + "*a]\n",
    "ten megabytes": "title: " + "a" * 10_000_000,
    "ten megabytes of brackets": b"[" * 10_000_000,
    "a megabyte of fields": "title: A\nfields:\n" + "".join(FIELD % n for n in range(25_000)),
    "many fields of one name": "title: A\nfields:\n" + FIELD % 1 * 10_000,
    "deep brackets": "title: " + "[" * 5_000,
    "deep lists": "\n".join("  " * n + "-" for n in range(1_000)),
    "deep keys": "\n".join("  " * n + "a:" for n in range(400)),
    "deep groups": "title: A\nfields: [" + "{name: g, type: group, label: G, fields: [" * 12 + "]}" * 12 + "]\n",
    "an endless line": "title: A\nsummary: " + "a: " * 100_000 + "\n",
    "an endless quote": "title: 'A\n" + "fields: x\n" * 20_000,
    "an endless key": "a" * 200_000 + ": b\n",
    "a long expression": 'title: A\nfields:\n  - {name: a, type: text, label: A, when: "'
    + "not " * 20_000
    + 'true"}\n',
    "a long chain of conditions": "title: A\nconditions:\n"
    + "".join(f"  c{n}: c{n + 1} and a == '{n}'\n" for n in range(500))
    + "  c500: a == 'x'\nfields:\n  - {name: a, type: text, label: A, when: not c0}\n",
    "a big regular expression": "title: A\nfields:\n  - {name: a, type: text, label: A, pattern: '"
    + "(a*)*" * 5_000
    + "("
    "'}\n",
    "invalid UTF-8": b"title: \xff\xfe\xfa\n",
    "UTF-16": "title: A\n".encode("utf-16"),
    "UTF-32": "title: A\n".encode("utf-32"),
    "Windows-1250": "title: Świdwin\n".encode("cp1250"),
    "zeros": b"\0" * 100_000,
    "a spreadsheet": b"PK\x03\x04" + b"\0" * 1_000,
    "half of a surrogate pair": "title: \ud800\n",
    "right-to-left marks": "title: \u202eA\u2066\n\u202d: x\n",
    "a key that is a list": "? [a, b]\n: c\n",
    "a key that is a map": "{a: b}: c\n",
    "dates and numbers for keys": "1: a\n2027-01-01: b\nnull: c\ntrue: d\n",
    "tags that would run": "title: !!python/object/apply:os.system ['true']\n",
    "only a comment": "# nic\n",
    "a lone quotation mark": '"',
    "XLSForm as JSON": XLSFORM,
    "Drupal Webform": DRUPAL,
    "a GitHub issue form": GITHUB,
    "GOV.UK Forms as JSON": GOVUK,
    "SurveyJS": SURVEYJS,
    "Kubernetes": KUBERNETES,
    "a template": JINJA,
    "HTML": HTML,
    "a table": CSV,
    "a conflict of versions": MERGED,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_any_file_is_answered_within_a_second_with_a_place(name: str) -> None:
    text = HOSTILE[name]
    begun = time.process_time()
    found = read_form("obcy.yaml", text, AROUND)
    told = report(found.problems, {"obcy.yaml": found.text})
    spent = time.process_time() - begun
    assert found.form is None
    assert found.problems.errors
    lines = found.text.count("\n") + 2
    assert all(1 <= problem.place.line <= lines and problem.place.column >= 1 for problem in found.problems)
    assert told
    assert spent < LONGEST


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("XLSForm as JSON", {"missing-key", "unknown-key"}),
        ("Drupal Webform", {"missing-key", "unknown-key"}),
        ("a GitHub issue form", {"missing-key", "unknown-key"}),
        ("HTML", {"not-a-mapping"}),
        ("anchor bomb", {"anchor", "alias"}),
        ("ten megabytes", {"too-large"}),
        ("a megabyte of fields", {"too-large"}),
        ("tabs", {"tab-indent"}),
    ],
)
def test_the_answer_names_what_is_wrong(name: str, codes: set[str]) -> None:
    assert codes <= {problem.code for problem in read_form("obcy.yaml", HOSTILE[name], AROUND).problems}


GOOD = (ROOT / "config" / "forms" / "pytanie.yaml").read_text("utf-8")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 60), st.text(alphabet="\t -:{}[]'\"|>&*!%@`#,\n\u00a0a1ż", max_size=6))
def test_a_good_file_with_something_cut_out_and_put_in_is_read_or_answered(at: int, cut: int, put: str) -> None:
    found = read_form("pytanie.yaml", GOOD[:at] + put + GOOD[at + cut :], AROUND)
    assert found.form is not None or found.problems.errors
    assert report(found.problems, {"pytanie.yaml": found.text}) or found.form is not None
