"""Phuluc-Setup.exe: the add-in with a Python of its own, for people who have none."""
