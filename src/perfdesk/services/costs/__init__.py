"""Cost sheets: storing amounts, joining and dividing sheets, explaining a total."""
