"""Building a network by hand: choosing its parts, drawing edges, adding and moving neurons on the graph."""
