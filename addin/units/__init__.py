"""Đổi đơn vị: the figures of tables brought into another unit of money, formulas kept alive and right."""
