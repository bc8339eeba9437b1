"""From a finished recording to a file: its name, its content, the thread that writes it."""
