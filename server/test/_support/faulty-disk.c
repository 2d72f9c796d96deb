/* A disk that is slow, or full, for the append-only files of one redis-server: loaded by LD_PRELOAD before libc. What it does is read from
 * the folder FAULTY_DISK at every call: "sync-ms" holds how long a sync takes, "full" exists while there is no room. What happened is
 * noted there too, a byte each time, in "begun", "synced" and "refused". */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef ssize_t (*write_fn)(int, const void *, size_t);
typedef int (*sync_fn)(int);

static const char *control(const char *name, char *path, size_t size) {
  const char *dir = getenv("FAULTY_DISK");
  if (dir == NULL) return NULL;
  snprintf(path, size, "%s/%s", dir, name);
  return path;
}

static void note(const char *name) {
  char path[4096];
  if (control(name, path, sizeof path) == NULL) return;
  int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (fd < 0) return;
  write_fn real = (write_fn)dlsym(RTLD_NEXT, "write");
  if (real(fd, ".", 1) < 0) abort();
  close(fd);
}

static int is_append_only(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return strstr(path, "/appendonlydir/") != NULL;
}

ssize_t write(int fd, const void *data, size_t size) {
  write_fn real = (write_fn)dlsym(RTLD_NEXT, "write");
  char path[4096];
  struct stat found;
  if (control("full", path, sizeof path) == NULL || stat(path, &found) != 0 || !is_append_only(fd)) {
    return real(fd, data, size);
  }
  note("refused");
  /* As a disk does that has a little room left: the first half still fits. */
  if (size > 1) return real(fd, data, size / 2);
  errno = ENOSPC;
  return -1;
}

static int slow_sync(const char *name, int fd) {
  char path[4096];
  if (control("sync-ms", path, sizeof path) != NULL && is_append_only(fd)) {
    FILE *file = fopen(path, "r");
    int ms = 0;
    if (file != NULL) {
      if (fscanf(file, "%d", &ms) != 1) ms = 0;
      fclose(file);
    }
    if (ms > 0) {
      note("begun");
      usleep((useconds_t)ms * 1000);
      note("synced");
    }
  }
  return ((sync_fn)dlsym(RTLD_NEXT, name))(fd);
}

int fsync(int fd) { return slow_sync("fsync", fd); }

int fdatasync(int fd) { return slow_sync("fdatasync", fd); }
