package main

import (
	_ "unsafe" // for go:linkname

	"oras.land/oras-go/pkg/registry/remote/auth"
)

//go:linkname parseChallenge oras.land/oras-go/pkg/registry/remote/auth.parseChallenge
func parseChallenge(header string) (auth.Scheme, map[string]string)

var version string

func main() {
	serve(version, func(lines []string, field, scheme string) (found told) {
		if kind, params := parseChallenge(lines[0]); kind != auth.SchemeUnknown {
			found.give("s", kind.String())
			found.params(params)
		}
		return
	})
}
