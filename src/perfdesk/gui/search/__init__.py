"""The search of the toolbar: its field, its list of results, and the index behind them."""
