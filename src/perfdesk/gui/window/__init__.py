"""Parts of the main window: the outline, what the menus do, what is said above the form."""
