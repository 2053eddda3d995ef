"""How large a lesson may be: enough for any classroom, too little to freeze a computer."""

MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32
# Of any kind in one file: half as many again as the largest lesson has.
MAX_CONTAINERS = 60_000
MAX_TEXTS = 150_000

MAX_NEURONS = 300
MAX_EDGES = 6_000
# Linear pieces of one maxout neuron.
MAX_PIECES = 16
MAX_PARAMETERS = MAX_EDGES + MAX_NEURONS
MAX_SAMPLES = 10_000
# Operations of the features in all samples, test samples too; each takes about ten microseconds.
MAX_FEATURE_OPERATIONS = 100_000
# Operations in one pass: samples of a batch × (neurons + edges). Each becomes a step or two.
MAX_OPERATIONS_PER_PASS = 100_000

# Far more than anybody waits for; the number of the pass stays exact in a double.
MAX_PASSES = 1_000_000_000

MAX_NAME = 32
MAX_TITLE = 200
MAX_DESCRIPTION = 4_000
MAX_NOTES = 20_000

# A double has 15 decimal digits that are always right.
MAX_ROUNDING_DIGITS = 15
