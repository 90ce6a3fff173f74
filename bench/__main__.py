"""`python -m bench`: every figure the product promises, beside its target and beside what one would pick instead."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from flask import Flask

from bench import exporting, hello, ours
from bench.client import load
from bench.measure import in_turn, line, percentile
from bench.sample import VALID, WRONG
from bench.server import serving
from bench.wsgi import Visitor, hidden, raw
from forms.catalogue import Catalogue

ROUNDS = 9
SECONDS = 3.0
CLIENTS = 8
ROWS = int(os.environ.get("BENCH_ROWS") or 20_000)


def main() -> None:
    """Everything in one run, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="nabor-bench-") as name:
        folder = Path(name)
        os.environ["BENCH_DJANGO_DB"] = str(folder / "django.db")
        app = ours.application(folder)
        django = _django()
        _in_process(app, django)
        _served(folder, app, django)
        _exported(folder, app)
        _loaded(folder)


def _django() -> Visitor:
    from bench import django_app  # noqa: PLC0415 – it reads where its database is when it is imported

    django_app.prepare()
    return Visitor(django_app.application)


def _django_form(django: Visitor, answers: dict[str, str | list[str]]) -> dict[str, object]:
    return {"csrfmiddlewaretoken": hidden(django.get("/"), "csrfmiddlewaretoken"), **answers, "koszt": "1234,50"}


def _in_process(app: Flask, django: Visitor) -> None:
    reader, writer, mistaken = ours.Respondent(app), ours.Respondent(app), ours.Respondent(app)
    reader.get(ours.FIRST)
    draft = reader.draft()
    calls = {
        "hello": Visitor(hello.app).call("/"),
        "empty": reader.call(ours.FIRST),
        "django empty": django.call("/"),
        "wrong": reader.call(draft, wants="422"),
        "django wrong": django.call("/", _django_form(django, WRONG), "422"),
        "post": writer.post(),
        "django post": django.call("/", _django_form(django, VALID), "302"),
        "refused": ours.refused(mistaken),
    }
    found = in_turn(calls, ROUNDS)
    floor = found["hello"]
    ratio = {name: spent / floor for name, spent in found.items()}
    print("\nCzas procesora na żądanie, w tym procesie (wielokrotność „hello”)")

    def tell(what: str, name: str, target: str = "", reached: bool | None = None) -> None:
        line(what, f"{found[name] * 1e6:,.0f} µs  {ratio[name]:.1f}×", target, reached)

    tell("sam Flask: hello", "hello")
    tell("strona z 20 pytaniami, pusta", "empty", "≤ 6×", ratio["empty"] <= 6)
    tell("  to samo w Django", "django empty")
    tell("strona z 20 odpowiedziami i 20 błędami", "wrong", "≤ 12×", ratio["wrong"] <= 12)
    tell("  to samo w Django (POST, bez zapisu)", "django wrong")
    tell("poprawny POST z zapisem, synchronous=FULL", "post")
    tell("  to samo w Django", "django post")
    cheaper = found["django post"] / found["post"]
    line("  ile razy taniej niż Django", f"{cheaper:.2f}×", "≥ 2,5×", cheaper >= 2.5)
    tell("POST z 20 błędami: zapis i strona 422", "refused")


def _served(folder: Path, app: Flask, django: Visitor) -> None:
    respondent = ours.Respondent(app)
    respondent.get(ours.FIRST)
    posts = [raw(each) for each in respondent.bodies(2000)]
    django_post = raw(django.environ("/", _django_form(django, VALID)))
    targets = (
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
                    line("  pamięć procesu roboczego", f"{max(weights):.0f} MB", "< 80 MB", max(weights) < 80)


def _expect(statuses: dict[str, int], wanted: str) -> None:
    if set(statuses) != {wanted}:
        raise RuntimeError(f"expected only {wanted}, got {statuses}")


def _exported(folder: Path, app: Flask) -> None:
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
