"""The report's sections, one file each: readings in, a Section out."""
