package main

import (
	"net/http"

	"github.com/docker/distribution/registry/client/auth/challenge"
)

var version string

func main() {
	serve(version, func(lines []string, field, scheme string) (found told) {
		response := &http.Response{StatusCode: 401, Header: http.Header{"Www-Authenticate": lines}}
		for _, each := range challenge.ResponseChallenges(response) {
			found.give("s", each.Scheme)
			found.params(each.Parameters)
		}
		return
	})
}
