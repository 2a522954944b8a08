"""Tables out of files: Excel, OpenDocument, text with separators, vCards. Knows no ORM."""
