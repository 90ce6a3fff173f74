"""The application, put together: a table of contents."""

from __future__ import annotations

from flask import Flask
from htmx_flask import Htmx
from jinja2 import StrictUndefined

from config.settings import ROOT, Settings
from forms.catalogue import Catalogue
from records import database, versions
from records.files import FileStore
from views import errors
from views.api import api
from views.cli import OnDemand
from views.compiling import OneAtATime
from views.documents import documents
from views.gmina import gmina
from views.health import health
from views.images import images
from views.languages import speak
from views.link.certified import certified
from views.link.confirming import confirming
from views.link.finding import finding
from views.link.replacing import replacing
from views.link.respondent import respondent
from views.link.returning import returning
from views.link.sharing import sharing
from views.link.withdrawing import withdrawing
from views.mail import worker
from views.pages import Request
from views.patterns import patterns
from views.public import public
from views.register import register
from views.security import Csrf, protect
from views.services import Services
from views.site import Site
from views.staff import staff
from views.surveys import surveys


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings (by default the environment's)."""
    settings = settings or Settings.from_environment()
    app = Flask("nabor", root_path=str(ROOT))
    app.jinja_environment = OneAtATime
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    protect(app, settings)
    Csrf(settings.secret_key).init_app(app)
    Htmx(app)
    app.request_class = Request
    app.extensions["nabor"] = _services(settings)
    # The language is chosen before the blueprints' own hooks, which may already have to say something.
    speak(app)
    theirs = (respondent, returning, withdrawing, replacing, confirming, sharing, finding, certified, surveys, gmina)
    for blueprint in (public, register, *theirs, staff, api, documents, patterns, images, health):
        app.register_blueprint(blueprint)
    errors.register(app)
    app.cli = OnDemand(app.name)
    if settings.worker:
        worker.embed(app)
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
