"""The programme as pages: five steps, the index, maturity, known mistakes and the seven elements."""
