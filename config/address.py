"""Where this installation lives: its own address, and the second origin on which packages play."""

from urllib.parse import urlsplit

from config.environment import env

PORT = env.str("PORT", default="8000")
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
CONTENT_ORIGIN = env.str("CONTENT_ORIGIN", default=f"http://content.localhost:{PORT}").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
#: SCORM and cmi5 packages are played on a subdomain of their own.
CONTENT_SUBDOMAINS = CONTENT_ORIGIN.replace("://", "://*.", 1)
CONTENT_HOST = urlsplit(CONTENT_ORIGIN).hostname or "content.localhost"
HTTPS = SITE_URL.startswith("https://")
