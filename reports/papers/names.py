"""What the papers are called as work in the background and on their receipts: one name for each."""

BINDER, OWN_BINDER = "jury_binder", "own_binder"
PROTOCOL, DIPLOMAS = "protocol", "diplomas"
MATERIAL, OWN_MATERIAL = "material_pack", "own_material"
