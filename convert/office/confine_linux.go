package office

import (
	"os"
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/unix"
)

// readable is what LibreOffice may open of the system: programs and libraries, fonts,
// settings, caches, and what the C library asks for. Nothing of people's is among it.
var readable = []string{
	"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store", "/gnu/store", "/etc", "/var/cache", "/var/lib", "/var/spool",
	"/proc/cpuinfo", "/proc/filesystems", "/proc/meminfo", "/proc/stat", "/proc/version", "/sys/devices/system/cpu", "/dev/random", "/dev/urandom",
}

// The rights that Landlock knows, by its version.
const (
	mayRead       = unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR | unix.LANDLOCK_ACCESS_FS_EXECUTE
	mayDoAll      = 1<<13 - 1 // with files and folders, in the first version
	mayMove       = unix.LANDLOCK_ACCESS_FS_REFER
	mayTruncate   = unix.LANDLOCK_ACCESS_FS_TRUNCATE
	ofFiles       = unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_WRITE_FILE | unix.LANDLOCK_ACCESS_FS_EXECUTE | mayTruncate
	mayConnect    = unix.LANDLOCK_ACCESS_NET_CONNECT_TCP | unix.LANDLOCK_ACCESS_NET_BIND_TCP
	outsideItself = unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL
)

// confine keeps this thread, and all that it starts from now on, from every file but the
// system's, the program's and those in the folder, and from every connection, as far as the
// kernel can. The thread must end then. However a document names a file or an address, so
// neither can be had.
func confine(dir, program string) {
	version, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 || version < 1 {
		return
	}
	rules := unix.LandlockRulesetAttr{Handled_access_fs: mayDoAll}
	if version >= 2 {
		rules.Handled_access_fs |= mayMove
	}
	if version >= 3 {
		rules.Handled_access_fs |= mayTruncate
	}
	if version >= 4 {
		rules.Handled_access_net = mayConnect
	}
	if version >= 6 {
		rules.Scoped = outsideItself
	}
	fd, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&rules)), unsafe.Sizeof(rules), 0)
	if errno != 0 {
		return
	}
	defer unix.Close(int(fd))
	allow := func(name string, rights uint64) bool {
		at, err := unix.Open(name, unix.O_PATH|unix.O_CLOEXEC, 0)
		if err != nil {
			return true // there is none to allow
		}
		defer unix.Close(at)
		var info unix.Stat_t
		if unix.Fstat(at, &info) == nil && info.Mode&unix.S_IFMT != unix.S_IFDIR {
			rights &= ofFiles
		}
		rule := unix.LandlockPathBeneathAttr{Allowed_access: rights & rules.Handled_access_fs, Parent_fd: int32(at)}
		_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, fd, unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&rule)), 0, 0, 0)
		return errno == 0
	}
	all := allow(dir, rules.Handled_access_fs) && allow(os.DevNull, ofFiles) && allow(installation(program), mayRead) &&
		allow("/tmp", unix.LANDLOCK_ACCESS_FS_MAKE_SOCK|unix.LANDLOCK_ACCESS_FS_REMOVE_FILE) // its socket
	for _, name := range readable {
		all = all && allow(name, mayRead)
	}
	if all && unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == nil {
		unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, fd, 0, 0)
	}
}

// installation is the folder that LibreOffice is installed in, or that of another program.
func installation(program string) string {
	if real, err := filepath.EvalSymlinks(program); err == nil {
		program = real
	}
	if dir := filepath.Dir(program); filepath.Base(dir) != "program" {
		return dir
	}
	return filepath.Dir(filepath.Dir(program))
}
