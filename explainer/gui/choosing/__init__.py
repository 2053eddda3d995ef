"""The tab of choices: labelled menus with formulas, fields for their numbers."""
