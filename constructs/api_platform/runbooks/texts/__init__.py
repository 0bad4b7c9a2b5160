"""What each runbook says: one alert, one file; where two differ in a figure alone, they share one."""
