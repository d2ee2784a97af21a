"""What people see who come by a personal link, without an account."""
