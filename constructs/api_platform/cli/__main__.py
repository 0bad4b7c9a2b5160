"""`python -m api_platform.cli`."""

from api_platform.cli import main

if __name__ == "__main__":
    main()
