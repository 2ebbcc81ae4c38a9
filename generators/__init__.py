"""From a plan to a workbook: forms, layout, formulas, sheets."""
