// Command submissions writes generated submissions into a folder, for make
// bench-batch:
//
//	go run ./convert/generate/submissions -n 2000 DIR
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"nianbao/convert/generate"
)

func main() {
	n := flag.Int("n", 2000, "how many")
	flag.Parse()
	dir := flag.Arg(0)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		log.Fatal(err)
	}
	f, err := generate.NewForm("2021")
	if err != nil {
		log.Fatal(err)
	}
	for i := range *n {
		r := f.Report(i)
		b, err := f.Fill(r, nil)
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d %s.xlsx", i, r.Organization)), b, 0o666); err != nil {
			log.Fatal(err)
		}
	}
}
