"""The graph: shows a drawing, lets the user look around, point at things and type numbers on it."""
