"""The activation lab: curves beside their derivatives, and what becomes of the gradient from layer to layer."""
