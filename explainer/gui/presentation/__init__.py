"""The presentation: the graph, the derivation and the timeline on a projector, driven by a clicker."""
