"""The evidence view: one self-contained HTML file that fetches nothing."""

from communique.outputs.report.page import write_report

__all__ = ["write_report"]
