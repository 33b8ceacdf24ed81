/*
 * Stands between a program and the system (LD_PRELOAD, Linux): writes down, in order and with its bytes, all that the
 * program does to the files below one folder, and makes the call of a given number fail.
 *
 *   MADOGUCHI_RECORD_FOLDER   the folder, absolute
 *   MADOGUCHI_RECORD_LOG      the log, appended to; several programs may follow one another in it
 *   MADOGUCHI_RECORD_FAIL     "N ERRNO once|lasting WHAT": the Nth call fails, alone or with all after it; WHAT is any
 *                             of the letters below, and only such calls are counted
 *
 * An entry of the log: a letter, handle, two numbers (8 bytes each), a length (4 bytes) and so many bytes.
 *   O open (flags; path)      W write (offset; bytes)     T set length (length)       S fsync
 *   D fdatasync               R sync_file_range (offset, length)                      N rename (from NUL to)
 *   U unlink (path)           M mkdir (path)              X rmdir (path)              A what went to standard output
 *   F a call was made to fail (its letter)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define DESCRIPTORS 65536

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static uint64_t handles[DESCRIPTORS];
static uint64_t next_handle;
static int log_fd = -1;
static char folder[PATH_MAX];
static size_t folder_length;
static uint64_t calls, fail_at;
static int fail_errno, fail_lasting;
static char fail_what[32];

#define REAL(result, name, ...)                                                                                        \
    static result (*real_##name)(__VA_ARGS__)

REAL(int, open, const char *, int, ...);
REAL(int, openat, int, const char *, int, ...);
REAL(int, close, int);
REAL(ssize_t, write, int, const void *, size_t);
REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
REAL(ssize_t, writev, int, const struct iovec *, int);
REAL(int, ftruncate, int, off_t);
REAL(int, fsync, int);
REAL(int, fdatasync, int);
REAL(int, sync_file_range, int, off_t, off_t, unsigned int);
REAL(int, rename, const char *, const char *);
REAL(int, renameat, int, const char *, int, const char *);
REAL(int, unlink, const char *);
REAL(int, unlinkat, int, const char *, int);
REAL(int, mkdir, const char *, mode_t);
REAL(int, mkdirat, int, const char *, mode_t);
REAL(int, rmdir, const char *);
REAL(int, dup, int);
REAL(int, dup2, int, int);
REAL(int, dup3, int, int, int);
REAL(int, fcntl, int, int, ...);
REAL(ssize_t, copy_file_range, int, off_t *, int, off_t *, size_t, unsigned int);
REAL(ssize_t, sendfile, int, int, off_t *, size_t);

static void begin(void)
{
#define FIND(name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)
    FIND(open); FIND(openat); FIND(close); FIND(write); FIND(pwrite); FIND(writev); FIND(ftruncate); FIND(fsync);
    FIND(fdatasync); FIND(sync_file_range); FIND(rename); FIND(renameat); FIND(unlink); FIND(unlinkat); FIND(mkdir);
    FIND(mkdirat); FIND(rmdir); FIND(dup); FIND(dup2); FIND(dup3); FIND(fcntl); FIND(copy_file_range); FIND(sendfile);
    const char *root = getenv("MADOGUCHI_RECORD_FOLDER");
    const char *log = getenv("MADOGUCHI_RECORD_LOG");
    const char *fail = getenv("MADOGUCHI_RECORD_FAIL");
    if (!root || !log)
        return;
    snprintf(folder, sizeof folder, "%s", root);
    folder_length = strlen(folder);
    if (fail) {
        char how[16] = "";
        unsigned long n = 0;
        if (sscanf(fail, "%lu %d %15s %31s", &n, &fail_errno, how, fail_what) == 4) {
            fail_at = n;
            fail_lasting = strcmp(how, "lasting") == 0;
        }
    }
    int fd = real_open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    /* Out of the way of the numbers that the program expects. */
    log_fd = fd < 0 ? -1 : real_fcntl(fd, F_DUPFD_CLOEXEC, 900);
    if (fd >= 0)
        real_close(fd);
    if (log_fd < 0) {
        static const char said[] = "record.c: the log cannot be opened\n";
        real_write(2, said, sizeof said - 1);
        _exit(99);
    }
    /* Programs that follow one another in one log have handles of their own. */
    next_handle = (uint64_t)getpid() << 32;
}

static void entry(char letter, uint64_t handle, uint64_t a, uint64_t b, const void *bytes, size_t length)
{
    unsigned char head[29];
    uint32_t size = (uint32_t)length;
    head[0] = (unsigned char)letter;
    memcpy(head + 1, &handle, 8);
    memcpy(head + 9, &a, 8);
    memcpy(head + 17, &b, 8);
    memcpy(head + 25, &size, 4);
    struct iovec parts[2] = { { head, sizeof head }, { (void *)bytes, length } };
    if (real_writev(log_fd, parts, 2) != (ssize_t)(sizeof head + length)) {
        static const char said[] = "record.c: the log cannot be written\n";
        real_write(2, said, sizeof said - 1);
        _exit(99);
    }
}

/* The absolute path of a name; 0 when it is not below the folder. */
static int below(int at, const char *name, char *path)
{
    char base[PATH_MAX];
    if (log_fd < 0 || !name)
        return 0;
    if (name[0] == '/') {
        if (snprintf(path, PATH_MAX, "%s", name) >= PATH_MAX)
            return 0;
    } else {
        if (at == AT_FDCWD) {
            if (!getcwd(base, sizeof base))
                return 0;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", at);
            ssize_t n = readlink(link, base, sizeof base - 1);
            if (n < 0)
                return 0;
            base[n] = 0;
        }
        if (snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX)
            return 0;
    }
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        path[--length] = 0;
    return strncmp(path, folder, folder_length) == 0 && (path[folder_length] == '/' || path[folder_length] == 0);
}

static uint64_t handle_of(int fd)
{
    return log_fd >= 0 && fd >= 0 && fd < DESCRIPTORS ? handles[fd] : 0;
}

static void forget(int fd)
{
    if (fd >= 0 && fd < DESCRIPTORS)
        handles[fd] = 0;
}

/* Counts a call; 1 when it is to fail, with errno set. */
static int fails(char letter)
{
    if (!fail_at || !strchr(fail_what, letter))
        return 0;
    calls++;
    if (calls != fail_at && !(fail_lasting && calls > fail_at))
        return 0;
    entry('F', 0, (uint64_t)letter, calls, NULL, 0);
    errno = fail_errno;
    return 1;
}

#define ENTER                                                                                                          \
    pthread_once(&once, begin);                                                                                        \
    pthread_mutex_lock(&turn)
#define LEAVE                                                                                                          \
    do {                                                                                                               \
        int kept = errno;                                                                                              \
        pthread_mutex_unlock(&turn);                                                                                   \
        errno = kept;                                                                                                  \
    } while (0)

static int opened(int at, const char *name, int flags, mode_t mode)
{
    char path[PATH_MAX];
    int fd;
    ENTER;
    int inside = below(at, name, path);
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    if (inside && writes && fails('O'))
        fd = -1;
    else
        fd = real_openat(at, name, flags, mode);
    if (fd >= 0) {
        forget(fd);
        if (inside && fd < DESCRIPTORS) {
            handles[fd] = ++next_handle;
            entry('O', handles[fd], (uint64_t)flags, 0, path, strlen(path));
        }
    }
    LEAVE;
    return fd;
}

#define MODE(flags, mode)                                                                                              \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                                             \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }

int open(const char *name, int flags, ...) { MODE(flags, mode); return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags, mode); return opened(AT_FDCWD, name, flags | O_LARGEFILE, mode); }
int openat(int at, const char *name, int flags, ...) { MODE(flags, mode); return opened(at, name, flags, mode); }
int openat64(int at, const char *name, int flags, ...) { MODE(flags, mode); return opened(at, name, flags | O_LARGEFILE, mode); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd)
{
    ENTER;
    forget(fd);
    int result = real_close(fd);
    LEAVE;
    return result;
}

static off_t place_of(int fd)
{
    struct stat found;
    int flags = real_fcntl(fd, F_GETFL);
    if (flags >= 0 && (flags & O_APPEND))
        return fstat(fd, &found) == 0 ? found.st_size : 0;
    off_t at = lseek(fd, 0, SEEK_CUR);
    return at < 0 ? 0 : at;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    ENTER;
    uint64_t handle = handle_of(fd);
    ssize_t result;
    off_t at = handle ? place_of(fd) : 0;
    if (handle && fails('W'))
        result = -1;
    else
        result = real_write(fd, bytes, length);
    if (handle && result > 0)
        entry('W', handle, (uint64_t)at, 0, bytes, (size_t)result);
    else if (fd == 1 && log_fd >= 0 && result > 0)
        entry('A', 0, 0, 0, bytes, (size_t)result);
    LEAVE;
    return result;
}

static ssize_t written_at(int fd, const void *bytes, size_t length, off_t at)
{
    ENTER;
    uint64_t handle = handle_of(fd);
    ssize_t result = handle && fails('W') ? -1 : real_pwrite(fd, bytes, length, at);
    if (handle && result > 0)
        entry('W', handle, (uint64_t)at, 0, bytes, (size_t)result);
    LEAVE;
    return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return written_at(fd, bytes, length, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) { return written_at(fd, bytes, length, at); }

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    pthread_once(&once, begin);
    if (!handle_of(fd) && fd != 1)
        return real_writev(fd, parts, count);
    /* One part after the other: a short write is allowed. */
    for (int i = 0; i < count; i++)
        if (parts[i].iov_len > 0)
            return write(fd, parts[i].iov_base, parts[i].iov_len);
    return 0;
}

static int length_set(int fd, off_t length)
{
    ENTER;
    uint64_t handle = handle_of(fd);
    int result = handle && fails('T') ? -1 : real_ftruncate(fd, length);
    if (handle && result == 0)
        entry('T', handle, (uint64_t)length, 0, NULL, 0);
    LEAVE;
    return result;
}

int ftruncate(int fd, off_t length) { return length_set(fd, length); }
int ftruncate64(int fd, off64_t length) { return length_set(fd, length); }

int fsync(int fd)
{
    ENTER;
    uint64_t handle = handle_of(fd);
    int result = handle && fails('S') ? -1 : real_fsync(fd);
    if (handle && result == 0)
        entry('S', handle, 0, 0, NULL, 0);
    LEAVE;
    return result;
}

int fdatasync(int fd)
{
    ENTER;
    uint64_t handle = handle_of(fd);
    int result = handle && fails('D') ? -1 : real_fdatasync(fd);
    if (handle && result == 0)
        entry('D', handle, 0, 0, NULL, 0);
    LEAVE;
    return result;
}

int sync_file_range(int fd, off_t at, off_t length, unsigned int flags)
{
    ENTER;
    uint64_t handle = handle_of(fd);
    int result = handle && fails('R') ? -1 : real_sync_file_range(fd, at, length, flags);
    if (handle && result == 0)
        entry('R', handle, (uint64_t)at, (uint64_t)length, NULL, 0);
    LEAVE;
    return result;
}

static int renamed(int from_at, const char *from, int to_at, const char *to)
{
    char paths[2 * PATH_MAX], target[PATH_MAX];
    ENTER;
    int leaves = below(from_at, from, paths), arrives = below(to_at, to, target);
    int result = (leaves || arrives) && fails('N') ? -1 : real_renameat(from_at, from, to_at, to);
    if (result == 0 && (leaves || arrives)) {
        size_t length = strlen(paths) + 1;
        memcpy(paths + length, target, strlen(target));
        entry('N', 0, (uint64_t)leaves, (uint64_t)arrives, paths, length + strlen(target));
    }
    LEAVE;
    return result;
}

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned int flags)
{
    if (flags == 0)
        return renamed(from_at, from, to_at, to);
    errno = EINVAL;
    return -1;
}

int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return renamed(from_at, from, to_at, to); }

static int removed(int at, const char *name, int flags)
{
    char path[PATH_MAX];
    char letter = flags & AT_REMOVEDIR ? 'X' : 'U';
    ENTER;
    int inside = below(at, name, path);
    int result = inside && fails(letter) ? -1 : real_unlinkat(at, name, flags);
    if (inside && result == 0)
        entry(letter, 0, 0, 0, path, strlen(path));
    LEAVE;
    return result;
}

int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int unlinkat(int at, const char *name, int flags) { return removed(at, name, flags); }
int rmdir(const char *name) { return removed(AT_FDCWD, name, AT_REMOVEDIR); }

static int made(int at, const char *name, mode_t mode)
{
    char path[PATH_MAX];
    ENTER;
    int inside = below(at, name, path);
    int result = inside && fails('M') ? -1 : real_mkdirat(at, name, mode);
    if (inside && result == 0)
        entry('M', 0, 0, 0, path, strlen(path));
    LEAVE;
    return result;
}

int mkdir(const char *name, mode_t mode) { return made(AT_FDCWD, name, mode); }
int mkdirat(int at, const char *name, mode_t mode) { return made(at, name, mode); }

static void doubled(int fd, int copy)
{
    if (copy >= 0 && copy < DESCRIPTORS && fd >= 0 && fd < DESCRIPTORS)
        handles[copy] = handles[fd];
}

int dup(int fd) { ENTER; int copy = real_dup(fd); doubled(fd, copy); LEAVE; return copy; }
int dup2(int fd, int to) { ENTER; int copy = real_dup2(fd, to); doubled(fd, copy); LEAVE; return copy; }
int dup3(int fd, int to, int flags) { ENTER; int copy = real_dup3(fd, to, flags); doubled(fd, copy); LEAVE; return copy; }

static int controlled(int fd, int command, void *argument)
{
    if (command != F_DUPFD && command != F_DUPFD_CLOEXEC) {
        pthread_once(&once, begin);
        return real_fcntl(fd, command, argument);
    }
    ENTER;
    int copy = real_fcntl(fd, command, argument);
    doubled(fd, copy);
    LEAVE;
    return copy;
}

int fcntl(int fd, int command, ...)
{
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return controlled(fd, command, argument);
}

int fcntl64(int fd, int command, ...)
{
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return controlled(fd, command, argument);
}

/* Copies inside the kernel have no bytes to write down: refused, so that the program reads and writes itself. */
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned int flags)
{
    pthread_once(&once, begin);
    if (handle_of(to)) {
        errno = ENOSYS;
        return -1;
    }
    return real_copy_file_range(from, from_at, to, to_at, length, flags);
}

static ssize_t sent(int to, int from, off_t *at, size_t length)
{
    pthread_once(&once, begin);
    if (handle_of(to)) {
        errno = ENOSYS;
        return -1;
    }
    return real_sendfile(to, from, at, length);
}

ssize_t sendfile(int to, int from, off_t *at, size_t length) { return sent(to, from, at, length); }
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) { return sent(to, from, at, length); }

static int refused(int fd)
{
    if (handle_of(fd)) {
        errno = EOPNOTSUPP;
        return 1;
    }
    return 0;
}

/* Nothing here uses these; a program that begins to would fail loudly instead of unrecorded. */
int fallocate(int fd, int mode, off_t at, off_t length) { (void)mode; (void)at; (void)length; if (!refused(fd)) errno = ENOSYS; return -1; }
int fallocate64(int fd, int mode, off64_t at, off64_t length) { return fallocate(fd, mode, at, length); }
int posix_fallocate(int fd, off_t at, off_t length) { (void)fd; (void)at; (void)length; return EOPNOTSUPP; }
int posix_fallocate64(int fd, off64_t at, off64_t length) { return posix_fallocate(fd, at, length); }
int link(const char *from, const char *to) { (void)from; (void)to; errno = EPERM; return -1; }
int linkat(int a, const char *from, int b, const char *to, int flags) { (void)a; (void)b; (void)flags; return link(from, to); }
