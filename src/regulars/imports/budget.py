"""How much one dropped file may cost: the limits that every reader keeps to.

A file comes from outside, so each limit is checked while reading, never taken from what the file says of
itself alone. They are far above what a company exports and far below what a machine can bear.
"""

from __future__ import annotations

MIB = 1024 * 1024

CHUNK_CHARACTERS = 4 * MIB  # text read at once: some 40,000 order lines
BATCH_RECORDS = 50_000
SAMPLE_BYTES = MIB  # head of the file that kind, delimiter and header are judged by
MAX_COLUMNS = 5_000

MAX_CELL_CHARACTERS = 16 * MIB
MAX_RECORD_LINES = 10_000  # a cell with more line breaks is a quotation mark that was never closed
MAX_LINE_BYTES = 64 * MIB

MAX_UNPACKED_BYTES = 64 * 1024 * MIB
MAX_RATIO = 400  # real tables shrink to a tenth; a bomb to a thousandth
RATIO_COUNTS_FROM = 64 * MIB  # small files may be repetitive
MAX_EXTRACTED_BYTES = 1024 * MIB  # a workbook or Parquet file inside a .zip or .gz

MAX_WORKBOOK_PARTS = 5_000
MAX_WORKBOOK_BYTES = 2 * 1024 * MIB  # unpacked
MAX_WORKBOOK_CELLS = 30_000_000  # of the rectangle around all filled cells, which is what is held in memory
WORKBOOK_MEMORY_BYTES = 2 * 1024 * MIB
WORKBOOK_SECONDS = 300  # of computing
WORKBOOK_WALL_SECONDS = 900  # by the clock, on a busy machine
