"""What the book's charts show: figures of the ledger and of the resource tables, without any drawing."""
