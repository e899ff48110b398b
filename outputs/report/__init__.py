"""The evidence view: one self-contained HTML file that fetches nothing, or a static site of small pages."""

from communique.outputs.report.page import write_report
from communique.outputs.report.site import write_site

__all__ = ["write_report", "write_site"]
