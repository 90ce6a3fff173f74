"""Forms from elsewhere: an XLSForm turned into a definition of ours, with a list of what could not be turned."""

from __future__ import annotations

from forms.importing.importer import Imported, import_xlsform
from forms.importing.remarks import Remark, Unusable

__all__ = ["Imported", "Remark", "Unusable", "import_xlsform"]
