"""The papers of an edition, set as tagged PDF: the jury's binder, the protocol, the diplomas."""
