"""One settings module per process: portal, desk, worker, migrate; demo and test lie over them."""
