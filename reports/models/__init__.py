"""The nouns of the top floor: the receipt of an export, and tables on their way in."""

from reports.models.import_draft import ColumnMemory, ImportDraft
from reports.models.receipt import ExportReceipt

__all__ = ["ColumnMemory", "ExportReceipt", "ImportDraft"]
