package main

import (
	"net/http"

	auth "github.com/abbot/go-http-auth"
)

var version string

func main() {
	serve(version, func(lines []string, field, scheme string) (found told) {
		if scheme == "basic" {
			// It asks for the secret of the user, and compares it with the password.
			var user string
			basic := auth.NewBasicAuthenticator("x", func(name, realm string) string { user = name; return "" })
			basic.CheckAuth(&http.Request{Header: http.Header{"Authorization": lines}})
			if user != "" {
				found.give("s", "Basic")
				found.give("u", user)
			}
			return
		}
		if params := auth.DigestAuthParams(lines[0]); len(params) > 0 {
			found.give("s", "Digest")
			found.params(params)
		}
		return
	})
}
