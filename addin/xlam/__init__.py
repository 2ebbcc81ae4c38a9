"""The Excel add-in as a file, `phuluc.xlam`: built on any machine from xlwings' BSD quickstart add-in."""
