"""PHP's PHP_AUTH_USER and PHP_AUTH_PW, by its own web server."""

import os
import subprocess

import served
import survey

PORT = 8083
version = subprocess.run(["php8.2", "-r", "echo PHP_VERSION;"], stdout=subprocess.PIPE, text=True, check=True).stdout
served.start(["php8.2", "-n", "-S", f"127.0.0.1:{PORT}", os.environ["SURVEY_READERS"] + "/servers/php.php"], PORT)


def read(value, field, lines, scheme):
    _, body = served.fetch(PORT, lines)
    words = dict(word.split(":") for word in (body or b"").decode().split())
    return {"scheme": "Basic", "user": bytes.fromhex(words["u"]), "password": bytes.fromhex(words["p"])} if words else None


survey.serve(version.split("-")[0], read)
