# The two commands of the README are run and test; the rest is for developers.

.PHONY: run test interop windows fuzz corpus bench bench-batch lint fonts dist

run:
	go run ./cmd/nianbao -o out testdata/yingshan-2024.xlsx

test:
	go test ./...

# Tests against the programs that people read and write the files with. They
# fail, not skip, when a program is missing.
interop:
	sh testdata/install-interop.sh
	go test -tags interop -run Interop -v -count 1 -timeout 60m ./...

# All packages' tests as Windows runs them, and the program as it is started there when
# files are dropped on it: under Wine.
windows:
	sh testdata/install-interop.sh
	sh testdata/windows/run.sh

# Each fuzz target for a while: TIME=20s.
TIME ?= 20s
fuzz:
	for f in $$(grep -rhoE --include=*_test.go -l 'func Fuzz' convert); do \
		for t in $$(grep -hoE 'func Fuzz[A-Za-z]+' $$f | cut -c6-); do \
			sh testdata/fuzz.sh ./$$(dirname $$f) $$t $(TIME) || exit 1; done; done

# Checks every file below a folder, forms or not, and marks every workbook with an
# error planted on each sheet: make corpus DIR=…
corpus:
	CORPUS="$(abspath $(DIR))" go test -tags corpus -run '^TestCorpus$$' -timeout 0 -count 1 -v ./convert ./convert/xlsx

bench:
	go test -run '^$$' -bench . -benchmem ./...

# A batch over 2,000 generated submissions, against LibreOffice on 60 of them.
# ARGS='-n 400 -links 100000 -soffice 0' is one of 100,000.
bench-batch:
	go run ./convert/generate/bench $(ARGS)

lint:
	test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet -tags interop ./...
	go tool staticcheck -tags interop ./...

# Rebuilds the embedded fonts from their packages.
fonts:
	sh templates/fonts/build.sh

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)

# One program file for each system, to hand out.
dist:
	mkdir -p dist
	for p in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/386; do \
		ext=; case $$p in windows/*) ext=.exe;; esac; \
		CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" \
			-o dist/nianbao-$$(echo $$p | tr / -)$$ext ./cmd/nianbao || exit 1; \
	done
