"""What reports write: the receipt of an export, the views that organisers save, tables on their way in."""

from reports.models.import_draft import ColumnMemory, ImportDraft
from reports.models.receipt import ExportReceipt
from reports.models.saved_view import SavedView

__all__ = ["ColumnMemory", "ExportReceipt", "ImportDraft", "SavedView"]
