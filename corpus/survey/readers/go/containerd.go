package main

import (
	"net/http"

	"github.com/containerd/containerd/remotes/docker/auth"
)

var version string

func main() {
	schemes := map[auth.AuthenticationScheme]string{auth.BasicAuth: "Basic", auth.DigestAuth: "Digest", auth.BearerAuth: "Bearer"}
	serve(version, func(lines []string, field, scheme string) (found told) {
		for _, each := range auth.ParseAuthHeader(http.Header{"Www-Authenticate": lines}) {
			found.give("s", schemes[each.Scheme])
			found.params(each.Parameters)
		}
		return
	})
}
