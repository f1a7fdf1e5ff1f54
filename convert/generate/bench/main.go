//go:build unix

// Command bench measures a batch over generated submissions against LibreOffice on
// some of the same files: make bench-batch.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"nianbao/convert/generate"
)

func main() {
	n := flag.Int("n", 2000, "how many submissions")
	office := flag.Int("soffice", 60, "how many of them LibreOffice converts")
	links := flag.Int("links", 0, "make the batch this large with hard links to the n submissions")
	dir := flag.String("dir", "", "folder for everything, kept; \"\" is a temporary one")
	flag.Parse()
	log.SetFlags(0)
	if *dir == "" {
		temp, err := os.MkdirTemp("", "nianbao-bench-")
		check(err)
		defer os.RemoveAll(temp)
		*dir = temp
	}
	in := filepath.Join(*dir, "in")
	files := submissions(in, *n)
	log.Printf("generated %d submissions", len(files))
	if *links > 0 {
		files = link(filepath.Join(*dir, "links"), files, *links)
	}

	program := filepath.Join(*dir, "nianbao")
	run(exec.Command("go", "build", "-o", program, "./cmd/nianbao"))
	log.Printf("%-16s %9s %9s %9s %9s %10s %12s", "", "reports", "seconds", "a second", "user s", "system s", "peak MiB")
	batch := func(name string, files []string) float64 {
		out := filepath.Join(*dir, "out")
		check(os.RemoveAll(out))
		c := exec.Command(program, "-o", out, "--from-file", "-")
		c.Stdin = strings.NewReader(strings.Join(files, "\n"))
		return measure(name, len(files), c)
	}
	before := 0.0
	if len(files) > 2*first {
		before = batch("the first", files[:first])
	}
	ours := batch("nianbao", files)
	if before > 0 { // again, for a machine is not as fast at all times
		after := batch("the first again", files[:first])
		log.Printf("%.2f times the rate over the first %d", 2*ours/(before+after), first)
	}
	if *office > 0 {
		args := []string{"-env:UserInstallation=file://" + filepath.Join(*dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", filepath.Join(*dir, "soffice")}
		theirs := measure("soffice", *office, exec.Command("soffice", append(args, files[:*office]...)...))
		log.Printf("%.1f times as many reports a second", ours/theirs)
	}
}

// first is how many submissions the rate over a larger batch is compared with.
const first = 2000

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// submissions writes n submissions, as many at a time as there are cores.
func submissions(dir string, n int) []string {
	check(os.MkdirAll(dir, 0o777))
	f, err := generate.NewForm("2021")
	check(err)
	files := make([]string, n)
	var workers sync.WaitGroup
	jobs := runtime.GOMAXPROCS(0)
	for w := range jobs {
		workers.Go(func() {
			for i := w; i < n; i += jobs {
				r := f.Report(i)
				b, err := f.Fill(r, nil)
				check(err)
				files[i] = filepath.Join(dir, fmt.Sprintf("%05d %s.xlsx", i, r.Organization))
				check(os.WriteFile(files[i], b, 0o666))
			}
		})
	}
	workers.Wait()
	return files
}

// link makes hard links to the files, a thousand in a folder.
func link(dir string, files []string, total int) []string {
	all := make([]string, total)
	for i := range all {
		sub := filepath.Join(dir, fmt.Sprintf("%04d", i/1000))
		check(os.MkdirAll(sub, 0o777))
		all[i] = filepath.Join(sub, fmt.Sprintf("%04d.xlsx", i%1000))
		check(os.Link(files[i%len(files)], all[i]))
	}
	return all
}

func run(c *exec.Cmd) {
	c.Stderr = os.Stderr
	check(c.Run())
}

// measure runs a command over n submissions and returns how many it did a second.
func measure(name string, n int, c *exec.Cmd) float64 {
	start := time.Now()
	run(c)
	wall := time.Since(start).Seconds()
	use := c.ProcessState
	peak := "?"
	if r, ok := use.SysUsage().(*syscall.Rusage); ok {
		peak = fmt.Sprint(r.Maxrss >> 10)
	}
	log.Printf("%-16s %9d %9.1f %9.1f %9.1f %10.1f %12s", name, n, wall, float64(n)/wall, use.UserTime().Seconds(), use.SystemTime().Seconds(), peak)
	return float64(n) / wall
}
