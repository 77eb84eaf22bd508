"""`python -m pipeline` is `planlens`."""

from pipeline.cli import main

main()
