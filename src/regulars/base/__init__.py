"""The customer base: one row a customer, with what lists, cards and groups ask of one."""

from regulars.base.columns import BaseColumn, columns
from regulars.base.opening import open_base
from regulars.base.querying import Base, Page

__all__ = ["Base", "BaseColumn", "Page", "columns", "open_base"]
