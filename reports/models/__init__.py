"""The one noun that reports write: the receipt of an export."""

from reports.models.receipt import ExportReceipt

__all__ = ["ExportReceipt"]
