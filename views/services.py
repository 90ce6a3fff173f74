"""What views work with, made once per application: settings, forms, site data, stored versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import cast

from flask import current_app

from config.settings import Settings
from forms.catalogue import Catalogue
from forms.definition import Form
from forms.expressions import Env
from forms.indicators import Indicators
from forms.spans import WARSAW
from forms.wording import Say, say
from records import versions
from records.files import FileStore
from records.register import Office, StandingBook
from records.versions import Bundle
from views.site import Site


@dataclass
class Services:
    """Found by views as `services()`."""

    settings: Settings
    catalogue: Catalogue
    site: Site
    files: FileStore
    version_ids: dict[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def indicators(self) -> Indicators:
        """The indicators of the forms that have them, and the map on which they are shown."""
        return Indicators(self.settings.config_dir, self.catalogue)

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

    def env(self, own: int | None = None) -> Env:
        """What expressions see of the world: today in Warsaw, the limits of the law, how gminy stand.

        `own` is the id of the response that is filled in: as a declaration it does not count before itself.
        """
        moment = now()
        return Env({}, today=moment.date(), limits=self.catalogue.limit, standing=self.standings(moment, own=own))

    def standings(self, at: datetime, *, everyone: bool = False, own: int | None = None) -> StandingBook:
        """How gminy stood at a moment, by the register and by declarations; nothing is looked up until it is asked."""
        return StandingBook(self._office, at, everyone=everyone, own=own)

    def _office(self) -> Office:
        self.catalogue.refresh()
        rows = self.catalogue.rows("gminy")
        try:
            since = date.fromisoformat(self.site.get("edition", {}).get("from", ""))
        except ValueError:
            since = None
        return Office(rows.by_value if rows is not None else {}, self.site.get("declaration_form"), since)


def services() -> Services:
    """The services of the application that handles this request."""
    return cast(Services, current_app.extensions["nabor"])


def now() -> datetime:
    """This moment in Warsaw; tests move the clock by replacing `clock`."""
    return clock()


def clock() -> datetime:
    """The real clock."""
    return datetime.now(WARSAW)
