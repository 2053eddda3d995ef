"""From a page to places on the screen: words, formulas, lines between them."""
