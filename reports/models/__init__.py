"""What reports write: the receipt of an export, and the views that organisers save."""

from reports.models.receipt import ExportReceipt
from reports.models.saved_view import SavedView

__all__ = ["ExportReceipt", "SavedView"]
