"""What a respondent sees: pages without a login, a script or a cookie."""
