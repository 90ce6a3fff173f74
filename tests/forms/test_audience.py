"""The key `audience: programme`: what it needs in a form, and which gminy it lets through."""

from __future__ import annotations

from forms.lists import read_list
from forms.problems import Problems
from forms.reader import Read, Surroundings, read_form
from tests.forms.composites import judged

GMINY = (
    "value,label,name,type,powiat,wykaz\n3201011,A,A,miejska,p,w_wykazie\n3201022,B,B,wiejska,p,brak\n"
    "3201033,C,C,wiejska,p,deklaracja\n3201044,D,D,wiejska,p,\n"
)
ASKS = "fields: [{name: gmina, type: gmina, label: Gmina, hint: Wpisz.}]"


def read(lines: str, gminy: str = GMINY) -> Read:
    rows = read_list("gminy.csv", gminy, Problems("gminy.csv"))
    return read_form("x.yaml", f"title: X\n{lines}\n", Surroundings(lists={"gminy": rows}.get, region="32"))


def test_only_gminy_in_the_wykaz_or_with_a_declaration_pass() -> None:
    form = read(f"audience: programme\n{ASKS}").form
    assert form is not None
    codes = {
        code: [each.code for each in judged(form, {"gmina": code})]
        for code in ("3201011", "3201022", "3201033", "3201044")
    }
    assert codes == {"3201011": [], "3201022": ["NIEUPRAWNIONA"], "3201033": [], "3201044": ["NIEUPRAWNIONA"]}


def test_a_form_for_all_gminy_lets_every_gmina_through() -> None:
    form = read(f"audience: gminy\n{ASKS}").form
    assert form is not None
    assert judged(form, {"gmina": "3201022"}) == []


def test_the_message_may_be_the_forms_own() -> None:
    own = ASKS.replace("hint: Wpisz.", "hint: Wpisz., message: {programme: Zadzwoń do nas.}")
    form = read(f"audience: programme\n{own}").form
    assert form is not None
    assert [each.text for each in judged(form, {"gmina": "3201022"})] == ["Zadzwoń do nas."]


def test_without_a_gmina_or_its_column_the_key_is_a_mistake_at_its_place() -> None:
    for lines, gminy in (
        ("audience: programme\nfields: [{name: a, type: text, label: A}]", GMINY),
        (f"audience: programme\n{ASKS}", "value,label,name,type,powiat\n3201011,A,A,miejska,p\n"),
    ):
        problems = read(lines, gminy).problems.errors
        assert [(each.code, each.place.line) for each in problems] == [("programme-gmina", 2)]
