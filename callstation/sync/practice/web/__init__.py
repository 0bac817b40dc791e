"""The practice org's web side: OAuth, REST, composite, Bulk 2.0 and planned faults over one ``Org``, as WSGI."""

from callstation.sync.practice.web.app import PracticeApp, make_app
from callstation.sync.practice.web.faults import CutError, Fault, Faults
from callstation.sync.practice.web.site import Options, Site

__all__ = ["CutError", "Fault", "Faults", "Options", "PracticeApp", "Site", "make_app"]
