"""What each kind of grid shows and stores."""
