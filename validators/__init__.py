"""From a file to what is wrong in it: grids, tables, equations, findings."""
