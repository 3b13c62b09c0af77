/* Loaded before libc into a process under test: writes down what happens to the files below FAULT_DIR, in order, so
 * that a power cut can be played afterwards (FAULT_LOG), and lets the FAULT_AT-th write or sync fail (FAULT_KIND:
 * eio, enospc, short; it fails for ever after, as a broken disk does).
 *
 * FAULT_CLOCK, a number to draw by, makes the time of day jump by up to ten years to and fro, every forty times that it
 * is asked for.
 *
 * A record of the log: kind, two 64-bit numbers, two 32-bit lengths, a path, data. */
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
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -2, counted;
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int below(const char *path, char *whole) {
    const char *folder = getenv("FAULT_DIR");
    if (!folder || !path) return 0;
    if (path[0] == '/') snprintf(whole, PATH_MAX, "%s", path);
    else { char here[PATH_MAX / 2]; if (!getcwd(here, sizeof here)) return 0; snprintf(whole, PATH_MAX, "%s/%s", here, path); }
    size_t n = strlen(folder);
    return strncmp(whole, folder, n) == 0 && (whole[n] == '/' || whole[n] == 0);
}
static int path_of(int fd, char *whole) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return below(path, whole);
}
static void note(char kind, uint64_t a, uint64_t b, const char *path, const void *data, size_t length) {
    const char *name = getenv("FAULT_LOG");
    if (!name) return;
    int saved = errno;
    pthread_mutex_lock(&lock);
    if (log_fd == -2) log_fd = REAL(open64)(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    uint32_t lengths[2] = {path ? strlen(path) : 0, length};
    uint64_t numbers[2] = {a, b};
    struct iovec parts[5] = {{&kind, 1}, {numbers, 16}, {lengths, 8}, {(void *)path, lengths[0]}, {(void *)data, length}};
    if (writev(log_fd, parts, 5) < 0) abort();
    pthread_mutex_unlock(&lock);
    errno = saved;
}
static uint64_t inode(int fd) { struct stat s; return fstat(fd, &s) ? 0 : s.st_ino; }
/* 1: fail, 2: write only half, 0: go on */
static int fault(int is_write) {
    const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND");
    if (!at || !kind || __sync_add_and_fetch(&counted, 1) < atoi(at)) return 0;
    if (!strcmp(kind, "short")) return is_write && counted == atoi(at) ? 2 : 0;
    errno = strcmp(kind, "enospc") ? EIO : ENOSPC;
    return is_write || strcmp(kind, "enospc") ? 1 : 0;
}
static int opened(int fd, int flags) {
    char path[PATH_MAX];
    if (fd >= 0 && path_of(fd, path)) {
        struct stat s;
        if (!fstat(fd, &s) && S_ISREG(s.st_mode)) {
            if (flags & O_CREAT) note('C', s.st_ino, 0, path, 0, 0);
            if (flags & O_TRUNC) note('T', s.st_ino, 0, 0, 0, 0);
        }
    }
    return fd;
}
#define OPEN(name) int name(const char *path, int flags, ...) { va_list l; va_start(l, flags); int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(l, int) : 0; va_end(l); \
    return opened(REAL(name)(path, flags, mode), flags); }
OPEN(open)
OPEN(open64)
#define OPENAT(name) int name(int at, const char *path, int flags, ...) { va_list l; va_start(l, flags); int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(l, int) : 0; va_end(l); \
    return opened(REAL(name)(at, path, flags, mode), flags); }
OPENAT(openat)
OPENAT(openat64)
ssize_t write(int fd, const void *data, size_t n) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return REAL(write)(fd, data, n);
    int f = fault(1);
    if (f == 1) return -1;
    if (f == 2 && n > 1) n /= 2;
    off64_t at = fcntl(fd, F_GETFL) & O_APPEND ? lseek64(fd, 0, SEEK_END) : lseek64(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, data, n);
    if (done > 0) note('W', inode(fd), at, 0, data, done);
    return done;
}
#define PWRITE(name, type) ssize_t name(int fd, const void *data, size_t n, type at) { char path[PATH_MAX]; \
    if (!path_of(fd, path)) return REAL(name)(fd, data, n, at); \
    int f = fault(1); if (f == 1) return -1; if (f == 2 && n > 1) n /= 2; \
    ssize_t done = REAL(name)(fd, data, n, at); if (done > 0) note('W', inode(fd), at, 0, data, done); return done; }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)
#define TRUNCATE(name, type) int name(int fd, type size) { char path[PATH_MAX]; int done = REAL(name)(fd, size); \
    if (!done && path_of(fd, path)) note('T', inode(fd), size, 0, 0, 0); return done; }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
#define SYNC(name) int name(int fd) { char path[PATH_MAX]; if (!path_of(fd, path)) return REAL(name)(fd); \
    if (fault(0)) return -1; struct stat s; int done = REAL(name)(fd); \
    if (!done && !fstat(fd, &s)) note(S_ISDIR(s.st_mode) ? 'D' : 'F', s.st_ino, 0, path, 0, 0); return done; }
SYNC(fsync)
SYNC(fdatasync)
int rename(const char *old, const char *new) {
    char from[PATH_MAX], to[PATH_MAX];
    int done = REAL(rename)(old, new);
    if (!done && below(old, from) && below(new, to)) note('R', 0, 0, from, to, strlen(to));
    return done;
}
int unlink(const char *name) {
    char path[PATH_MAX];
    int done = REAL(unlink)(name);
    if (!done && below(name, path)) note('U', 0, 0, path, 0, 0);
    return done;
}
int rmdir(const char *name) {
    char path[PATH_MAX];
    int done = REAL(rmdir)(name);
    if (!done && below(name, path)) note('U', 0, 0, path, 0, 0);
    return done;
}
/* copies that would pass by the functions above */
ssize_t sendfile(int out, int in, off_t *at, size_t n) { (void)out; (void)in; (void)at; (void)n; errno = ENOTSOCK; return -1; }
ssize_t sendfile64(int out, int in, off64_t *at, size_t n) { (void)out; (void)in; (void)at; (void)n; errno = ENOTSOCK; return -1; }
/* the time of day */
static long jumped(void) {
    static unsigned drawn, asked;
    static long by;
    const char *seed = getenv("FAULT_CLOCK");
    if (!seed) return 0;
    pthread_mutex_lock(&lock);
    if (!asked) drawn = atoi(seed);
    if (asked++ % 40 == 0) by = ((long)rand_r(&drawn) % 7300 - 3650) * 86400;
    long now = by;
    pthread_mutex_unlock(&lock);
    return now;
}
int clock_gettime(clockid_t which, struct timespec *at) {
    int done = REAL(clock_gettime)(which, at);
    if (!done && which == CLOCK_REALTIME) at->tv_sec += jumped();
    return done;
}
int gettimeofday(struct timeval *at, void *zone) {
    int done = REAL(gettimeofday)(at, zone);
    if (!done && at) at->tv_sec += jumped();
    return done;
}
time_t time(time_t *at) {
    time_t now = REAL(time)(0) + jumped();
    if (at) *at = now;
    return now;
}
