"""Made-up projects: cities, provinces and documents that exist nowhere, coded exactly.

A test that needs more than the five documents asks for a world of its own:

    from random import Random
    from made_up import Paper, Shape, write_project
    root = write_project(tmp_path, Shape(cities=6, provinces=2), Random(7))

The same seed gives the same bytes. Texts and rows are made together, so that the rows are right by
construction: `python -m compare check --root ...` finds nothing. The dictionary and the code lists
are those of the project; columns that the dictionary gains are left empty, or filled where required.
"""

from made_up.project import PROJECT, write_project
from made_up.shapes import MIXED, Paper, Shape
from made_up.tables import change_rows, read_rows, write_rows

__all__ = ["MIXED", "PROJECT", "Paper", "Shape", "change_rows", "read_rows", "write_project", "write_rows"]
