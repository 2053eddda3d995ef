"""The window. The only room that knows Qt."""

# PySide reads the source text of every module that is imported after it, looking for its name: the rooms
# below come first, which saves the time at every start.
import explainer.protocol
import explainer.render.diagram
import explainer.session  # noqa: F401 - as said
