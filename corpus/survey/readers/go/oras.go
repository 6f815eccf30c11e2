package main

import (
	_ "unsafe" // for go:linkname

	"oras.land/oras-go/pkg/registry/remote/auth"
)

var version string

//go:linkname parseChallenge oras.land/oras-go/pkg/registry/remote/auth.parseChallenge
func parseChallenge(header string) (scheme auth.Scheme, params map[string]string)

func main() {
	serve(version, func(lines []string, field, scheme string) (found told) {
		taken, params := parseChallenge(lines[0])
		if taken == auth.SchemeBearer && len(params) > 0 {
			found.give("s", "Bearer")
			found.params(params)
		}
		return
	})
}
