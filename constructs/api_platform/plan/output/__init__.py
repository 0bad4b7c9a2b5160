"""Shows plans: to people in a terminal or in Markdown, to machines in JSON."""
