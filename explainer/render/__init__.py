"""Many renderers of the same page: pictures, formulas, documents."""
