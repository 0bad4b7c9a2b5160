"""What the scenarios report into, and the page that shows it: `dist/proof/index.html`."""
