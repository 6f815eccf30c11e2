package main

// Runner protocol 2 for readers in Go: see corpus/survey/README.md.

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
)

// told is what a reader took: nothing if it refuses.
type told struct{ words []string }

func (t *told) give(kind, text string) {
	t.words = append(t.words, kind+":"+hex.EncodeToString([]byte(text)))
}

func (t *told) params(params map[string]string) {
	for name, value := range params {
		t.give("n", name)
		t.give("v", value)
	}
}

func serve(version string, read func(lines []string, field, scheme string) told) {
	fmt.Println("protocol 2", version)
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<20)
	for input.Scan() {
		words := strings.Split(input.Text(), " ")
		var lines []string
		for _, each := range strings.Split(words[3], ",") {
			text, _ := hex.DecodeString(strings.TrimPrefix(each, "-"))
			lines = append(lines, string(text))
		}
		answer := func() (answer string) {
			defer func() {
				if problem := recover(); problem != nil {
					answer = "refused panic"
				}
			}()
			if found := read(lines, words[1], words[2]); len(found.words) > 0 {
				return "read " + strings.Join(found.words, " ")
			}
			return "refused"
		}()
		fmt.Println(words[0], answer)
	}
}
