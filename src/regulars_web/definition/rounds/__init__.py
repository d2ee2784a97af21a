"""A round: everybody says what customer focus means here, until one definition is agreed and published."""
