"""Putting the add-in where Excel for Windows loads it, taking it away again, and saying what stands in the way.

Nothing here imports anything outside the standard library, or of `addin`'s own siblings, when it is imported: the
installer runs it with an interpreter that it has only just unpacked.
"""
