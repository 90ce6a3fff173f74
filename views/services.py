"""What views work with, made once per application: settings, forms, site data, stored versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app

from config.settings import Settings
from forms.catalogue import Catalogue
from forms.definition import Form
from forms.expressions import Env
from forms.wording import Say, say
from records import versions
from records.files import FileStore
from records.versions import Bundle
from views.site import Site

WARSAW = ZoneInfo("Europe/Warsaw")


@dataclass
class Services:
    """Found by views as `services()`."""

    settings: Settings
    catalogue: Catalogue
    site: Site
    files: FileStore
    version_ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def version_id(self, form: Form) -> int:
        """The id under which this version of a form is stored; it is stored now if it was not."""
        found = self.version_ids.get(form.version)
        if found is None:
            bundle = Bundle(form.bundle["file"], form.bundle["lists"])
            found = self.version_ids[form.version] = versions.store(form.slug, bundle).id
        return found

    def version(self, slug: str, version_id: int) -> Form:
        """The form as it was in a stored version."""
        current = self.catalogue.get(slug)
        if current is not None and self.version_id(current) == version_id:
            return current
        stored = versions.load(version_id)
        return self.catalogue.past(
            slug, stored.hash, lambda: {"file": stored.bundle.file, "lists": stored.bundle.lists}
        )

    def no_form(self, slug: str) -> Say:
        """That there is no form of this name, and which there are."""
        known = ", ".join(entry.slug for entry in self.catalogue.entries() if entry.form is not None)
        return say("Nie ma formularza „{slug}”. Są: {known}.", slug=slug, known=known)

    def env(self) -> Env:
        """What expressions see of the world: today in Warsaw, and the limits of the law."""
        return Env({}, today=now().date(), limits=self.catalogue.limit)


def services() -> Services:
    """The services of the application that handles this request."""
    return cast(Services, current_app.extensions["nabor"])


def now() -> datetime:
    """This moment in Warsaw; tests move the clock by replacing `clock`."""
    return clock()


def clock() -> datetime:
    """The real clock."""
    return datetime.now(WARSAW)
