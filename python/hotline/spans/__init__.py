"""What a request asked of others: databases, caches and templates; one module for each library.

`install(module)` of each is called once, after the library's module has been imported.
"""
