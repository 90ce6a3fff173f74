"""Takes the picture of each field type for the reference, from the running pages: `python -m docs.pictures`.

The tiny definitions of the tests are served as forms of an office of their own; a browser opens each, fills in what stands
before the field, and its question is cut out.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from config.settings import ROOT, Settings
from docs.reference import DEFINITIONS, PICTURES, UNSEEN
from forms.definition import Form
from forms.types.base import REGISTRY
from tests import browser

WIDTH, TALLEST, SHARPNESS = 480, 900, 2  # CSS pixels; how many real ones each has
MARGIN = 12
COLOURS = 32
MOST = 30_000  # bytes of one picture


def main() -> None:
    """Takes all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        _serving(Path(folder)) as (url, forms),
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(
            executable_path=str(browser.find_or_install()), args=["--no-sandbox", "--lang=pl"]
        )
        screen = ViewportSize(width=WIDTH, height=1000)
        page = chromium.new_page(viewport=screen, device_scale_factor=SHARPNESS, locale="pl-PL")
        for name in sorted(set(REGISTRY) - set(UNSEEN)):
            if (DEFINITIONS / f"{name}.yaml").exists():
                page.goto(f"{url}/f/{_slug(name)}/wypelnij")
                _save(_picture(page, forms[name], name), PICTURES / f"{name}.png")
        chromium.close()


def _picture(page: Page, form: Form, name: str) -> bytes:
    """The last field of that type, as the page shows it once the fields before it hold their examples."""
    fields = [each for step in form.steps[:1] for each in step.fields]
    wanted = next(each for each in reversed(fields) if each.type.name == name)
    for each in fields[: fields.index(wanted)]:
        typed = page.locator(f"input#{each.name}:not([type=radio], [type=checkbox])")
        if each.type.example and typed.count():
            typed.fill(each.type.example)
            typed.blur()
    page.wait_for_timeout(400 if wanted is not fields[0] else 50)
    box = page.locator(f"#f-{wanted.name}").bounding_box()
    assert box is not None, f"{name} is not on the page"
    left, top = max(0, box["x"] - MARGIN), box["y"] - MARGIN
    height = min(box["height"] + 2 * MARGIN, TALLEST)
    clip = FloatRect(x=left, y=top, width=WIDTH - 2 * left, height=height)
    return page.screenshot(full_page=True, clip=clip)


def _save(picture: bytes, file: Path) -> None:
    """As a PNG of few colours; fewer still where that is not enough."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    colours = COLOURS
    while True:
        made = BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
        if made.tell() < MOST or colours <= 4:
            break
        colours //= 2
    file.write_bytes(made.getvalue())


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[str, dict[str, Form]]]:
    """The address of an office whose forms are the tiny definitions, and these forms by type."""
    config = folder / "config"
    shutil.copytree(ROOT / "config", config, ignore=shutil.ignore_patterns("forms", "*.py", "__pycache__"))
    (config / "texts" / "rodo.md").write_text("Klauzula.", encoding="utf-8")
    (config / "forms").mkdir()
    for file in DEFINITIONS.glob("*.yaml"):
        shutil.copy(file, config / "forms" / f"{_slug(file.stem)}.yaml")
    environ = {"CONFIG_DIR": str(config), "DATA_DIR": str(folder / "data"), "SECRET_KEY": "pictures " * 5}
    app = create_app(Settings.from_environment(environ))
    app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
    entries = {entry.slug: entry.form for entry in app.extensions["nabor"].catalogue.entries()}
    forms = {name: form for name in REGISTRY if (form := entries.get(_slug(name))) is not None}
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}", forms
    finally:
        server.shutdown()
        thread.join()


def _slug(name: str) -> str:
    return name.replace("_", "-")


if __name__ == "__main__":
    main()
