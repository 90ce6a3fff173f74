"""A form written in a browser from nothing to its second version: template, mistake, preview, trial, publishing, return."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from config.settings import ROOT
from tests.conftest import SECRET, free_port, served, wait_for
from tests.web.person import Person

PASSWORD = "zielona ławka nad Odrą"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, str]]:
    """A server whose forms may be written: its address, its folder of configuration, the first sign-in link."""
    data = tmp_path_factory.mktemp("office")
    config = data / "config"
    shutil.copytree(ROOT / "config", config, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    own = {"DATA_DIR": str(data), "CONFIG_DIR": str(config), "SECRET_KEY": SECRET, "PORT": str(port), "BASE_URL": url}
    environ = {**{name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, **own}
    setup = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "tests.clocked", "setup"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert setup.returncode == 0, setup.stderr
    link = re.search(r"http\S+/biuro/zaproszenie/\S+", setup.stdout)
    assert link is not None
    log = data / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(served(port), cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(url, process, log)
        yield url, config, link[0]
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def writer(browser: Browser, office: tuple[str, Path, str], axe: Callable[[Page], None]) -> Iterator[Person]:
    """Somebody who writes forms, signed in; an error of a script or a breach of the security policy fails the test."""
    url, _, link = office
    context = browser.new_context(base_url=url, locale="pl-PL", timezone_id="Europe/Warsaw", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(link)
    if page.locator("#password").count():
        page.fill("#password", PASSWORD)
    else:  # the link works once
        page.goto("/biuro/logowanie")
        page.fill("#email", "rewitalizacja@rops.example")
        page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.locator("header").get_by_role("link", name="Formularze", exact=True).click()
    expect(page.locator("h1")).to_have_text("Formularze")
    yield Person(page, axe)
    context.close()
    assert not errors, "błędy na stronie:\n  " + "\n  ".join(errors)


def typed(page: Page) -> str:
    """What stands in the editor."""
    return str(page.input_value("#tekst"))


def chosen(page: Page) -> str:
    """What is selected in the editor."""
    return str(
        page.evaluate("(a => a.value.slice(a.selectionStart, a.selectionEnd))(document.getElementById('tekst'))")
    )


def put_caret(page: Page, before: str) -> None:
    """The caret into the editor, right before these words."""
    page.evaluate(
        "words => { const a = document.getElementById('tekst'); a.focus(); "
        "const at = a.value.indexOf(words); a.setSelectionRange(at, at); }",
        before,
    )


def replace(page: Page, old: str, new: str) -> None:
    """Types new words over the old."""
    put_caret(page, old)
    for _ in old:
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type(new)


def publish(writer: Person, text: str = "Opublikuj") -> None:
    page = writer.page
    page.get_by_role("button", name="Przejdź do publikacji").click()
    expect(page.locator("h1")).to_have_text("Publikacja")
    writer.look()
    for box in page.locator("input[name=mimo]").all():
        box.check(force=True)
    page.get_by_role("button", name=text).click()
    expect(page.locator("h1")).to_have_text("Opublikowano")
    writer.look()


def test_a_form_from_a_template_to_its_second_version_and_back(writer: Person, office: tuple[str, Path, str]) -> None:
    page, (_, config, _) = writer.page, office
    page.get_by_role("link", name="Nowy formularz").click()
    writer.look()
    page.fill("#tytul", "Ankieta o parku")
    page.get_by_label("Wzór: Ankieta po spotkaniu").check(force=True)
    page.get_by_role("button", name="Otwórz w edytorze").click()
    expect(page.locator("h1")).to_have_text("Ankieta o parku")
    writer.look()

    # A mistake is listed while one types, said once, and its link leads to it.
    replace(page, "type: scale", "type: skale")
    expect(page.locator("#wynik")).to_have_text("1 błąd")
    expect(page.locator("#live")).to_have_text("1 błąd")
    expect(page.locator(".code__numbers .is-wrong")).to_have_count(1)
    writer.look()
    page.locator("#tekst").press("Control+Home")
    page.locator("#sprawdzone a[data-line]").first.click()
    expect(page.locator("#tekst")).to_be_focused()
    assert chosen(page) == "skale"
    page.keyboard.type("scale")
    expect(page.locator("#wynik")).to_have_text("Nie ma błędów.")

    # The preview follows, at either width, and cannot be sent.
    replace(page, "state: draft", "state: open ")
    replace(page, "opens: 2027-01-11", "opens: 2026-01-11")
    replace(page, "Jak oceniasz spotkanie?", "Jak oceniasz park?")
    preview = page.frame_locator("#ramka")
    expect(preview.get_by_text("Jak oceniasz park?")).to_be_visible()
    page.get_by_label("komputer").check()
    writer.look()
    page.get_by_label("z wymyślonymi odpowiedziami").check()
    expect(preview.get_by_text("Odpowiedzi są tu wymyślone.")).to_be_visible()
    preview.get_by_role("button", name=re.compile("Wyślij")).click()
    page.wait_for_timeout(200)
    expect(preview.get_by_text("Odpowiedzi są tu wymyślone.")).to_be_visible()

    page.get_by_role("button", name="Wypróbuj").click()
    expect(page.get_by_text("20 z 20 wymyślonych odpowiedzi przechodzi.")).to_be_visible()
    writer.look()
    page.get_by_role("link", name="Wróć do edytora").click()
    publish(writer)
    file = config / "forms" / "ankieta-o-parku.yaml"
    first = file.read_text(encoding="utf-8")
    assert "Jak oceniasz park?" in first

    page.get_by_role("link", name="Strona formularza").click()
    page.goto("/f/ankieta-o-parku/wypelnij")
    page.locator("[name=ocena][value='5']").check(force=True)
    page.get_by_role("button", name=re.compile("Wyślij")).click()
    expect(page.get_by_role("heading", name="Przyjęliśmy ankietę")).to_be_visible()

    # A change that loses answers says so with numbers, and the older text can be put back.
    page.goto("/biuro/formularze/ankieta-o-parku/edytor")
    replace(page, "    to: 5", "    to: 4")
    expect(page.locator("#wynik")).to_have_text("1 błąd")  # an example of the template answers 5
    replace(page, "answers: {ocena: 5}", "answers: {ocena: 4}")
    expect(page.locator("#wynik")).to_have_text("Nie ma błędów.")
    page.get_by_role("button", name="Przejdź do publikacji").click()
    expect(page.get_by_text("1 wysłana odpowiedź").first).to_be_visible()
    page.get_by_role("link", name="Wróć do edytora").click()
    publish(writer)
    assert "to: 4" in file.read_text(encoding="utf-8")
    page.get_by_role("link", name="Wersje", exact=True).click()
    writer.look()
    page.get_by_role("button", name=re.compile("Przywróć jako szkic")).first.click()
    assert typed(page) == first
    publish(writer)
    assert file.read_text(encoding="utf-8") == first


def test_the_keyboard_indents_and_gets_out_of_the_editor(writer: Person) -> None:
    page = writer.page
    page.goto("/biuro/formularze/pytanie/edytor")
    put_caret(page, "title:")
    page.keyboard.type("conditions:\nsam: answered(email)\n")
    page.keyboard.press("Shift+Tab")
    assert "conditions:\n  sam: answered(email)\ntitle:" in typed(page)
    put_caret(page, "sam: answered")
    page.keyboard.press("Tab")
    assert "conditions:\n    sam: answered(email)\n" in typed(page)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+z")
    assert "conditions:\n    sam: answered(email)\n" in typed(page)
    page.keyboard.press("Escape")
    expect(page.locator("#live")).to_have_text("Tab przenosi teraz do następnego elementu.")
    page.keyboard.press("Tab")
    expect(page.locator("#tekst")).not_to_be_focused()


def test_what_was_not_saved_before_the_session_ended_comes_back(writer: Person) -> None:
    page = writer.page
    page.goto("/biuro/formularze/pytanie/edytor")
    put_caret(page, "title:")
    page.route("**/edytor", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.keyboard.type("# niezapisane")
    expect(page.locator("#trouble")).to_be_visible()
    page.unroute("**/edytor")
    page.reload()
    expect(page.get_by_text("Przywrócono niezapisany tekst")).to_be_visible()
    assert "# niezapisane" in typed(page)
    expect(page.locator("#zapisano")).to_contain_text("Szkic zapisany")
    writer.look()
    page.reload()
    assert "# niezapisane" in typed(page)
    expect(page.get_by_text("Przywrócono niezapisany tekst")).to_be_hidden()


def test_without_a_script_the_buttons_do_it_all(browser: Browser, writer: Person) -> None:
    context = browser.new_context(
        base_url=writer.page.url.split("/biuro")[0],
        java_script_enabled=False,
        storage_state=writer.page.context.storage_state(),
        locale="pl-PL",
        viewport={"width": 320, "height": 640},
    )
    page = context.new_page()
    page.goto("/biuro/formularze/wizyta-studyjna/edytor")
    page.fill("#tekst", typed(page).replace("type: gmina", "type: gminna", 1))
    page.get_by_role("button", name="Zapisz i sprawdź").click()
    expect(page.locator("#wynik")).to_contain_text("błąd")
    page.fill("#tekst", typed(page).replace("type: gminna", "type: gmina", 1))
    page.get_by_role("button", name="Pokaż podgląd").click()
    expect(page.frame_locator("#ramka").locator("h1")).to_be_visible()
    context.close()


def test_what_can_go_wrong_is_told_without_barriers_on_a_narrow_screen(
    writer: Person, office: tuple[str, Path, str]
) -> None:
    page, (_, config, _) = writer.page, office
    page.set_viewport_size({"width": 320, "height": 640})
    address = "/biuro/formularze/deklaracja/edytor"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    put_caret(other, "title:")
    other.keyboard.type("# z drugiej karty\n")
    expect(other.locator("#zapisano")).to_contain_text("Szkic zapisany")
    other.close()
    put_caret(page, "title:")
    page.keyboard.type("# z pierwszej karty\n")
    expect(page.get_by_text("Ten szkic zmienił się gdzie indziej")).to_be_visible()
    writer.look()
    page.get_by_role("button", name="Zapisz tekst stąd").click()
    expect(page.locator("#zapisano")).to_contain_text("Szkic zapisany")
    assert "# z pierwszej karty" in typed(page)

    file = config / "forms" / "deklaracja.yaml"
    file.write_text(f"# z serwera\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    page.goto(address)
    expect(page.get_by_text("Plik formularza się zmienił")).to_be_visible()
    writer.look()
    page.get_by_role("link", name="Zobacz różnice i wybierz").click()
    expect(page.locator("td").get_by_text("# z serwera", exact=True)).to_be_visible()
    writer.look()
    page.get_by_role("button", name="Zaczynam od pliku").click()
    assert typed(page).startswith("# z serwera\n")
    page.get_by_role("button", name="Przejdź do publikacji").click()
    expect(page.get_by_text("nie ma czego publikować")).to_be_visible()
    writer.look()
