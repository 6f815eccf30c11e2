// go test: docker/distribution. Change read() to your reader, and begin with an empty list of known differences.
package vectors

import (
	"encoding/json"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/docker/distribution/registry/client/auth/challenge"
)

type meaning struct {
	Scheme  string
	Token68 *string
	Params  [][2]string
}

func bytes(text string) string { // U+0000 to U+00FF stand for bytes
	var made []byte
	for _, each := range text {
		made = append(made, byte(each))
	}
	return string(made)
}

func read(lines []string) (told []any) {
	response := &http.Response{StatusCode: 401, Header: http.Header{"Www-Authenticate": lines}}
	for _, each := range challenge.ResponseChallenges(response) {
		told = append(told, each.Scheme, (*string)(nil), each.Parameters)
	}
	return
}

func TestVectors(t *testing.T) {
	var vectors []struct {
		Name, Effect           string
		Raw                    []string
		Expected               []meaning
		Must_fail, Can_fail    bool
	}
	text, _ := os.ReadFile(os.Getenv("VECTORS") + "/WWW-Authenticate.rfc9110-recipient.json")
	known, _ := os.ReadFile(os.Getenv("KNOWN"))
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, vector := range vectors {
		var lines []string
		for _, line := range vector.Raw {
			lines = append(lines, bytes(line))
		}
		var expected []any
		for _, each := range vector.Expected {
			params := map[string]string{}
			for _, param := range each.Params {
				params[strings.ToLower(param[0])] = bytes(param[1])
			}
			expected = append(expected, strings.ToLower(each.Scheme), each.Token68, params)
		}
		told := read(lines)
		right := reflect.DeepEqual(told, expected) || len(told) == 0 && (vector.Must_fail || vector.Can_fail)
		if right == strings.Contains("\n"+string(known), "\n"+vector.Name+"\n") {
			t.Errorf("%s: %v", vector.Name, told)
		}
	}
}
