"""How surveys reach people: personal links, open links, codes, e-mails, reminders."""
