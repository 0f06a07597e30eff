"""Storing what a form types, record by record: fields, order, codes, moving, copying."""
