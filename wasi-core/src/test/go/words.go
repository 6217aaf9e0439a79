// Counts words, in Go: goroutines and channels, maps, garbage collection, deferred calls and panics, time, files.
//
// args: words a b a
// env: GREETING=hello
// stdin: c a
// stdout: hello
// stdout: a 3
// stdout: b 1
// stdout: c 1
// stdout: [dir file.txt] 9 dir
// stdout: open /none: No such file or directory
// stdout: recovered: index out of range [5] with length 3
// stdout: slept true
// exit: 7
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

func read(words chan<- string) {
	defer close(words)
	for _, word := range os.Args[1:] {
		words <- word
	}
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		for _, word := range strings.Fields(scanner.Text()) {
			words <- word
		}
	}
}

func files() {
	check(os.Mkdir("/dir", 0o755))
	check(os.WriteFile("/file.txt", []byte("something"), 0o644))
	entries, err := os.ReadDir("/")
	check(err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	info, err := os.Stat("/file.txt")
	check(err)
	check(os.Rename("/file.txt", "/dir/moved"))
	directory, err := os.Stat("/dir")
	check(err)
	fmt.Println(names, info.Size(), directory.Name())
	_, err = os.Open("/none")
	fmt.Println(err)
}

func panics() {
	defer func() {
		fmt.Println("recovered:", strings.TrimPrefix(fmt.Sprint(recover()), "runtime error: "))
	}()
	numbers := []int{1, 2, 3}
	fmt.Println(numbers[len(os.Args)+1])
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	fmt.Println(os.Getenv("GREETING"))
	words := make(chan string)
	go read(words)
	counts := map[string]int{}
	for word := range words {
		counts[word]++
	}
	var keys []string
	for word := range counts {
		keys = append(keys, word)
	}
	sort.Strings(keys)
	for _, word := range keys {
		fmt.Println(word, counts[word])
	}
	files()
	panics()

	start := time.Now()
	var group sync.WaitGroup
	for i := 0; i < 10; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			time.Sleep(20 * time.Millisecond)
		}()
	}
	group.Wait()
	slept := time.Since(start)
	fmt.Println("slept", slept >= 20*time.Millisecond && slept < 10*time.Second)
	os.Exit(7)
}
