"""``python -m saddlepoint`` is the command line."""

from saddlepoint.cli import main

if __name__ == "__main__":
    main()
