"""What the training view changes of the lesson, and what it takes from it."""
