/* SPDX-License-Identifier: MIT */
/* platform_posix.c - the seam for native builds, which are for tests, fuzzers and benchmarks. */
#define _GNU_SOURCE
#include "platform.h"

#include "base/ticks.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

void *platform_alloc(size_t size)
{
    return malloc(size);
}

void platform_free(void *memory)
{
    free(memory);
}

void platform_lock(void)
{
    pthread_mutex_lock(&mutex);
}

void platform_unlock(void)
{
    pthread_mutex_unlock(&mutex);
}

bool platform_random(void *bytes, size_t size)
{
    return size <= 256 && getentropy(bytes, size) == 0;
}

bool platform_duplicate_handle(HANDLE handle, HANDLE *duplicate)
{
    *duplicate = handle;
    return true;
}

void platform_close_handle(HANDLE handle)
{
    (void)handle;
}

LANGID platform_ui_language(void)
{
    return MAKELANGID(LANG_ENGLISH, SUBLANG_DEFAULT);
}

void platform_language_name(LANGID language, char *name, size_t capacity)
{
    /* As many as tests need. */
    snprintf(name, capacity, "%s",
             language == MAKELANGID(LANG_ENGLISH, SUBLANG_DEFAULT)  ? "en-US"
             : language == MAKELANGID(LANG_GERMAN, SUBLANG_DEFAULT) ? "de-DE"
                                                                    : "");
}

/* NOLINTNEXTLINE(readability-non-const-parameter): on Windows the text is written */
size_t platform_error_text(ULONG code, LANGID language, WCHAR *text, size_t capacity)
{
    /* Here there is no system that knows these codes. */
    (void)code, (void)language, (void)text, (void)capacity;
    return 0;
}

bool platform_environment(const char *name, char *value, size_t capacity)
{
    const char *found = getenv(name);

    snprintf(value, capacity, "%s", found ? found : "");
    return found != NULL;
}

/* In small letters: in a CGI program HTTP_PROXY is what a client says. */
bool platform_http_proxy(char *servers, char *bypass, size_t capacity)
{
    if (!platform_environment("no_proxy", bypass, capacity))
        platform_environment("NO_PROXY", bypass, capacity);
    return platform_environment("http_proxy", servers, capacity) && *servers;
}

bool platform_local_offset(uint64_t ticks, int *minutes)
{
    /* From 1601 to 1970. */
    const int64_t epoch = 11644473600;
    time_t seconds;
    struct tm local;

    if (ticks < TICKS_OF_FILETIME)
        return false;
    seconds = (time_t)((int64_t)((ticks - TICKS_OF_FILETIME) / TICKS_PER_SECOND) - epoch);
    if (!localtime_r(&seconds, &local) || local.tm_gmtoff % 60 || labs(local.tm_gmtoff) > 14L * 3600)
        return false;
    *minutes = (int)(local.tm_gmtoff / 60);
    return true;
}

bool platform_read(const void *from, void *to, size_t size)
{
#ifdef SYS_process_vm_readv
    struct iovec source = {(void *)(uintptr_t)from, size}, target = {to, size};
    ssize_t count = process_vm_readv(getpid(), &target, 1, &source, 1, 0);

    /* A sandbox may forbid it. */
    if (count >= 0 || errno == EFAULT)
        return (size_t)count == size;
#endif
    memcpy(to, from, size);
    return true;
}

unsigned platform_thread(void)
{
#ifdef SYS_gettid
    /* Calls of channels ask several times each. */
    static _Thread_local unsigned thread;

    if (!thread)
        thread = (unsigned)syscall(SYS_gettid);
    return thread;
#else
    return (unsigned)(uintptr_t)pthread_self() | 1;
#endif
}

void platform_trace(const char *line)
{
    fputs(line, stderr);
}

void platform_print(const char *text)
{
    fputs(text, stdout);
    fflush(stdout);
}

static size_t guarded_pages(size_t size, size_t page)
{
    return (size + page - 1) / page;
}

void *platform_guarded_alloc(size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), pages;
    char *memory;

    if (size > SIZE_MAX - 2 * page)
        return NULL;
    size = (size + 7) & ~(size_t)7;
    pages = guarded_pages(size, page);
    memory = mmap(NULL, (pages + 1) * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return NULL;
    if (pages && mprotect(memory, pages * page, PROT_READ | PROT_WRITE))
    {
        munmap(memory, (pages + 1) * page);
        return NULL;
    }
    return memory + pages * page - size;
}

void platform_guarded_free(void *memory, size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), pages;

    size = (size + 7) & ~(size_t)7;
    pages = guarded_pages(size, page);
    /* The addresses are not given back: a native test never frees enough for that to matter. */
    (void)mmap((char *)memory + size - pages * page, pages * page, PROT_NONE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
}
