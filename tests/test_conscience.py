"""The conscience notices what it is there to notice, and sends what a browser would send."""

from __future__ import annotations

import io

import pytest
from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from tests.conscience import Conscience, filled
from tests.soundness import Page, faults

SOUND = """<!doctype html>
<html lang="pl"><head><meta charset="utf-8"><title>Zapis</title></head><body><main><h1>Zapis</h1>
<form action="/zapis" method="post"><input type="hidden" name="csrf_token" value="t">
<label for="imie">Imię</label><input id="imie" name="imie" value="Jan">
<label for="opis">Opis</label><textarea id="opis" name="opis">tak</textarea>
<label for="powiat">Powiat</label><select id="powiat" name="powiat"><option value="a">A</option>
<option value="b" selected>B</option></select>
<fieldset><legend>Nocleg</legend><label><input type="radio" name="nocleg" value="tak"> Tak</label>
<label><input type="radio" name="nocleg" value="nie" checked> Nie</label></fieldset>
<label><input type="checkbox" name="zgoda" value="1"> Zgoda</label>
<label for="plik">Plik</label><input id="plik" type="file" name="plik">
<button>Dalej</button><button name="wstecz" value="1">Wstecz</button></form></main></body></html>"""


def found(page: str, part: bool = False) -> str:
    """Everything that is wrong with a page, in one text."""
    return "\n".join(faults(Page(page, part), "/"))


def test_a_sound_page_has_no_faults() -> None:
    assert found(SOUND) == ""


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("<h1>Zapis</h1>", "<h2>Zapis</h2>", "nagłówków h1 jest 0"),
        ("</main>", "<h1>Drugi</h1></main>", "nagłówków h1 jest 2"),
        ("</main>", "<h3>Dalej</h3></main>", "po h1 następuje h3"),
        ("</main>", "<h2> </h2></main>", "pusty nagłówek h2"),
        ('id="opis"', 'id="imie"', "id „imie” jest 2 razy"),
        ('for="imie"', 'for="inne"', "nie ma etykiety"),
        ('for="imie"', 'for="inne"', "wskazuje id, którego nie ma"),
        ('name="imie"', 'name="imie" aria-describedby="brak"', "wskazuje id, którego nie ma"),
        ("<legend>Nocleg</legend>", "", "stoi poza grupą"),
        ('action="/zapis" ', "", "formularz bez adresu"),
        ('name="csrf_token" value="t"', 'name="inne"', "bez tokenu CSRF"),
        ("<button>Dalej", '<button onclick="x()">Dalej', "<button onclick=…>"),
        ("<main>", '<main style="color:red">', "<main style=…>"),
        ("</main>", "<script>1</script></main>", "skrypt na stronie"),
        ("</head>", "<style>p{}</style></head>", "element <style>"),
        ("</main>", '<img src="/a.png"></main>', "bez alt"),
        (' lang="pl"', "", "brak języka strony"),
        ("<title>Zapis", "<title> ", "brak tytułu"),
        ("<main>", "<div>", "niepoprawny HTML"),
        ("</main>", "<p>a<div>b</div></p></main>", "niepoprawny HTML"),
        ("<button>Dalej", "<button>", "przycisk bez nazwy"),
    ],
)
def test_a_fault_is_noticed(good: str, bad: str, told: str) -> None:
    assert good in SOUND
    assert told in found(SOUND.replace(good, bad, 1))


@pytest.mark.parametrize("name", ["dialog", "details", "output", "search", "template", "progress"])
def test_newer_elements_are_no_faults(name: str) -> None:
    content = "<summary>a</summary>" if name == "details" else "a"
    assert found(SOUND.replace("</main>", f"<{name}>{content}</{name}></main>")) == ""


def test_a_drawing_is_no_fault() -> None:
    drawing = '<svg viewBox="0 0 9 9" role="img" aria-label="a"><rect width="9" height="9"/><path d="M0 0"/></svg>'
    assert found(SOUND.replace("</main>", f"{drawing}</main>")) == ""


@pytest.mark.parametrize("part", ["<tr><td>a</td></tr>", "\n<li>a</li>", "<option>a</option>", "a", "<td>a</td>"])
def test_a_part_is_judged_where_it_will_stand(part: str) -> None:
    assert found(part, part=True) == ""


def test_words_are_read_as_they_are_shown() -> None:
    page = Page("<h1>Zapis</h1><p>Miejsc: <strong>12</strong>,\xa0gmin:\n<b>3</b>.</p><script>x</script>", part=True)
    assert page.text == "Zapis Miejsc: 12, gmin: 3."


def test_a_form_sends_what_it_shows_and_what_is_typed() -> None:
    form = Page(SOUND).forms()[0]
    shown = {"csrf_token": ["t"], "imie": ["Jan"], "opis": ["tak"], "powiat": ["b"], "nocleg": ["nie"]}
    assert filled(form, {}) == shown
    typed = filled(form, {"imie": "Anna", "nocleg": "tak", "zgoda": True})
    assert typed == {**shown, "imie": ["Anna"], "nocleg": ["tak"], "zgoda": ["1"]}


def test_typing_into_a_field_that_is_not_there_fails() -> None:
    with pytest.raises(AssertionError, match="nie ma na stronie pól: nazwisko"):
        filled(Page(SOUND).forms()[0], {"nazwisko": "Nowak"})


@pytest.fixture
def visitor() -> Conscience:
    """A client of an application that shows one page and tells what was sent to it."""
    site = Flask(__name__)
    got: dict[str, str] = {}

    @site.get("/")
    def start() -> str:
        return SOUND

    @site.post("/zapis")
    def save() -> Response:
        got.update(request.form.to_dict(), **{name: file.filename or "" for name, file in request.files.items()})
        return redirect("/koniec", 303)

    @site.get("/koniec")
    def end() -> str:
        told = " ".join(f"{name}={value}" for name, value in sorted(got.items()))
        return f"<!doctype html><html lang=pl><title>Koniec</title><main><h1>Koniec</h1><p>{told}</p></main></html>"

    @site.get("/wrong")
    def wrong() -> str:
        return "<p>bez niczego"

    site.test_client_class = Conscience
    client = site.test_client()
    assert isinstance(client, Conscience)
    return client


def test_a_client_fills_in_sends_and_follows(visitor: Conscience) -> None:
    visitor.get("/")
    visitor.send({"imie": "Anna", "plik": (io.BytesIO(b"a"), "a.pdf")}, button="Wstecz")
    assert visitor.page.heading == "Koniec"
    assert visitor.page.text == "Koniec csrf_token=t imie=Anna nocleg=nie opis=tak plik=a.pdf powiat=b wstecz=1"


def test_fetching_an_unsound_page_fails_the_test(visitor: Conscience) -> None:
    with pytest.raises(AssertionError, match=r"GET /wrong: brak tytułu"):
        visitor.get("/wrong")
