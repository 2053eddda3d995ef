"""The descent: the error along one or two parameters, the path taken, another learning rate tried."""
