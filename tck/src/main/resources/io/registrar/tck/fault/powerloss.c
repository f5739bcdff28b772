/*
 * Preloaded into a process, keeps beside a directory a shadow of what a power loss would leave of
 * it: bytes are copied there when they are synced, by msync, fsync or fdatasync, and only then.
 * What was synced of a file is kept under the number of its inode, and not under its name: so a
 * rename needs no second step here, between which and the first the process could be killed.
 *
 *   POWERLOSS_DIRECTORY  the directory to watch; real path
 *   POWERLOSS_SHADOW     the directory that the shadow is kept in
 *
 * gcc -O1 -shared -fPIC -o libpowerloss.so powerloss.c -ldl -lpthread
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t shadowing = PTHREAD_MUTEX_INITIALIZER;

/* Answers whether the path is watched. */
static int watched(const char *path) {
  const char *directory = getenv("POWERLOSS_DIRECTORY");
  return directory && getenv("POWERLOSS_SHADOW") &&
         strncmp(path, directory, strlen(directory)) == 0;
}

static void shadow_of(ino_t inode, char *shadow) {
  const char *root = getenv("POWERLOSS_SHADOW");
  if (snprintf(shadow, PATH_MAX, "%s/%lu", root, (unsigned long)inode) >= PATH_MAX) abort();
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

/* Copies synced bytes into the shadow, and gives it the file's length. */
static void keep(const struct stat *file, const char *bytes, size_t length, off_t at) {
  char shadow[PATH_MAX];
  shadow_of(file->st_ino, shadow);
  pthread_mutex_lock(&shadowing);
  int fd = open(shadow, O_WRONLY | O_CREAT, 0644);
  if (fd < 0) abort();
  while (length > 0) {
    ssize_t written = pwrite(fd, bytes, length, at);
    if (written <= 0) abort();
    bytes += written, at += written, length -= written;
  }
  if (truncate(shadow, file->st_size) != 0) abort();
  close(fd);
  pthread_mutex_unlock(&shadowing);
}

static void keep_file(int fd) {
  char path[PATH_MAX];
  struct stat real;
  if (!path_of(fd, path) || !watched(path)) return;
  if (fstat(fd, &real) != 0 || !S_ISREG(real.st_mode) || real.st_size == 0) return;
  int copy = open(path, O_RDONLY);
  if (copy < 0) return;
  char *bytes = malloc(real.st_size);
  ssize_t length = pread(copy, bytes, real.st_size, 0);
  close(copy);
  if (length > 0) keep(&real, bytes, length, 0);
  free(bytes);
}

static void keep_mapped(const char *address, size_t length) {
  char line[PATH_MAX + 128];
  FILE *maps = fopen("/proc/self/maps", "r");
  if (!maps) abort();
  while (fgets(line, sizeof line, maps)) {
    unsigned long from, to, offset;
    int path_at = 0;
    if (sscanf(line, "%lx-%lx %*s %lx %*s %*s %n", &from, &to, &offset, &path_at) < 3) continue;
    if ((unsigned long)address < from || (unsigned long)address >= to || !path_at) continue;
    char *path = line + path_at;
    path[strcspn(path, "\n")] = 0;
    if (watched(path)) {
      struct stat real;
      off_t at = offset + ((unsigned long)address - from);
      if (stat(path, &real) == 0 && at < real.st_size) {
        size_t inside = real.st_size - at;
        keep(&real, address, length < inside ? length : inside, at);
      }
    }
    break;
  }
  fclose(maps);
}

#define NEXT(result, name, ...)                                    \
  static result (*next)(__VA_ARGS__);                              \
  if (!next) next = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

int msync(void *address, size_t length, int flags) {
  NEXT(int, "msync", void *, size_t, int);
  int result = next(address, length, flags);
  if (result == 0) keep_mapped(address, length);
  return result;
}

int fsync(int fd) {
  NEXT(int, "fsync", int);
  int result = next(fd);
  if (result == 0) keep_file(fd);
  return result;
}

int fdatasync(int fd) {
  NEXT(int, "fdatasync", int);
  int result = next(fd);
  if (result == 0) keep_file(fd);
  return result;
}

static void shorten(int fd, off_t length) {
  char path[PATH_MAX], shadow[PATH_MAX];
  struct stat real;
  if (!path_of(fd, path) || !watched(path) || fstat(fd, &real) != 0) return;
  shadow_of(real.st_ino, shadow);
  if (access(shadow, F_OK) == 0 && truncate(shadow, length) != 0) abort();
}

int ftruncate(int fd, off_t length) {
  NEXT(int, "ftruncate", int, off_t);
  int result = next(fd, length);
  if (result == 0) shorten(fd, length);
  return result;
}

int ftruncate64(int fd, off64_t length) {
  NEXT(int, "ftruncate64", int, off64_t);
  int result = next(fd, length);
  if (result == 0) shorten(fd, length);
  return result;
}

/*
 * The number of an inode that is gone may be given to a new file at once: what was kept under it is
 * forgotten before anything is kept of that one.
 */
#define FORGETTING(path, step)                                                      \
  struct stat gone;                                                                 \
  int known = watched(path) && lstat(path, &gone) == 0 && S_ISREG(gone.st_mode);    \
  char shadow[PATH_MAX];                                                            \
  pthread_mutex_lock(&shadowing);                                                   \
  int result = (step);                                                              \
  if (result == 0 && known && gone.st_nlink == 1) {                                 \
    shadow_of(gone.st_ino, shadow);                                                 \
    raw_unlink(shadow);                                                             \
  }                                                                                 \
  pthread_mutex_unlock(&shadowing);                                                 \
  return result

static int raw_unlink(const char *path) {
  NEXT(int, "unlink", const char *);
  return next(path);
}

int rename(const char *from, const char *to) {
  NEXT(int, "rename", const char *, const char *);
  FORGETTING(to, next(from, to));
}

int unlink(const char *path) {
  FORGETTING(path, raw_unlink(path));
}

int remove(const char *path) {
  NEXT(int, "remove", const char *);
  FORGETTING(path, next(path));
}
