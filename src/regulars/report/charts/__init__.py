"""Charts of the report: Vega-Lite drawn to SVG in the page's own colours and letters."""
