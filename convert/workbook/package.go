package workbook

import (
	"archive/zip"
	"bytes"

	"nianbao/convert/message"
)

// openPackage reads the directory of a package. What an entry takes in memory is some
// ten times what it takes in the file, so they are counted before.
func openPackage(src []byte) (*zip.Reader, error) {
	if bytes.Count(src, []byte("PK\x01\x02")) > maxParts {
		return nil, TooLarge("parts", maxParts)
	}
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return nil, &message.Error{Message: message.New("read.damaged"), Err: err}
	}
	return z, nil
}
