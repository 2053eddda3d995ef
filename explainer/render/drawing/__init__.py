"""How a lesson becomes shapes: places, ways of the edges, pills, badges, what is bright; `diagram.draw` puts it together."""
