"""For staff: indicators of the region by year, kind of gmina and powiat, and the files with them."""
