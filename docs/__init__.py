"""What generates and proves the documentation; no part of the installed package."""
