"""A plan parted into one appendix for each agency or group."""
