package office

import (
	"crypto/md5"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/gofrs/flock"
)

// folderName is how the folders of conversions begin. Beside each lies its lock, which
// the system lets go of when the program ends, however it does.
const (
	folderName = "nianbao-office-"
	lockSuffix = ".lock"
)

// folder makes a folder that nobody else reads for a conversion, and removes what is left
// of the conversions of programs that were killed.
func folder() (dir string, remove func(), err error) {
	sweepOnce()
	for range 100 {
		dir, err = os.MkdirTemp("", folderName)
		if err != nil {
			return "", nil, err
		}
		lock := flock.New(dir+lockSuffix, flock.SetPermissions(0o600))
		locked, err := lock.TryLock()
		remove = func() {
			os.RemoveAll(dir)
			os.Remove(socket(dir))
			os.Remove(lock.Path()) // fails where no open file can be removed
			lock.Close()
			os.Remove(lock.Path())
		}
		if err == nil && !locked || !isAt(lock) { // another program takes it for one that was left
			remove()
			continue
		}
		return dir, remove, nil
	}
	return "", nil, errors.New("every folder is taken")
}

// profileURL names the profile in the folder of a conversion to LibreOffice.
func profileURL(dir string) string {
	profile := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, "profile"))}
	if runtime.GOOS == "windows" {
		profile.Path = "/" + profile.Path
	}
	return profile.String()
}

// socket is where LibreOffice with that profile listens for others of its kind, whatever
// it is told of folders: in /tmp, under a hash of the profile's URL in UTF-16 whose bytes
// are written without leading zeros. One that is killed leaves it behind.
func socket(dir string) string {
	var wide []byte
	for _, c := range utf16.Encode([]rune(profileURL(dir))) {
		wide = binary.LittleEndian.AppendUint16(wide, c)
	}
	name := fmt.Sprintf("/tmp/OSL_PIPE_%d_SingleOfficeIPC_", os.Getuid())
	for _, b := range md5.Sum(wide) {
		name += strconv.FormatUint(uint64(b), 16)
	}
	return name
}

// isAt reports whether the lock is still the file of its name. Where there are no locks
// it is.
func isAt(lock *flock.Flock) bool {
	held, err := lock.Stat()
	if err != nil {
		return true
	}
	named, err := os.Lstat(lock.Path())
	return err == nil && os.SameFile(held, named)
}

var sweepOnce = sync.OnceFunc(sweep)

// sweep removes the folders that no program holds the lock of.
func sweep() {
	locks, _ := filepath.Glob(filepath.Join(os.TempDir(), folderName+"*"+lockSuffix))
	for _, name := range locks {
		if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
			continue
		}
		lock := flock.New(name, flock.SetFlag(os.O_RDWR))
		if locked, err := lock.TryLock(); err == nil && locked {
			dir := strings.TrimSuffix(name, lockSuffix)
			os.RemoveAll(dir)
			os.Remove(socket(dir))
			os.Remove(name)
		}
		lock.Close()
	}
}
