"""`python -m bench [--only page,post,…]`: the figures the product promises, beside targets and what one would pick instead.

What is measured in this process, as processor time of one WSGI call (the disk's time of the system included):
empty    the first page of the form, for somebody who has not begun: session, token and name of the draft are their own
wrong    the page of a draft at hand in which every answer is judged wrong: walked, judged, drawn
post     a valid POST of the one step: token and session checked, twenty answers read and judged, one row inserted with
         synchronous=FULL, the draft noted in the session, sent on; Django's does the same (bench.django_app)
refused  a POST of the same form with every answer wrong: all of post and wrong
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from bench import desk, exporting, hello, large, many, ours
from bench.client import load
from bench.measure import in_turn, line, percentile
from bench.sample import VALID, WRONG
from bench.server import serving
from bench.wsgi import Visitor, hidden, raw
from forms.catalogue import Catalogue
from tests.postgres import postgres

ROUNDS = 9
SECONDS = 3.0
CLIENTS = 8
ROWS = int(os.environ.get("BENCH_ROWS") or 20_000)


def main() -> None:
    """Each part in a temporary folder of its own: an application has one database at a time."""
    parts = {
        "page": _pages,
        "post": _posts,
        "change": _changed,
        "serve": _served,
        "export": _exported,
        "desk": _desk,
        "load": _loaded,
    }
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--only", default=",".join(parts), help="parts, with commas between: %(default)s")
    wanted = parser.parse_args().only.split(",")
    if unknown := set(wanted) - parts.keys():
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="nabor-bench-") as name:
        os.environ["BENCH_DJANGO_DB"] = str(Path(name) / "django.db")
        for part in wanted:
            folder = Path(name) / part
            folder.mkdir()
            parts[part](folder)


@cache
def _django() -> Visitor:
    from bench import django_app  # noqa: PLC0415 – it reads where its database is when it is imported

    django_app.prepare()
    return Visitor(django_app.application)


def _django_form(django: Visitor, answers: dict[str, str | list[str]]) -> dict[str, object]:
    return {"csrfmiddlewaretoken": hidden(django.get("/"), "csrfmiddlewaretoken"), **answers, "koszt": "1234,50"}


def _pages(folder: Path) -> None:
    app, django = ours.application(folder), _django()
    reader = ours.Respondent(app)
    reader.get(ours.FIRST)
    draft = reader.draft()
    calls = {
        "hello": Visitor(hello.app).call("/"),
        "empty": reader.call(ours.FIRST),
        "django empty": django.call("/"),
        "wrong": reader.call(draft, wants="422"),
        "django wrong": django.call("/", _django_form(django, WRONG), "422"),
    }
    found = in_turn(calls, ROUNDS)
    ratio = _ratios("Strony: czas procesora na żądanie, w tym procesie", found)
    _tell("strona z 20 pytaniami, pusta", found, "empty", "≤ 6×", ratio["empty"] <= 6)
    _tell("  to samo w Django", found, "django empty")
    _tell("strona z 20 odpowiedziami i 20 błędami", found, "wrong", "≤ 12×", ratio["wrong"] <= 12)
    _tell("  to samo w Django (POST, bez zapisu)", found, "django wrong")


def _posts(folder: Path) -> None:
    app, django = ours.application(folder), _django()
    writer, mistaken = ours.Respondent(app), ours.Respondent(app)
    calls = {
        "hello": Visitor(hello.app).call("/"),
        "post": writer.post(),
        "django post": django.call("/", _django_form(django, VALID), "302"),
        "refused": ours.refused(mistaken),
    }
    found = in_turn(calls, ROUNDS)
    _ratios("Zapis: czas procesora na żądanie, w tym procesie", found)
    _tell("poprawny POST z zapisem, synchronous=FULL", found, "post")
    _tell("  to samo w Django", found, "django post")
    cheaper = found["django post"] / found["post"]
    line("  ile razy taniej niż Django", f"{cheaper:.2f}×", "≥ 2,5×", cheaper >= 2.5)
    _tell("POST z 20 błędami: zapis i strona 422", found, "refused")


def _ratios(title: str, found: dict[str, float]) -> dict[str, float]:
    """How many times „hello” each takes; prints the title and „hello” itself."""
    print(f"\n{title} (wielokrotność „hello”)")
    _tell("sam Flask: hello", found, "hello")
    return {name: spent / found["hello"] for name, spent in found.items()}


def _tell(what: str, found: dict[str, float], name: str, target: str = "", reached: bool | None = None) -> None:
    line(what, f"{found[name] * 1e6:,.0f} µs  {found[name] / found['hello']:.1f}×", target, reached)


def _changed(folder: Path) -> None:
    config = Path(ours.environment(folder)["CONFIG_DIR"])
    for journey in ("pages", "page"):
        (config / "forms" / f"{journey}.yaml").write_text(large.definition(journey), "utf-8")
    app = ours.application(folder)
    few, all_ = large.Changing(app, "pages"), large.Changing(app, "page")
    found = in_turn({"hello": Visitor(hello.app).call("/"), "few": few.change, "all": all_.change}, ROUNDS)
    print("\nFormularz z 300 pytaniami, 150 warunków: zmiana jednej odpowiedzi przez htmx, z zapisem")
    for what, name in (("30 pytań na stronie", "few"), ("wszystkie 300 na jednej stronie", "all")):
        spent = found[name]
        line(what, f"{spent * 1e3:.1f} ms  {spent / found['hello']:.0f}×", "< 30 ms", spent < 0.03)


def _served(folder: Path) -> None:
    app, django = ours.application(folder), _django()
    respondent = ours.Respondent(app)
    respondent.get(ours.FIRST)
    posts = [raw(each) for each in respondent.bodies(2000)]
    django_post = raw(django.environ("/", _django_form(django, VALID)))
    targets: tuple[tuple[str, str, bool, list[bytes], list[bytes]], ...] = (
        ("sam Flask: hello", "bench.hello:app", False, [raw(Visitor(None).environ("/"))], []),
        ("strona z 20 pytaniami", "app:create_app", True, [raw(respondent.environ(ours.FIRST))], posts),
        ("  to samo w Django", "bench.django_app:application", False, [raw(django.environ("/"))], [django_post] * 2000),
    )
    print(f"\nZa serwerem (Granian, 2 procesy robocze), {CLIENTS} połączeń")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for what, target, factory, pages, bodies in targets:
            ours_ = target.startswith("app:")
            with serving(target, ours.environment(folder), factory=factory) as server:
                pool.submit(load, server.port, pages, CLIENTS, 0.5).result()
                got = pool.submit(load, server.port, pages, CLIENTS, SECONDS).result()
                _expect(got.statuses, "200")
                line(what, f"{got.rate:,.0f} żądań/s")
                if bodies:
                    sent = pool.submit(load, server.port, bodies, CLIENTS, SECONDS, True).result()
                    _expect(sent.statuses, "303" if ours_ else "302")
                    slow = percentile(sent.times, 0.99) * 1000
                    line("  POST z zapisem", f"{sent.rate:,.0f} żądań/s")
                    target_text, reached = ("< 40 ms", slow < 40) if ours_ else ("", None)
                    line("  POST z zapisem, 99. percentyl", f"{slow:.1f} ms", target_text, reached)
                if ours_ and (weights := server.workers()):
                    share, whole = max(weights)
                    line("  pamięć procesu roboczego, PSS", f"{share:.0f} MB", "< 80 MB", share < 80)
                    line("  to samo, RSS", f"{whole:.0f} MB")


def _expect(statuses: dict[str, int], wanted: str) -> None:
    if set(statuses) != {wanted}:
        raise RuntimeError(f"expected only {wanted}, got {statuses}")


def _desk(folder: Path) -> None:
    (folder / "sqlite").mkdir()
    (folder / "postgres").mkdir()
    _desk_on("SQLite", folder / "sqlite")
    with postgres() as server:
        _desk_on("PostgreSQL", folder / "postgres", server.clean())


def _desk_on(engine: str, folder: Path, url: str = "") -> None:
    app, searched, column = desk.application(folder, url)
    visitor = desk.client(app)
    clock = desk.processor(postgres=bool(url))
    print(f"\nBiuro: {many.MANY:,} odpowiedzi, czas procesora jednej strony razem z bazą ({engine})")
    for what, address in desk.PAGES.items():
        best, queries = desk.measured(visitor, address, ROUNDS, clock)
        target = "< 50 ms, ≤ 12"
        line(what, f"{best * 1000:.1f} ms, {queries:>2}", target, best < 0.050 and queries <= 12)
    line("raz: kolumna do szukania", f"{searched:.1f} s")
    line("raz: kolumna jednego pytania", f"{column:.1f} s")


def _exported(folder: Path) -> None:
    app = ours.application(folder)
    ours.Respondent(app).send()
    database, out, beside = folder / "data" / "nabor.db", folder / "export.csv", folder / "plain.csv"
    environ = ours.environment(folder)
    few = max(2, ROWS // 10)
    exporting.multiply(database, 2, few)
    least = exporting.peak(environ, out)
    exporting.multiply(database, few + 1, ROWS)
    most = exporting.peak(environ, out)
    rows = exporting.rows_of(out)
    exported, plain = [], []
    for _ in range(3):
        exported.append(exporting.export(app, out))
        plain.append(exporting.plain(rows, beside))
    ratio = statistics.median(exported) / statistics.median(plain)
    print(f"\nEksport do CSV: {len(rows) - 1:,} odpowiedzi × {len(rows[0])} kolumn")
    line("flask forms export", f"{statistics.median(exported):.2f} s")
    line("sam csv.writer na gotowych wierszach", f"{statistics.median(plain):.2f} s")
    line("  ile razy dłużej", f"{ratio:.2f}×", "≤ 2,5×", ratio <= 2.5)
    steady = most - least < 10
    line(f"najwięcej pamięci: {few:,} i {ROWS:,} odpowiedzi", f"{least:.0f} i {most:.0f} MB", "stała", steady)


def _loaded(folder: Path) -> None:
    ours.environment(folder)
    print("\nWczytanie 300 definicji")
    for what, files in (
        ("po 20 pytań", [ours.FORMS / "twenty.yaml"]),
        ("formularze urzędu, w kółko", sorted((folder / "config" / "forms").glob("*.yaml"))),
    ):
        config = folder / f"many-{len(files)}"
        shutil.copytree(folder / "config", config, ignore=shutil.ignore_patterns("forms"))
        (config / "forms").mkdir()
        for n in range(300):
            text = files[n % len(files)].read_text("utf-8")
            (config / "forms" / f"f{n}.yaml").write_text(f"# {n}\n{text}", "utf-8")
        begun = time.perf_counter()
        entries = Catalogue(config, "32").entries()
        spent = time.perf_counter() - begun
        if any(entry.form is None for entry in entries):
            raise RuntimeError("a definition does not serve")
        target, reached = ("< 1 s", spent < 1) if len(files) == 1 else ("", None)
        line(what, f"{spent:.2f} s", target, reached)


if __name__ == "__main__":
    main()
