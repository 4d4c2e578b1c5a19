"""The jury workbook: frozen dataclasses in, the bytes of an .xlsx out; no database and no request in here."""
