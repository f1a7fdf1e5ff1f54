# The two commands of the README are run and test; the rest is for developers.

.PHONY: run test interop bench lint fonts dist

run:
	go run ./cmd/nianbao -o out testdata/yingshan-2024.xlsx

test:
	go test ./...

# Tests against the programs that people read and write the files with. They
# fail, not skip, when a program is missing.
interop:
	sh testdata/install-interop.sh
	go test -tags interop -run Interop -v -timeout 60m ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...

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
	for p in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64; do \
		ext=; case $$p in windows/*) ext=.exe;; esac; \
		CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" \
			-o dist/nianbao-$$(echo $$p | tr / -)$$ext ./cmd/nianbao || exit 1; \
	done
