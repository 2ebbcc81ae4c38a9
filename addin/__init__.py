"""Inside the spreadsheet program: worksheet functions, the ribbon and its commands, what installs them."""
