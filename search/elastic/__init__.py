"""Elasticsearch 9 or OpenSearch 3 in place of the database's own full text.

The texts are analysed in Python as for the other engines (``search.analysis``): the server only
splits at blanks. So a question finds the same, in the same order.
"""
