<?php // What PHP gives a script, in the words of runner protocol 2.
if (isset($_SERVER["PHP_AUTH_USER"])) {
    echo "s:", bin2hex("Basic"), " u:", bin2hex($_SERVER["PHP_AUTH_USER"]), " p:", bin2hex($_SERVER["PHP_AUTH_PW"] ?? "");
}
