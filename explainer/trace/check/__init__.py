"""Every gradient three ways: back-propagation as traced, SymPy on the composed loss, central differences.

Only the first uses the trace. The other two walk the lesson on their own, from the definitions in the tables.
"""

from explainer.trace.check.comparison import check
from explainer.trace.check.report import CheckReport, CheckRow

__all__ = ["CheckReport", "CheckRow", "check"]
