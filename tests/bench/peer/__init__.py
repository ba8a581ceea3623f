"""The nearest Python peer (wagtail-lms) as a project of its own, with the middlewares and database of the bare one."""
