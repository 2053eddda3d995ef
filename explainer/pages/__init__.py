"""A step as a language-neutral page: headings, sentences, formulas, figures, tables. Renderers show it; nothing else computes it."""
