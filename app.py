"""The application, put together: a table of contents."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from jinja2 import StrictUndefined

from config.settings import ROOT, Settings
from forms.catalogue import Catalogue
from records import database, versions
from records.files import FileStore
from views import commands, errors
from views.health import health
from views.languages import speak
from views.public import public
from views.respondent import respondent
from views.security import protect
from views.services import Services
from views.site import Site
from views.staff import staff

csrf = CSRFProtect()


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings (by default the environment's)."""
    settings = settings or Settings.from_environment()
    app = Flask("nabor", root_path=str(ROOT))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    protect(app, settings)
    csrf.init_app(app)
    Htmx(app)
    app.extensions["nabor"] = _services(settings)
    # The language is chosen before the blueprints' own hooks, which may already have to say something.
    speak(app)
    for blueprint in (public, respondent, staff, health):
        app.register_blueprint(blueprint)
    errors.register(app)
    commands.register(app)
    return app


def _services(settings: Settings) -> Services:
    """Forms, site and files of these settings; the database is only named here, and opened by who first asks it."""
    database.connect(settings.database_url)
    site = Site(settings.config_dir)
    made = Services(
        settings, Catalogue(settings.config_dir, site.get("region")), site, FileStore(settings.data_dir / "files")
    )
    made.catalogue.stored = versions.newest
    return made
