"""From a grid to its tables: where they stand, what each column and row is."""
