"""Who pays what, when and for whom: the amounts of a workbook that nobody breaks down further."""

from validators.funding.counting import funding, leaves
from validators.funding.model import Leaf, TableFunding

__all__ = ["Leaf", "TableFunding", "funding", "leaves"]
