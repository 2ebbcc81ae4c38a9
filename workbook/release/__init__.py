"""A copy of a workbook that may leave the office: values only, and nothing that travels unseen."""

from workbook.release.releasing import Release, release

__all__ = ["Release", "release"]
