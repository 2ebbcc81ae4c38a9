"""Đọc số thành chữ: the words of an amount, where officers write them, alive where the book allows it."""
