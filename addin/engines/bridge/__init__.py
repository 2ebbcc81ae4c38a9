"""The far side of `addin.engines.office`: what is done inside LibreOffice, under the Python that it was packaged for.

Nothing but the standard library and `uno` may be imported here, and nothing that Python 3.8 does not have. `__main__`
is the process that is spoken to; it has LibreOffice load `component`, and every operation then runs within LibreOffice
itself, where a call to it takes 10 microseconds (across a pipe: 500).

Places are a book's number, a sheet's name and an area [row, column, rows, columns], rows and columns from 1.
"""
