"""The English pipeline that ships with the project, and the lexicons."""
