"""Names and numbers of people as they are looked for, put in order and compared, in several alphabets."""
