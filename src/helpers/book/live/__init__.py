"""The live notebooks of the site: JupyterLite, Pyodide, and hidden tests that are encrypted."""
