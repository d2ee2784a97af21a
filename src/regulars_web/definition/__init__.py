"""What customer focus means here: read, confirmed, agreed by everybody in a round, printed as a poster."""
