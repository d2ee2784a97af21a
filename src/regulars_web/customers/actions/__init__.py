"""What colleagues do with customers and with their own views of the list."""
