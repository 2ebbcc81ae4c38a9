"""What any workbook of ours needs: safe text, atomic saving, cached values, engines that recalculate."""
